package page

import (
	"httpscope/internal/doc"
	"httpscope/internal/forms"
	"httpscope/internal/texts"
)

// rangesTable lists the parts of a body of byte ranges.
func (r *reading) rangesTable() doc.Lines {
	w := doc.NewWriter(r.Catalogue)
	w.Add(doc.Linef(doc.Title, "%s", headings(r.Catalogue, heading{"page.ranges.column-part", -6},
		heading{"page.ranges.column-range", -32},
		heading{"page.ranges.column-offset", 10}, heading{"page.ranges.column-bytes",
			10}, apart, heading{"page.ranges.column-type", 0})))
	for i, p := range r.x.Ranges.Parts {
		if i == maxRows {
			w.Say(doc.Dim, "page.form.more-parts", len(r.x.Ranges.Parts)-i)
			break
		}
		w.Add(doc.Linef(doc.Body, "%-6d %s %10d %10d  %s", p.Index+1, column(p.ContentRange, 32), p.Offset, p.Length,
			column(p.ContentType, 40)))
	}
	return w.Lines
}

// Columns of a form's fields.
const (
	kindWidth = 5
	nameWidth = 24
)

// formRow is a row of a table of fields: what kind it is, a name as sent, and a value.
func formRow(c texts.Catalogue, kind, name string, width int, value string) doc.Line {
	label := doc.Column(c.Phrase(kind), kindWidth, "..", false) + " "
	return doc.LineOf(doc.Ref{}, doc.Shown(label, doc.Dim), doc.Shown(column(name, width), doc.Name),
		doc.Spanf(doc.Body, " %s", value))
}

// partsTable lists the parts of a form with files (RFC 7578).
func (r *reading) partsTable() doc.Lines {
	boundary, _ := r.media.Param("boundary")
	parts, problems := forms.ParseFormData(r.data, boundary)
	w := doc.NewWriter(r.Catalogue)
	w.Add(doc.Linef(doc.Title, "%s", headings(r.Catalogue, heading{"page.form.column-kind", -kindWidth},
		heading{"page.form.column-name", -nameWidth},
		heading{"page.form.column-value", 0})))
	for i, p := range parts {
		if i == maxRows {
			w.Say(doc.Dim, "page.form.more-parts", len(parts)-i)
			break
		}
		kind, value := "page.form.field", string(r.data[p.Offset:p.Offset+p.Length])
		if p.HasFilename {
			kind = "page.form.file"
			value = w.Phrase("page.form.file-value", p.Filename, texts.Say("count.byte", p.Length), p.ContentType)
		}
		w.Add(formRow(r.Catalogue, kind, p.Name, nameWidth, value))
	}
	w.Add(problemLines(w.Catalogue, problems)...)
	return w.Lines
}

// formTable lists the fields of a form or a query string; the key is that of the phrase which says what it is.
func formTable(c texts.Catalogue, kind, text string) doc.Lines {
	pairs, problems := forms.ParseURLEncoded(text)
	w := doc.NewWriter(c)
	for i, p := range pairs {
		if i == maxRows {
			w.Say(doc.Dim, "page.form.more-fields", len(pairs)-i)
			break
		}
		w.Add(formRow(c, kind, p.Name, nameWidth, p.Value))
		w.Add(problemLines(c, p.Problems)...)
	}
	w.Add(problemLines(c, problems)...)
	return w.Lines
}

func problemLines(c texts.Catalogue, list []forms.Problem) doc.Lines {
	w := doc.NewWriter(c)
	for _, p := range list {
		w.About(doc.Ref{Code: p.Code}, doc.Shown(indent, doc.Warning),
			w.Span(doc.Warning, "page.problem", p.Code, p.Detail))
	}
	return w.Lines
}
