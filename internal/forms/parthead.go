package forms

import (
	"strings"
	"unicode/utf8"

	"httpscope/internal/grammar"
	"httpscope/internal/multipart"
	"httpscope/internal/problem"
)

// head is a part whose head is being read.
type head struct {
	Part
	ps          problem.List
	disposition bool // a Content-Disposition line was there
	named       bool
}

// head reads the lines of the part head that starts at offset start. It returns
// the offset after the empty line; without one, start and false.
func (f *formData) head(start int, h *head) (int, bool) {
	limit := min(len(f.body), start+MaxPartHead)
	at := start
	l, n := multipart.CutLine(f.body[at:limit])
	for ; l.Ended; l, n = multipart.CutLine(f.body[at:limit]) {
		if f.split.StartsDelimiter(l.Text) {
			h.ps.Add(DataHeadCut, "found.formdata-head-cut.delimiter", at)
			return start, false
		}
		if l.BareLF {
			f.ps.Add(DataBareLF, "found.formdata-bare-lf.head", at)
		}
		at += n
		if len(l.Text) == 0 {
			return at, true
		}
		h.field(string(l.Text))
	}
	if limit < len(f.body) {
		h.ps.Add(DataHeadLimit, "found.no-empty-line", MaxPartHead)
	} else {
		h.ps.Add(DataHeadCut, "found.formdata-head-cut.end")
	}
	return start, false
}

// field reads one head line. Other fields than these three have no meaning
// here (RFC 7578, Section 4.8).
func (h *head) field(line string) {
	name, value, ok := multipart.Field(line)
	if !ok {
		h.ps.Add(DataFieldSyntax, "found.value", problem.Quote(line))
		return
	}
	switch strings.ToLower(name) {
	case "content-type":
		h.ContentType = strings.Clone(value)
	case "content-transfer-encoding":
		h.ps.Add(DataTransfer, "found.value", problem.Quote(value))
	case "content-disposition":
		if h.disposition {
			h.ps.Add(DataRepeatedParam, "found.formdata-repeated-param.line")
			return
		}
		h.disposition = true
		h.readDisposition(value)
	}
}

// readDisposition reads form-data; name="..."; filename="...".
func (h *head) readDisposition(value string) {
	kind, rest, _ := strings.Cut(value, ";")
	if !strings.EqualFold(grammar.Trim(kind), "form-data") {
		h.ps.Add(DataDisposition, "found.value", problem.Quote(grammar.Trim(kind)))
	}
	for rest = grammar.Trim(rest); rest != ""; {
		name, value, tail, ok := dispositionParam(rest)
		if !ok {
			h.ps.Add(DataDisposition, "found.value", problem.Quote(rest))
		}
		rest = strings.TrimLeft(tail, "; \t")
		h.param(strings.ToLower(name), value)
	}
}

// dispositionParam reads one parameter from the front of s. Browsers of the
// past sent Windows paths unescaped in quotes, so a backslash escapes only a
// double quote or another backslash, as in Go and in most servers.
func dispositionParam(s string) (name, value, rest string, ok bool) {
	end := strings.IndexAny(s, "=;")
	if end < 0 || s[end] == ';' {
		name, rest, _ = strings.Cut(s, ";")
		return "", "", rest, grammar.Trim(name) == ""
	}
	name, s = grammar.Trim(s[:end]), strings.TrimLeft(s[end+1:], " \t")
	if !strings.HasPrefix(s, `"`) {
		value, rest, _ = strings.Cut(s, ";")
		return name, grammar.Trim(value), rest, grammar.IsToken(name) && grammar.IsToken(grammar.Trim(value))
	}
	var b strings.Builder
	for i := 1; i < len(s); i++ {
		if s[i] == '"' {
			junk, rest, _ := strings.Cut(s[i+1:], ";")
			return name, b.String(), rest, grammar.IsToken(name) && grammar.Trim(junk) == ""
		}
		if s[i] == '\\' && i+1 < len(s) && (s[i+1] == '"' || s[i+1] == '\\') {
			i++
		}
		b.WriteByte(s[i])
	}
	return name, b.String(), "", false
}

// param takes one parameter of the disposition.
func (h *head) param(name, value string) {
	switch name {
	case "name":
		if h.named {
			h.ps.Add(DataRepeatedParam, "found.name", problem.Quote(value))
			return
		}
		h.Name, h.named = value, true
	case "filename":
		if h.HasFilename {
			h.ps.Add(DataRepeatedParam, "found.filename", problem.Quote(value))
			return
		}
		h.Filename, h.HasFilename = value, true
	case "filename*":
		h.ps.Add(DataFilenameStar, "found.value", problem.Quote(value))
	}
}

// judge looks at the finished head.
func (h *head) judge() {
	switch {
	case !h.disposition:
		h.ps.Add(DataNoDisposition, "found.part-at", h.HeadOffset)
	case !h.named:
		h.ps.Add(DataNoName, "found.part-at", h.HeadOffset)
	}
	if strings.ContainsAny(h.Filename, `/\`) {
		h.ps.Add(DataFilenamePath, "found.value", problem.Quote(h.Filename))
	}
	if !utf8.ValidString(h.Name) || !utf8.ValidString(h.Filename) {
		h.ps.Add(DataUTF8, "found.two-values", problem.Quote(h.Name), problem.Quote(h.Filename))
	}
}
