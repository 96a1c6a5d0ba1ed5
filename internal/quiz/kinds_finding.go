package quiz

import (
	"slices"
	"strings"

	"httpscope/httpdecode"
	"httpscope/internal/layer"
	"httpscope/internal/trace"
	"httpscope/internal/visible"
)

// families group codes of findings that are about the same thing. A wrong choice
// is of a family that none of the exchange's findings is of: a chunked body that
// is cut is short as well.
var families = [][]string{
	{"bare-lf", "bare-cr"},
	{"obs-fold"},
	{"field-swallowed", "field-space-before-colon", "field-no-colon"},
	{"host-missing", "host-repeated", "host-invalid"},
	{"method-case", "method-unknown"},
	{"target-no-slash", "target-space", "target-missing"},
	{"version-missing", "version-other", "http-0.9-request", "no-status-line"},
	{"content-length-invalid", "content-length-conflict", "te-and-content-length", "content-length-forbidden",
		"content-length-repeated"},
	{"te-in-http-1.0", "chunked-not-final", "transfer-coding-unknown"},
	{"chunk-extension", "chunk-size-invalid"},
	{"body-short", "chunked-body-cut", "body-ended-by-reset", "bytes-after-message", "body-forbidden", "head-cut",
		"gap-in-message"},
	{"pipelined", "response-before-request-end", "request-unanswered", "data-after-close", "request-after-close"},
	{"cookie-foreign-domain", "cookie-secure-over-http", "cookie-withheld"},
	{"content-range-length", "range-ignored", "partial-incomplete"},
}

// family is the place of a code's family, -1 when it has none.
func family(code string) int {
	return slices.IndexFunc(families, func(codes []string) bool { return slices.Contains(codes, code) })
}

// lures are the codes that stand as wrong choices, one of a family.
var lures = []string{"obs-fold", "bare-lf", "host-missing", "method-case", "target-no-slash", "version-other",
	"content-length-conflict", "te-in-http-1.0", "chunk-extension", "body-short", "pipelined", "field-swallowed",
	"cookie-foreign-domain", "content-range-length"}

// findingOf asks what is odd about a message.
func findingOf(a *asker, x *trace.Exchange) *Question {
	var odd []*trace.Finding
	taken := map[int]bool{}
	for i := range x.Findings {
		f := &x.Findings[i]
		taken[family(f.Code)] = true
		if _, ok := a.texts.Lookup(f.Code); ok && family(f.Code) >= 0 && f.Side != layer.Both {
			odd = append(odd, f)
		}
	}
	if len(odd) == 0 {
		return nil
	}
	f := odd[a.rng.IntN(len(odd))]
	wrong := a.notFound(x, taken)
	m := x.Request
	if f.Side == layer.Server && x.Response != nil {
		m = x.Response
	}
	if m == nil || m.Head == nil {
		return nil
	}
	return a.askFinding(x, m, f, wrong)
}

// notFound are findings that an exchange does not have, of families that are not
// taken.
func (a *asker) notFound(x *trace.Exchange, taken map[int]bool) []option {
	var wrong []option
	for _, code := range mixed(a.rng, slices.Clone(lures)) {
		if t, ok := a.texts.Lookup(code); ok && !taken[family(code)] && fits(code, x) {
			wrong = append(wrong, option{titleOf(t), meaningOf(t)})
		}
	}
	return wrong
}

func (a *asker) askFinding(x *trace.Exchange, m *trace.Message, f *trace.Finding, wrong []option) *Question {
	right, _ := a.texts.Lookup(f.Code)
	q := a.choose(titleOf(right), wrong, "quiz.finding.ask", kindOf(m), nameOf(x)).about(x, m.First.Packet)
	if f.Frame > 0 {
		q.Ref.Frame = f.Frame
	}
	q.Ref.Code = f.Code
	q.Given = a.headOf(m, nil)
	q.Hint = visible.Line(right.Look)
	q.at(m.First.Packet, "quiz.finding.begins", kindOf(m), startOf(m))
	q.at(q.Ref.Frame, "quiz.finding.shows", quoted(a.texts.Of(f.Detail)))
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
