package multipart

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// read walks a body that arrives in pieces of the given size, and writes down
// each delimiter and the state in which the body ends.
func read(boundary, body string, step int) string {
	s, out, head := New(boundary), "", ""
	for at := 0; at < len(body); {
		piece := []byte(body[at:min(len(body), at+step)])
		if s.State == Head {
			l, n := CutLine(piece)
			head += string(piece[:n])
			s.Pass(int64(n))
			if l.Ended && strings.Trim(head, "\r\n") == "" {
				s.Body()
			}
			if l.Ended {
				head = ""
			}
			at += n
			continue
		}
		d, n, found := s.Next(piece)
		at += n
		if found {
			out += fmt.Sprintf("%d,%d,%d %t %t|", d.Start, d.Tail, d.Next, d.Final, d.BareLF)
		}
	}
	return out + fmt.Sprintf("%d at %d, %d parts %t %t", s.State, s.Pos, s.Parts, s.Leading, s.Trailing)
}

func TestSplitter(t *testing.T) {
	for _, tt := range []struct{ name, body, want string }{
		{"empty", "", "0 at 0, 0 parts false false"},
		{"a part", "--B\r\n\r\nx\r\n--B--", "0,3,5 false false|8,13,15 true false|4 at 15, 1 parts false false"},
		{"bare LF", "--B\n\nx\n--B--\n", "0,3,4 false true|6,10,12 true false|4 at 13, 1 parts false false"},
		{"transport padding", "--B \t\r\n", "0,3,7 false false|1 at 7, 1 parts false false"},
		{"preamble and epilogue", "hi\r\n--B--bye", "2,7,9 true false|4 at 12, 0 parts true true"},
		{"line ends around", "\r\n--B--\r\n", "0,5,7 true false|4 at 9, 0 parts false false"},
		{"one hyphen", "--B-\r\n", "0 at 6, 0 parts true false"},
		{"hyphens behind padding", "--B --\r\n", "0 at 8, 0 parts true false"},
		{"CR alone", "--B\rx", "0 at 5, 0 parts true false"},
		{"a longer boundary", "--BB\r\n--B--", "4,9,11 true false|4 at 11, 0 parts true false"},
		{"behind a cut candidate", "\r\n--\r\n--B--", "4,9,11 true false|4 at 11, 0 parts true false"},
		{"empty body", "--B\r\n\r\n--B--", "0,3,5 false false|7,10,12 true false|4 at 12, 1 parts false false"},
	} {
		for _, step := range []int{1, 2, 1000} {
			if got := read("B", tt.body, step); got != tt.want {
				t.Errorf("%s, in steps of %d:\ngot  %s\nwant %s", tt.name, step, got, tt.want)
			}
		}
	}
}

func TestSplitterIsBounded(t *testing.T) {
	got := read("B", strings.Repeat("--B\r\n\r\n\r\n", MaxParts+2), 4096)
	if !strings.HasSuffix(got, fmt.Sprintf("%d at %d, %d parts false false", Off, 9*(MaxParts+2), MaxParts)) {
		t.Error(got[len(got)-60:])
	}
	for _, boundary := range []string{"", "a\rb", strings.Repeat("x", MaxBoundary+1)} {
		if s := New(boundary); s.State != Off {
			t.Errorf("%q is used", boundary)
		}
	}
}

// TestSegmentation holds for any body and any pieces.
func TestSegmentation(t *testing.T) {
	words := []string{"--B", "--", "\r\n", "\n", "\r", "-", "B", "a", " ", "\r\n--B", "\r\n--B\r\n\r\n", "\n--B-"}
	rapid.Check(t, func(t *rapid.T) {
		body := strings.Join(rapid.SliceOfN(rapid.SampledFrom(words), 0, 30).Draw(t, "body"), "")
		whole := read("B", body, len(body)+1)
		if got := read("B", body, rapid.IntRange(1, 9).Draw(t, "step")); got != whole {
			t.Fatalf("%q:\ngot  %s\nwhole %s", body, got, whole)
		}
	})
}

func TestHead(t *testing.T) {
	for in, want := range map[string]string{
		"":             `"" 0 false false`,
		"a: b":         `"a: b" 4 false false`,
		"a: b\r":       `"a: b" 5 false false`,
		"a: b\r\nc: d": `"a: b" 6 true false`,
		"a: b\n":       `"a: b" 5 true true`,
		"\r\n":         `"" 2 true false`,
	} {
		l, n := CutLine([]byte(in))
		if got := fmt.Sprintf("%q %d %t %t", l.Text, n, l.Ended, l.BareLF); n > len(in) || got != want {
			t.Errorf("%q: %s, want %s", in, got, want)
		}
	}
	for in, want := range map[string]string{
		"a: b": "a|b|true", "a:": "a||true", "a:b:c\t": "a|b:c|true",
		"a : b": "a |b|false", " a: b": " a|b|false", "a": "a||false", ":b": "|b|false",
	} {
		name, value, ok := Field(in)
		if got := fmt.Sprintf("%s|%s|%t", name, value, ok); got != want {
			t.Errorf("%q: %s, want %s", in, got, want)
		}
	}
	s := New("B")
	for in, want := range map[string]string{
		"--B": "true true false", "--B \t": "true true false", "--B--x": "true true true", "--BB": "true false false",
		"--B-": "true false false", "B--": "false false false",
	} {
		delim, final := s.IsDelimiter([]byte(in))
		if got := fmt.Sprintf("%t %t %t", s.StartsDelimiter([]byte(in)), delim, final); got != want {
			t.Errorf("%q: %s, want %s", in, got, want)
		}
	}
}
