package coursework

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"httpscope/internal/course/sheet"
)

// TestAmounts reads numbers with the words that students put behind them.
func TestAmounts(t *testing.T) {
	for given, want := range map[string]float64{"2": 2, "２": 2, "2.": 2, "1,460 bytes": 1460, "2 connections": 2,
		"1 connection": 1, "3 responses": 3, "4 times": 4, "2 条": 2, "2个": 2, "0x1a": 26, "20 ms": 0.02} {
		if v, _, ok := amount(given); !ok || v != want {
			t.Errorf("%q is %v, %v; want %v", given, v, ok, want)
		}
	}
	for _, given := range []string{"a few", "2 cables", "connections", "2 or 3", ""} {
		if v, _, ok := amount(given); ok {
			t.Errorf("%q is taken for %v", given, v)
		}
	}
}

// TestWorded parts lists that are written as a sentence, when that gives as many
// entries as are asked for.
func TestWorded(t *testing.T) {
	given := []string{"as given"}
	for _, c := range []struct {
		text string
		n    int
		want []string
	}{
		{"200 and 404", 2, []string{"200", "404"}},
		{"200 404", 2, []string{"200", "404"}},
		{"200, then 404", 2, []string{"200", "404"}},
		{"200, 304, and 404", 3, []string{"200", "304", "404"}},
		{"200 → 404", 2, []string{"200", "404"}},
		{"200 OK and 404 Not Found", 2, []string{"200 OK", "404 Not Found"}},
		{"200和404", 2, []string{"200", "404"}},
		{"200 and 404", 3, given},
		{"command", 2, given},
		{"", 2, given},
	} {
		if got := worded(c.text, c.n, given); !slices.Equal(got, c.want) {
			t.Errorf("%q for %d: %q, want %q", c.text, c.n, got, c.want)
		}
	}
}

// TestVersions takes versions of HTTP with and without their name.
func TestVersions(t *testing.T) {
	for _, given := range []string{"HTTP/1.0", "http/1.0", "HTTP 1.0", "1.0", "version 1.0", "HTTP version 1.0",
		"HTTP / 1.0", "ＨＴＴＰ／1.0"} {
		if !same(given, "HTTP/1.0", 0) {
			t.Errorf("%q is not taken", given)
		}
	}
	for _, given := range []string{"HTTP/1.1", "HTTP/1", "HTTP", "HTTP/1.01", "HTTP 10", "10"} {
		if same(given, "HTTP/1.0", 0) {
			t.Errorf("%q is taken", given)
		}
	}
}

// TestOwnAddress: who writes the address that the capture has for the server
// means the option "your address".
func TestOwnAddress(t *testing.T) {
	a, e := Builtin("cs305-4.2"), evidence(t, "two-interfaces.pcapng")
	key := a.Key(e)
	address := ""
	for _, answer := range key.Answers {
		for _, row := range answer.Rows {
			if row[2] != "127.0.0.1" {
				address = row[2]
			}
		}
	}
	for given, want := range map[string]Verdict{
		address: Right, address + ":8000": Right, "http://" + address + ":8000/": Right, "your address:8000": Right,
		"我的地址:8000":       Right,
		address + ":8080": Wrong, "http://127.0.0.1:8000/": Wrong, "1.2.3.4:8000": Unread, address + "0:8000": Unread,
	} {
		r := a.Mark(e, &sheet.Sheet{Answers: []sheet.Answer{{ID: "2-3", Text: given}}}, "en")
		for _, m := range r.Questions {
			if m.ID == "2-3" && m.Verdict != want {
				t.Errorf("%q is %s: %v", given, m.Verdict, m.Feedback)
			}
		}
	}
}

// TestVersionOfTheOtherSide: who answers with the version of the request when
// that of the response is asked hears so.
func TestVersionOfTheOtherSide(t *testing.T) {
	a, e := Builtin("cs305-4.2"), evidence(t, "two-interfaces.pcapng")
	r := a.Mark(e, &sheet.Sheet{Answers: []sheet.Answer{{ID: "2-6", Text: "HTTP/1.1"}}}, "en")
	for _, m := range r.Questions {
		if m.ID == "2-6" && (m.Verdict != Wrong || !slices.Contains(m.Tags, "other-side")) {
			t.Errorf("%s, %q", m.Verdict, m.Tags)
		}
	}
}

// TestTextWithAComma: in a map on one line a text without quotes ends at its
// comma. What follows would be lost, so it is an error with its place.
func TestTextWithAComma(t *testing.T) {
	const head = "schema: httpscope-assignment/1\nid: x\ntitle: x\nquestions:\n  - id: \"1\"\n    kind: free\n"
	_, err := Load([]byte(head + "    prompt: {en: Which version does the browser speak, and which the server?, zh: 版本？}\n"))
	var wrong *LoadError
	if !errors.As(err, &wrong) || wrong.Line != 7 ||
		!strings.Contains(wrong.Error(), `"and which the server?" is no code of a language`) {
		t.Errorf("%v", err)
	}
	if _, err = Load([]byte(head + "    prompt: why\n    accept: [[1]]\n")); !errors.As(err, &wrong) ||
		wrong.Line != 8 || wrong.Reason.String() != "here must be a text" {
		t.Errorf("%v", err)
	}
	a, err := Load([]byte(head + "    prompt: {en: \"Which version does the browser speak, and which the server?\", zh: 版本？, zh-TW: 版本？}\n"))
	if err != nil || a.Questions[0].Prompt.In("en") != "Which version does the browser speak, and which the server?" {
		t.Errorf("%+v, %v", a, err)
	}
}
