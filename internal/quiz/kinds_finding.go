package quiz

import (
	"strings"

	"httpscope/httpdecode"
	"httpscope/internal/explain"
	"httpscope/internal/layer"
	"httpscope/internal/trace"
)

// family groups codes of findings that are about the same thing. A wrong choice
// is of a family that none of the exchange's findings is of: a chunked body that
// is cut is short as well.
var family = map[string]string{
	"bare-lf": "line ends", "bare-cr": "line ends", "obs-fold": "folding", "field-swallowed": "fields", "field-space-before-colon": "fields", "field-no-colon": "fields",
	"host-missing": "host", "host-repeated": "host", "host-invalid": "host", "method-case": "method", "method-unknown": "method", "target-no-slash": "target", "target-space": "target", "target-missing": "target",
	"version-missing": "version", "version-other": "version", "http-0.9-request": "version", "no-status-line": "version",
	"content-length-invalid": "length", "content-length-conflict": "length", "te-and-content-length": "length", "content-length-forbidden": "length", "content-length-repeated": "length",
	"te-in-http-1.0": "coding", "chunked-not-final": "coding", "transfer-coding-unknown": "coding", "chunk-extension": "chunks", "chunk-size-invalid": "chunks",
	"body-short": "body", "chunked-body-cut": "body", "body-ended-by-reset": "body", "bytes-after-message": "body", "body-forbidden": "body", "head-cut": "body", "gap-in-message": "body",
	"pipelined": "order", "response-before-request-end": "order", "request-unanswered": "order", "data-after-close": "order", "request-after-close": "order",
	"cookie-foreign-domain": "cookies", "cookie-secure-over-http": "cookies", "cookie-withheld": "cookies", "content-range-length": "ranges", "range-ignored": "ranges", "partial-incomplete": "ranges",
}

// lures are the codes that stand as wrong choices, one of a family.
var lures = []string{"obs-fold", "bare-lf", "host-missing", "method-case", "target-no-slash", "version-other", "content-length-conflict", "te-in-http-1.0", "chunk-extension", "body-short", "pipelined", "field-swallowed", "cookie-foreign-domain", "content-range-length"}

// findingOf asks what is odd about a message.
func findingOf(a *asker, x *trace.Exchange) *Question {
	var odd []*trace.Finding
	taken := map[string]bool{}
	for i := range x.Findings {
		f := &x.Findings[i]
		taken[family[f.Code]] = true
		if _, ok := explain.Lookup(f.Code); ok && family[f.Code] != "" && f.Side != layer.Both {
			odd = append(odd, f)
		}
	}
	if len(odd) == 0 {
		return nil
	}
	f := odd[a.rng.IntN(len(odd))]
	right, _ := explain.Lookup(f.Code)
	var wrong []Choice
	for _, code := range mixed(a.rng, append([]string(nil), lures...)) {
		if t, ok := explain.Lookup(code); ok && !taken[family[code]] && fits(code, x) {
			wrong = append(wrong, Choice{Text: t.Title, Why: t.What})
		}
	}
	m := x.Request
	if f.Side == layer.Server && x.Response != nil {
		m = x.Response
	}
	if m == nil || m.Head == nil {
		return nil
	}
	q := choose(a.rng, right.Title, wrong, "What is worth a remark about the %s of %s?", m.Side, nameOf(x)).about(x, m.First.Packet)
	if f.Frame > 0 {
		q.Ref.Frame = f.Frame
	}
	q.Ref.Code = f.Code
	q.Given = headOf(m, nil)
	q.hint("%s", right.Look)
	q.at(m.First.Packet, "begins the %s: %s", m.Side, startOf(m))
	q.at(q.Ref.Frame, "shows it: %s", quoted(f.Detail.String()))
	return q.rule(right)
}

// fits reports a code that is certainly untrue of the exchange, for those that
// depend on more than its findings.
func fits(code string, x *trace.Exchange) bool {
	for m := range x.Messages() {
		if m.Head == nil {
			return false
		}
		switch code {
		case "version-other":
			if m.Head.Version != "HTTP/1.1" && m.Head.Version != "HTTP/1.0" {
				return false
			}
		case "host-missing":
			if m.Side == layer.Client && !m.Head.Has(httpdecode.FieldHost) {
				return false
			}
		case "bare-lf":
			if strings.Contains(strings.ReplaceAll(m.Head.AsSent(), "\r\n", ""), "\n") {
				return false
			}
		case "body-short":
			if !m.Complete {
				return false
			}
		}
	}
	return true
}
