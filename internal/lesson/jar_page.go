package lesson

import (
	"httpscope/internal/cookies"
	"httpscope/internal/doc"
	"httpscope/internal/layer"
	"httpscope/internal/texts"
)

// Page implements [Lesson].
func (j *Jar) Page() doc.Lines {
	w := doc.NewWriter(j.words)
	w.Title("lesson.title.jar")
	if len(j.Clients) == 0 && j.Left == 0 {
		w.Say(doc.Dim, "lesson.jar.none")
		return w.Lines
	}
	w.Say(doc.Plain, "lesson.jar.intro")
	w.Say(doc.Dim, "lesson.jar.unseen")
	for i := range j.Clients {
		c := &j.Clients[i]
		w.Title("lesson.jar.client", c.client.name())
		for k := range c.Steps {
			j.stepLines(w, &c.Steps[k])
		}
	}
	if j.Left > 0 {
		w.Say(doc.Dim, "lesson.jar.left", j.Left)
	}
	return w.Lines
}

func (j *Jar) stepLines(w *doc.Writer, t *JarStep) {
	role, side, what := doc.Request, layer.Client, "lesson.jar.request"
	if t.Response {
		role, side, what = doc.Response, layer.Server, "lesson.jar.response"
	}
	ref := doc.Ref{Place: layer.Place{Side: side}, Frame: t.Packet, Exchange: t.Exchange}
	w.About(ref, doc.Spanf(doc.Dim, "%10s  ", since(j.begin, t.Nano)), w.Span(role, what, t.Exchange),
		doc.Spanf(doc.Plain, "  %s  ", t.Asked), w.Span(doc.Dim, "lesson.packet", t.Packet))
	if t.Response {
		responseLines(w, t)
		return
	}
	requestLines(w, t, ref)
}

// stepIndent is the columns before what is told of a step.
const stepIndent = 12

// orNone stands for a line that is not there.
func orNone(w *doc.Writer, line string) string {
	if line == "" {
		return w.Phrase("lesson.jar.no-cookie")
	}
	return clip(line)
}

func requestLines(w *doc.Writer, t *JarStep, ref doc.Ref) {
	cookieLines(w, t, ref)
	if t.Sent != t.Predicted && t.onlyOrder {
		inset(w, stepIndent, doc.Note, "lesson.jar.order")
	}
	for _, v := range t.Verdicts {
		if v.Kind != string(cookies.VerdictSent) {
			remark(w, doc.Warning, v)
		}
	}
	leftOut(w, t.VerdictsTotal, len(t.Verdicts))
	for _, r := range t.Withheld {
		w.About(doc.Ref{}, doc.Space(stepIndent), w.Span(doc.Plain, "lesson.jar.stays"),
			doc.Spanf(doc.Name, "  %s", clip(r.Name)), w.Span(doc.Note, "lesson.jar.reason", r.kind(w)),
			w.Span(doc.Plain, "lesson.jar.detail", clip(w.Of(r.Detail))))
	}
	if t.WithheldMore {
		inset(w, stepIndent, doc.Dim, "lesson.jar.others-stay")
	}
}

// cookieLines show the Cookie line that the rules ask for beside the one that was sent.
func cookieLines(w *doc.Writer, t *JarStep, ref doc.Ref) {
	const width = 11
	sent := doc.Spanf(doc.Request, "%s", orNone(w, t.Sent))
	if t.Sent == t.Predicted {
		w.About(ref, doc.Space(stepIndent), w.Span(doc.Dim, "lesson.jar.as-predicted"), doc.Space(2), sent)
		return
	}
	w.About(ref, doc.Space(stepIndent), doc.Spanf(doc.Dim, "%s", cell(w.Phrase("lesson.jar.predicted"), width)),
		doc.Spanf(doc.Plain, "%s", orNone(w, t.Predicted)))
	w.About(ref, doc.Space(stepIndent), doc.Spanf(doc.Dim, "%s", cell(w.Phrase("lesson.jar.sent"), width)), sent)
}

// leftOut says how many of so many cookies were not listed; a total of 0 is none.
func leftOut(w *doc.Writer, total, listed int) {
	if total > listed {
		inset(w, stepIndent, doc.Dim, "lesson.jar.more", total-listed)
	}
}

func responseLines(w *doc.Writer, t *JarStep) {
	for _, c := range t.Changes {
		role := doc.Note
		if c.Kind == string(cookies.ChangeRefused) {
			role = doc.Warning
		}
		remark(w, role, c)
	}
	leftOut(w, t.ChangesTotal, len(t.Changes))
	if len(t.Jar) == 0 {
		inset(w, stepIndent, doc.Dim, "lesson.jar.empty")
		return
	}
	for i := range t.Jar {
		t.Jar[i].line(w, i == 0)
	}
	leftOut(w, t.JarTotal, len(t.Jar))
}

// line shows a cookie of a jar; the first of them says that there the jar begins.
func (c *JarCookie) line(w *doc.Writer, first bool) {
	head := ""
	if first {
		head = w.Phrase("lesson.jar.jar")
	}
	w.About(doc.Ref{}, doc.Space(stepIndent), doc.Spanf(doc.Dim, "%s", cell(head, 5)),
		doc.Spanf(doc.Name, "%s=%s", clip(c.Name), clip(c.Value)), doc.Spanf(doc.Dim, "  %s", clip(c.scope(w))))
}

func remark(w *doc.Writer, r doc.Role, c CookieRemark) {
	spans := []doc.Span{doc.Space(stepIndent), doc.Spanf(doc.Name, "%s ", clip(c.Name)), doc.Spanf(r, "%s", c.kind(w))}
	if !c.Detail.IsZero() {
		spans = append(spans, w.Span(doc.Plain, "lesson.jar.detail", clip(w.Of(c.Detail))))
	}
	w.About(doc.Ref{Code: c.Code}, spans...)
}

// kind is what became of the cookie, in words.
func (c *CookieRemark) kind(w *doc.Writer) string {
	for _, of := range []string{"page.cookies.verdict-", "page.cookies.change-"} {
		if w.Has(of + c.Kind) {
			return w.Phrase(of + c.Kind)
		}
	}
	return w.Named("lesson.jar-kind.", c.Kind) // the rule that kept it back
}

// scope says where a cookie goes, and how long it is kept.
func (c *JarCookie) scope(w *doc.Writer) string {
	list := texts.List{Items: []any{c.Domain + c.Path}}
	add := func(is bool, item any) {
		if is {
			list.Items = append(list.Items, item)
		}
	}
	add(c.HostOnly, texts.Say("lesson.jar.host-only"))
	add(!c.HostOnly, texts.Say("lesson.jar.hosts-below"))
	add(c.Secure, "Secure")
	add(c.HTTPOnly, "HttpOnly")
	add(c.SameSite != "", "SameSite="+c.SameSite)
	add(c.Expires != "", texts.Say("lesson.jar.until", c.Expires))
	return w.Phrase("lesson.list", list)
}
