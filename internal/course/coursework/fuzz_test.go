package coursework

import (
	"errors"
	"math"
	"strings"
	"testing"
	"unicode"

	"httpscope/internal/course/sheet"
)

// FuzzAnswers: whatever a student writes can be read, and is the same as itself.
func FuzzAnswers(f *testing.F) {
	for _, s := range []string{"1,460 bytes", "0x1a", "20 ms", "*/*", "“是”", "yes or no", "Mon, 23 Nov 2026 01:32:06 GMT", "\xff\xfe", "HTTP/1.1", "'`\"'", "1e999", "．５"} {
		f.Add(s, "1460")
	}
	f.Fuzz(func(t *testing.T, a, b string) {
		if !same(a, a, 0) || same(a, b, 0) != same(b, a, 0) {
			t.Fatalf("%q and %q", a, b)
		}
		if v, _, ok := amount(a); ok && (math.IsNaN(v) || math.IsInf(v, 0)) {
			t.Fatalf("%q is %v", a, v)
		}
		if _, ok := yesNo(a); ok && strings.TrimSpace(a) == "" {
			t.Fatalf("%q is yes or no", a)
		}
	})
}

// FuzzLoad: whatever a file holds, it is an assignment, or an error with a place
// in the file. An assignment can be handed out, and marked against anything.
func FuzzLoad(f *testing.F) {
	for _, a := range Builtins() {
		f.Add(Source(a.ID))
	}
	f.Add([]byte(asking("choice", "    options:\n      - {text: a, right: true}\n")))
	f.Add([]byte(asking("parts", "    parts:\n      - {id: p, kind: count, prompt: x, rows: packets}\n")))
	choice := asking("choice", "    options:\n      - {text: a, right: true}\n")
	f.Add([]byte(strings.Replace(choice, `id: "1"`, `id: "1\x0f\u202e"`, 1)))
	e := evidence(f, "content-length-42.pcap")
	f.Fuzz(func(t *testing.T, b []byte) {
		a, err := Load(b)
		if err != nil {
			var wrong *LoadError
			if !errors.As(err, &wrong) || wrong.Reason.String() == "" || wrong.Line > strings.Count(string(b), "\n")+strings.Count(string(b), "\r")+1 || wrong.Line > 0 && wrong.Column < 1 {
				t.Fatalf("error %#v", err)
			}
			return
		}
		var blank strings.Builder
		if err := a.WriteBlank(&blank, "en"); err != nil {
			t.Fatal(err)
		}
		marked(t, a, e, a.Key(e))
	})
}

// FuzzMark: whatever a sheet says, it is marked: points are within their bounds,
// and nothing that is said about it is obeyed by a terminal.
func FuzzMark(f *testing.F) {
	f.Add("cs305-4.2", "## 2-1\nAnswer: both\n## 2-5\nAnswer:\n| source ip | source port |\n|--|--|\n| 127.0.0.1:80 | 1 |\n")
	f.Add("cs305-4.3", "## 3-1\nAnswer: http.request.method == \"POST\"\n## 3-2\nAnswer: 1, 2; 3\n")
	f.Add("kurose-http-1", "## 1\nAnswer: \x1b[31m1.1\x1b]0;x\a\n## 2\nAnswer: en\u202e\n")
	f.Add("kurose-http-4", "## 17\nAnswer: serial and parallel\n## 16\nAnswer: 1, 127.0.0.1\n")
	e := evidence(f, "conditional-304.pcap")
	f.Fuzz(func(t *testing.T, id, text string) {
		a := Builtin(id)
		if a == nil {
			return
		}
		if s, err := sheet.Parse("a.md", []byte(text)); err == nil {
			marked(t, a, e, s)
		}
	})
}

// marked marks a sheet and holds what is true of every report.
func marked(t *testing.T, a *Assignment, e *Evidence, s *sheet.Sheet) {
	t.Helper()
	r := a.Mark(e, s, "en")
	sum := 0.0
	for i := range r.Questions {
		m := &r.Questions[i]
		if m.Points < 0 || m.Points > m.Max || math.IsNaN(m.Points) {
			t.Fatalf("%s has %v of %v points", m.ID, m.Points, m.Max)
		}
		if m.Verdict != Person {
			sum += m.Points
		}
		said := strings.Join(append(append([]string{m.ID, m.Prompt, m.Given, m.Expected}, m.Feedback...), m.Hints...), "")
		for _, c := range m.Cells {
			said += c.Column + c.Given + c.Expected + c.Comment
		}
		if at := strings.IndexFunc(said, func(r rune) bool { return r != '\n' && (unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r)) }); at >= 0 {
			t.Fatalf("%s says %q", m.ID, said[at:])
		}
	}
	if math.Abs(sum-r.Score) > 1e-3 {
		t.Fatalf("the score is %v, the sum %v", r.Score, sum)
	}
}
