package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/netip"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"httpscope/capture"
	"httpscope/internal/doc"
	"httpscope/internal/inspect"
	"httpscope/internal/page"
	"httpscope/internal/session"
	"httpscope/internal/store"
	"httpscope/internal/synth"
	"httpscope/internal/texts"
)

// wholeLine is the Cookie line of the jar in unsentCapture: 45 cookies of 200 bytes.
var wholeLine = func() string {
	var pairs []string
	for i := range 45 {
		pairs = append(pairs, fmt.Sprintf("a%02d=%s", i, strings.Repeat("v", 200)))
	}
	return strings.Join(pairs, "; ")
}()

// unsentCapture writes a capture of four exchanges: the first fills the jar, the client sends
// nothing of it in two, and in the last it sends all, one of them with another value.
func unsentCapture(t *testing.T) string {
	t.Helper()
	var b bytes.Buffer
	c := synth.NewCapture(&b, time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC))
	x := c.Conn(netip.MustParseAddrPort("10.0.0.2:40001"), netip.MustParseAddrPort("10.0.0.1:80"), [2]uint32{1, 2})
	x.Open()
	set := "Set-Cookie: " + strings.ReplaceAll(wholeLine, "; ", "\r\nSet-Cookie: ") + "\r\n"
	sent := "Cookie: " + strings.Replace(wholeLine, "a44=v", "a44=w", 1) + "\r\n"
	for _, fields := range [][2]string{{"", set}, {"", ""}, {"", "Set-Cookie: b=1\r\n"}, {sent, ""}} {
		x.Send(0, []byte("GET / HTTP/1.1\r\nHost: h.example\r\n"+fields[0]+"\r\n"))
		x.Send(1, []byte("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n"+fields[1]+"\r\n"))
	}
	path := filepath.Join(t.TempDir(), "unsent.pcap")
	if err := os.WriteFile(path, b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func printed(t *testing.T, args ...string) string {
	t.Helper()
	var out, said bytes.Buffer
	if code := run(args, strings.NewReader(""), &out, &said); code != 0 {
		t.Fatalf("%q ends with %d: %s", args, code, said.String())
	}
	return out.String()
}

// TestFullJSON: with --full each exchange has all that the rules ask for.
func TestFullJSON(t *testing.T) {
	path := unsentCapture(t)
	type reading struct {
		Predicted string           `json:"predicted"`
		More      int              `json:"predicted_more"`
		Sent      []map[string]any `json:"sent"`
		Again     int              `json:"withheld_again"`
		Jar       []map[string]any `json:"jar"`
	}
	readings := func(flags ...string) (list []reading) {
		for line := range strings.Lines(printed(t, append(append([]string{"read", "--json"}, flags...), path)...)) {
			var x struct {
				Type    string   `json:"type"`
				Cookies *reading `json:"cookies"`
			}
			if err := json.Unmarshal([]byte(line), &x); err != nil {
				t.Fatal(err)
			}
			if x.Type == "exchange" && x.Cookies != nil {
				list = append(list, *x.Cookies)
			}
		}
		return list
	}
	short, full := readings(), readings("--full")
	if len(short) != 4 || len(full) != 4 {
		t.Fatalf("%d and %d readings, want 4", len(short), len(full))
	}
	for i, f := range full {
		s := short[i]
		line := wholeLine
		switch i {
		case 0:
			line = ""
		case 3:
			line += "; b=1"
		}
		if f.Predicted != line || f.More != 0 || f.Again != 0 {
			t.Errorf("exchange %d, --full: a line of %d bytes and %d more, want %d bytes; %d again",
				i+1, len(f.Predicted), f.More, len(line), f.Again)
		}
		if !strings.HasPrefix(line, s.Predicted) || (s.More > 0) != (s.Predicted != line) {
			t.Errorf("exchange %d: a line of %d bytes and %d more of %d bytes", i+1, len(s.Predicted), s.More,
				len(line))
		}
		if len(s.Jar) != 0 || (len(f.Jar) > 0) != (i == 0 || i == 2) {
			t.Errorf("exchange %d: a jar of %d, with --full %d", i+1, len(s.Jar), len(f.Jar))
		}
	}
	if n := []int{len(short[1].Sent), short[1].Again, len(short[2].Sent),
		short[2].Again}; fmt.Sprint(n) != "[45 0 0 45]" {
		t.Errorf("withheld once, then counted: %v", n)
	}
	if n := []int{len(full[1].Sent), len(full[2].Sent), len(full[3].Sent)}; fmt.Sprint(n) != "[45 45 46]" {
		t.Errorf("--full: verdicts %v", n)
	}
}

// TestFullWire: without --full ten cookies of a jar are listed, and no more than is new.
func TestFullWire(t *testing.T) {
	path := unsentCapture(t)
	short, full := printed(t, "read", "--verbose", path), printed(t, "read", "--verbose", "--full", path)
	for _, c := range []struct {
		text        string
		short, full int
	}{
		{"jar now: a", 20, 90},
		{"Cookie: " + wholeLine, 1, 3},
		{" withheld. ", 46, 91},
		{"45 withheld, as was said before", 1, 0},
		{"--full lists all", 5, 0},
	} {
		if n, m := strings.Count(short, c.text), strings.Count(full, c.text); n != c.short || m != c.full {
			t.Errorf("%.40q stands there %d times, with --full %d, want %d and %d", c.text, n, m, c.short, c.full)
		}
	}
}

// TestScreenShowsAllCookies: the page of an exchange is made of all cookies that are due.
func TestScreenShowsAllCookies(t *testing.T) {
	file, err := capture.Open(unsentCapture(t))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	st := store.New(0)
	engine := inspect.New(session.ScreenOptions, st.Sink())
	for p, err := file.Next(); err == nil; p, err = file.Next() {
		engine.Packet(p)
	}
	engine.Finish()
	x, _ := st.Exchange(3)
	if x == nil {
		t.Fatal("no third exchange")
	}
	text := doc.Text(page.Cookies(texts.English, x))
	_, line, _ := strings.Cut(text, "the rules ask for  ")
	line, _, _ = strings.Cut(line, "\n")
	shown, _, _ := strings.Cut(line, " … (+")
	if want := fmt.Sprintf("%s … (+%d B)", shown, len(wholeLine)-len(shown)); line != want {
		t.Errorf("the line that the rules ask for ends with %q, want %q", line[len(shown):], want[len(shown):])
	}
	if n := strings.Count(text, "did not send it"); n != 45 {
		t.Errorf("the page has %d of the 45 cookies that were not sent", n)
	}
}

// TestJarLessonTellsTheStray: a request of more cookies than are listed has the ones that are
// not as predicted among those listed.
func TestJarLessonTellsTheStray(t *testing.T) {
	text := printed(t, "lesson", "jar", unsentCapture(t))
	for _, want := range []string{"a44", "changed", "more cookies"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not in\n%.3000s", want, text)
		}
	}
	if strings.Contains(text, "in another order") {
		t.Error("another value is called another order")
	}
}
