package page

import (
	"fmt"
	"strings"

	"httpscope/internal/explain"
	"httpscope/internal/trace"
)

// words is a sentence of the Why pane, or its format, in the language of the
// texts. What is not in the table stays as it is: names, details of findings.
func (w *why) words(english string) string {
	if w.texts.Lang() != explain.Chinese {
		return english
	}
	if s, ok := chineseWords[english]; ok {
		return s
	}
	return english
}

// fact is what another page says in English too, in the language of the texts.
func (w *why) fact(english string) string {
	if w.texts.Lang() != explain.Chinese {
		return english
	}
	for _, f := range chineseFacts {
		if f.english.MatchString(english) {
			return f.english.ReplaceAllString(english, f.chinese)
		}
	}
	return english
}

// side is request or response.
func (w *why) side(m *trace.Message) string { return w.words(m.Side.String()) }

// bytes is a number of them.
func (w *why) bytes(n int64) string { return w.fact(bytesWord(n)) }

// sentence is [Verdict] as a sentence.
func (w *why) sentence(m *trace.Message) string {
	if w.texts.Lang() != explain.Chinese {
		v := Verdict(m)
		return strings.ToUpper(v[:1]) + v[1:] + "."
	}
	if !m.Head.Complete {
		return w.fact(Verdict(m)) + "。"
	}
	f := m.Head.Framing()
	s := fmt.Sprintf("%s：规则 %d，%s", w.fact(bodyWords(m)), f.Rule, w.fact(f.Proof()))
	for _, r := range f.Rejected() {
		s += fmt.Sprintf("；不是 %s：%s", r.Kind, w.fact(r.Why))
	}
	if !m.Complete {
		s += "；在这次捕获中不完整"
	}
	return s + "。"
}
