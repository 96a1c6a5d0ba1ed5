package coursework

import (
	"bytes"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"httpscope/internal/course/sheet"
	"httpscope/internal/texts"
)

// wrongBy are answers that are wrong, by the kind of a question.
var wrongBy = map[string]string{
	KindConnections: "1.2.3.4, 1, 5.6.7.8, 2, 404; 127.0.0.1, 8000, 127.0.0.1, 50002, 200", KindValue: "1",
	KindCount:  "many",
	KindPacket: "7", KindDisplayFilter: "http", KindCaptureFilter: "tcp port 80", KindInterface: "lo and wlan0",
	KindChoice: "a and b", KindText: "x", KindYesNo: "maybe", KindFree: "because", KindOverlap: "serial and parallel",
	KindParts: "1; 2; 3; 4; 5; 6",
}

// sheetsFor are sheets of answers that are right, and of two kinds of wrong ones.
func sheetsFor(a *Assignment, e *Evidence) []*sheet.Sheet {
	wrong, odd := &sheet.Sheet{}, &sheet.Sheet{Answers: []sheet.Answer{{ID: "nowhere", Text: "x", Line: 1}}}
	for i := range a.Questions {
		q := &a.Questions[i]
		wrong.Answers = append(wrong.Answers, sheet.Answer{ID: q.ID, Text: wrongBy[q.Kind], Line: i})
		odd.Answers = append(odd.Answers, sheet.Answer{ID: q.ID, Text: "240", Line: i})
	}
	return []*sheet.Sheet{a.Key(e), wrong, odd, {}}
}

// TestMarkingDoesNotDependOnTheLanguage: verdicts, points, tags and packets are the same in all languages, and what is
// asked for is.
func TestMarkingDoesNotDependOnTheLanguage(t *testing.T) {
	type outcome struct {
		ID      string
		Verdict Verdict
		Points  float64
		Tags    []string
		Cells   []Verdict
		Frames  []int64
	}
	outcomes := func(r *Report) []outcome {
		var all []outcome
		for _, m := range r.Questions {
			o := outcome{ID: m.ID, Verdict: m.Verdict, Points: m.Points, Tags: m.Tags}
			for _, c := range m.Cells {
				o.Cells = append(o.Cells, c.Verdict)
			}
			for _, p := range m.Proof {
				o.Frames = append(o.Frames, p.Frame)
			}
			all = append(all, o)
		}
		return all
	}
	for _, lab := range labs {
		a, e := Builtin(lab.assignment), evidence(t, lab.captures...)
		for _, s := range sheetsFor(a, e) {
			en, zh := a.Mark(e, s, texts.English), a.Mark(e, s, texts.Chinese)
			if d := cmp.Diff(outcomes(en), outcomes(zh)); d != "" || en.Score != zh.Score ||
				len(en.Remarks) != len(zh.Remarks) {
				t.Errorf("%s on %v: %v and %v points\n%s", lab.assignment, lab.captures, en.Score, zh.Score, d)
			}
		}
	}
}

// TestFeedbackIsChinese: nothing that is said to an answer is left in English.
func TestFeedbackIsChinese(t *testing.T) {
	english := regexp.MustCompile(`[a-z]{2,}( [a-z]+){3,}`)
	said := 0
	for _, lab := range labs {
		a, e := Builtin(lab.assignment), evidence(t, lab.captures...)
		for _, s := range sheetsFor(a, e) {
			r := a.Mark(e, s, texts.Chinese)
			for _, text := range spokenIn(r) {
				said++
				if english.MatchString(text) {
					t.Errorf("%s: %q", lab.assignment, text)
				}
			}
		}
	}
	if said < 250 {
		t.Errorf("only %d texts were looked at", said)
	}
}

// spokenIn are the texts of a report that say something about answers.
func spokenIn(r *Report) []string {
	var all []string
	for _, m := range r.Questions {
		all = append(append(all, m.Prompt), m.Feedback...)
		for _, c := range m.Cells {
			all = append(all, c.Comment)
		}
		for _, p := range m.Proof {
			all = append(all, p.Text)
		}
	}
	for _, m := range r.Remarks {
		all = append(all, m.Text)
	}
	return slices.DeleteFunc(all, func(s string) bool { return s == "" })
}

// TestSheetsAreReadInEveryLanguage: package sheet knows the words of the sheet that is handed out.
func TestSheetsAreReadInEveryLanguage(t *testing.T) {
	for _, lang := range []texts.Lang{texts.English, texts.Chinese} {
		for _, a := range Builtins() {
			var blank bytes.Buffer
			if err := a.WriteBlank(&blank, lang); err != nil {
				t.Fatal(err)
			}
			student := texts.In(lang).Phrase("coursework.sheet-student") + ":"
			filled := strings.Replace(blank.String(), student, student+" 张三", 1)
			for i := range a.Questions {
				answer := &sheet.Answer{ID: a.Questions[i].ID, Text: "42"}
				var ok bool
				if filled, ok = sheet.Fill(filled, answer); !ok {
					t.Errorf("%s in %s: question %s has no place for an answer", a.ID, lang, answer.ID)
				}
			}
			s, err := sheet.Parse("sheet.md", []byte(filled))
			if err != nil || s.Student != "张三" || a.Recognised(s) != len(a.Questions) {
				t.Errorf("%s in %s: %q, %d answers, %v", a.ID, lang, s.Student, a.Recognised(s), err)
			}
		}
	}
}

// TestLoadErrorsInChinese: what is wrong with a file is said with its place, and what to do.
func TestLoadErrorsInChinese(t *testing.T) {
	zh := texts.In(texts.Chinese)
	_, err := Load([]byte("schema: " + Schema + "\nid: x\ntitle: X\nquestions:\n  - {id: q, prompt: why, kind: fre}\n"))
	e, is := err.(*LoadError)
	if !is || zh.Error(err) != "第 5 行第 32 列：没有题型 \"fre\"（是不是想写 free？）" ||
		!strings.HasPrefix(zh.Of(e.Hint), "题型有：capture-filter, ") {
		t.Errorf("%s, %s", zh.Error(err), zh.Of(e.Hint))
	}
}
