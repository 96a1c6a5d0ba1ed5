package tui

import (
	"strings"
	"testing"
	"time"

	"httpscope/httpdecode"
	"httpscope/internal/layer/http1"
	"httpscope/internal/store"
	"httpscope/internal/synth"
	"httpscope/internal/trace"
)

// TestLossesAreAlwaysInTheHeader, however long the source's name is.
func TestLossesAreAlwaysInTheHeader(t *testing.T) {
	s := readSample(t, "demo.pcapng")
	st := s.Status()
	st.Dropped, st.Gaps = 12345, 678
	s.SetStatus(st)
	for _, w := range []int{60, 80, 120} {
		u := sit(t, Config{Store: s, Live: true, Source: `LIVE lo+enp0s31f6 "tcp port 8000 and host 192.168.100.200"`,
			Notice: func() string { return "NO PACKETS" },
			Lag:    func() trace.Lag { return trace.Lag{Time: 3210 * time.Millisecond, Dropped: 1000} }}, w, 24)
		head, _, _ := strings.Cut(u.look(), "\n")
		for _, want := range []string{"gaps 678 B", "dropped 13345", "NO PACKETS", "lag 3.2 s"} {
			if !strings.Contains(head, want) && (want != "lag 3.2 s" || w > 60) {
				t.Errorf("%d columns: %q does not say %q", w, head, want)
			}
		}
	}
}

// TestKeysActOnWhatIsSeen: on a small screen a key for the detail pane brings it back.
func TestKeysActOnWhatIsSeen(t *testing.T) {
	for _, key := range []string{"3", "x", "d", "b"} {
		b := demo(t, 80, 24)
		b.press("e").sees(" Why ")
		b.press(key).sees("#1 ").misses(" Why ")
	}
	b := demo(t, 60, 16)
	b.press("e").sees(" Why ").press("Esc").misses(" Why ").press("e").sees(" Why ")
}

// TestFollowing goes to the newest, and not away from what is being read.
func TestFollowing(t *testing.T) {
	b := demo(t, 120, 40)
	b.press("F", "O")
	b.selectsNumber(18)
	b.press("Enter").misses("FOLLOW")
	b.app.Store.Sink().Exchange(answered(19, 200))
	b.app.refresh()
	b.selectsNumber(18)
}

// TestForgottenExchangesSaySo in every view, and nothing that is not known.
func TestForgottenExchangesSaySo(t *testing.T) {
	s := store.New(3 << 20)
	k := s.Sink()
	for id := int64(1); id <= 4000; id++ {
		x := answered(id, 200)
		x.Response.Head = http1.HeadOf(&httpdecode.Head{Status: 200, Raw: strings.Repeat("x", 400)})
		k.Exchange(x)
	}
	first, _ := s.Bounds()
	if _, whole := s.Exchange(first); whole {
		t.Fatal("nothing was packed")
	}
	u := sit(t, Config{Store: s, Source: "FILE many.pcap"}, 120, 40)
	u.press("g")
	for _, key := range []string{"1", "2", "3", "4", "6"} {
		u.press(key).sees("are no longer kept")
	}
	u.misses("Content-Length is 0", "a guess")
}

// TestCursorInChunkedBytes: each column of the wire's hexadecimal is the byte
// that the footer names, through chunk framing.
func TestCursorInChunkedBytes(t *testing.T) {
	s := store.New(0)
	readSynthetic(t, s, func(c *synth.Conn) {
		c.Send(0, []byte("GET / HTTP/1.1\r\nHost: h\r\n\r\n"))
		c.Send(1, []byte("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nabcd\r\n4\r\nefgh\r\n0\r\n\r\n"))
	})
	u := sit(t, Config{Store: s, Source: "FILE chunks.pcap"}, 120, 40)
	u.press("x", "Enter", "G")
	x, _ := u.app.selected()
	tape := s.TapeOf(x)
	for {
		r, ok := u.app.byteRef()
		if !ok || r.Side != 1 {
			break
		}
		l, _ := u.app.detail.line()
		at := byteColumn(u.app.detail.byte)
		parts := tape.Between(r.Place)
		if want := hexOf(parts); l.String()[at:at+2] != want {
			t.Fatalf("byte %d is %s, the column shows %s", r.From, want, l.String()[at:at+2])
		}
		before := r
		u.press("Left")
		if after, ok := u.app.byteRef(); !ok || after == before || after.From != before.From-1 {
			break
		}
	}
}

func hexOf(parts []trace.Run) string {
	const digits = "0123456789abcdef"
	b := parts[0].Data[0]
	return string([]byte{digits[b>>4], digits[b&15]})
}
