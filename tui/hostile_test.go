package tui

import (
	"bytes"
	"net/netip"
	"strings"
	"testing"
	"time"
	"unicode"

	"httpscope/capture"
	"httpscope/internal/store"
	"httpscope/internal/synth"
)

// nasty is text that terminals, widgets and eyes would obey.
const nasty = "\x1b[2J\x1b]0;owned\x07[red]tag[-] \u202etxt.exe\u202c \u200bzero \u009b31m \x00\x08\x7f 简体中文 \xff\xfe\t|"

// TestHostileTextIsShownNotObeyed puts it into every place that a message has.
func TestHostileTextIsShownNotObeyed(t *testing.T) {
	s := store.New(0)
	var b bytes.Buffer
	c := synth.NewCapture(&b, time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC))
	x := c.Conn(netip.MustParseAddrPort("10.0.0.2:40001"), netip.MustParseAddrPort("10.0.0.1:80"), [2]uint32{1, 2})
	x.Open()
	word := strings.NewReplacer(" ", "_", "\x00", "", "\t", "").Replace(nasty)
	x.Send(0, []byte("POST /"+word+"?q="+word+" HTTP/1.1\r\nHost: "+nasty+"\r\nCookie: a="+nasty+"\r\nX-"+word+": "+nasty+"\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 4\r\n\r\na=\x1bb"))
	x.Send(1, []byte("HTTP/1.1 200 "+nasty+"\r\nSet-Cookie: b="+nasty+"; Path=/"+nasty+"\r\nTransfer-Encoding: chunked\r\nServer: "+nasty+"\r\n\r\n5;"+nasty+"\r\n\x1b[31m\r\n0\r\nX-T: "+nasty+"\r\n\r\n"))
	x.Send(0, []byte("GET /second HTTP/1.1\r\nHost: h\r\n\r\n"))
	x.Send(1, []byte("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 80\r\n\r\n"+(nasty +
		strings.Repeat("x", 80))[:80]))
	f, err := capture.NewFile(&b)
	if err != nil {
		t.Fatal(err)
	}
	fill(t, s, f)
	for _, size := range sizes {
		u := sit(t, Config{Store: s, Source: "FILE hostile.pcap"}, size[0], size[1])
		for _, keys := range [][]string{{}, {"2"}, {"3"}, {"d"}, {"d"}, {"b"}, {"4"}, {"5"}, {"6"}, {"7"}, {"8"},
			{"1", "x"}, {"x", "e"}, {"v"}, {"v", "j", "3"}, {"Enter", "G"}} {
			u.press(keys...)
			harmless(t, u.look())
		}
	}
	u := sit(t, Config{Store: s, Source: "FILE hostile.pcap"}, 120, 30)
	u.sees(`\x1b[2J`, "[red]tag[-]", `\u202e`)
	u.golden("hostile_wire_120x30")
	u.press("2").golden("hostile_headers_120x30")
	u.press("6").golden("hostile_cookies_120x30")
}

// harmless fails on what a terminal would obey.
func harmless(t *testing.T, screen string) {
	t.Helper()
	for _, r := range screen {
		if r != '\n' && (unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) || r == '\u200b' ||
			r == unicode.ReplacementChar) {
			t.Fatalf("%U reached the screen:\n%s", r, screen)
		}
	}
}
