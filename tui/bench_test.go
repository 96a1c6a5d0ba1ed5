package tui

import (
	"fmt"
	"testing"

	"httpscope/httpdecode"
	"httpscope/internal/layer"
	"httpscope/internal/layer/http1"
	"httpscope/internal/store"
	"httpscope/internal/synth"
	"httpscope/internal/texts"
	"httpscope/internal/trace"
)

// BenchmarkFrame is a key press with the frame that follows, beside a store of
// a hundred and of a million exchanges. It must not depend on their number.
func BenchmarkFrame(b *testing.B) {
	for _, n := range []int{100, 1_000_000} {
		s := many(n)
		for _, filtered := range []bool{false, true} {
			b.Run(fmt.Sprintf("exchanges=%d/filter=%v", n, filtered), func(b *testing.B) {
				u := sit(b, Config{Store: s, Source: "FILE many.pcap", Compile: compile}, 120, 40)
				if filtered {
					u.app.applyFilter("http.response.code == 200")
					u.app.refresh()
					if j := u.app.rows.job; j != nil {
						<-j.done
					}
					u.app.refresh()
				}
				down, up := keyEvent(b, "Down"), keyEvent(b, "Up")
				b.ResetTimer()
				for i := range b.N {
					if i%2 == 0 {
						u.app.key(down)
					} else {
						u.app.key(up)
					}
					u.app.draw(u.screen, 120, 40)
				}
			})
		}
	}
}

// BenchmarkFilter looks through a million exchanges.
func BenchmarkFilter(b *testing.B) {
	s := many(1_000_000)
	m, err := compile(`http.request.method == "GET" && http.response.code >= 400`)
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		j := &gathering{filter: m, done: make(chan struct{})}
		j.run(s)
	}
}

// many fills a store with exchanges on a hundred connections.
func many(n int) *store.Store {
	s := store.New(2 << 30)
	k := s.Sink()
	for id := range n {
		x := &trace.Exchange{ID: int64(id + 1), Ordinal: int64(id/100 + 1),
			Conn: &trace.Connection{ID: int64(id % 100)}}
		at := layer.Stamp{Packet: int64(4 * id), Nano: int64(id+1) * 40_000}
		q := x.NewMessage(layer.Client, http1.HeadOf(
			&httpdecode.Head{Method: "GET", Target: fmt.Sprintf("/item/%d", id), Version: "HTTP/1.1",
				Raw: "GET / HTTP/1.1\r\nHost: h\r\n\r\n", Complete: true}))
		r := x.NewMessage(layer.Server, http1.HeadOf(&httpdecode.Head{Side: httpdecode.Server, Status: 200 + id%3*100,
			Version: "HTTP/1.1",
			Raw:     "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n", Complete: true}))
		for _, m := range []*trace.Message{q, r} {
			m.First, m.HeadEnd, m.Last, m.Ended, m.Done, m.Complete = at, at, at, at, true, true
		}
		r.Body = 5
		x.Request, x.Response = q, r
		k.Exchange(x)
	}
	s.SetStatus(store.Status{First: 1})
	return s
}

// BenchmarkLongConnection is a key press beside a connection with a hundred
// thousand exchanges, in each view.
func BenchmarkLongConnection(b *testing.B) {
	s := store.New(0)
	readSynthetic(b, s, func(c *synth.Conn) {
		for n := range 100_000 {
			c.Send(0, fmt.Appendf(nil, "GET /%d HTTP/1.1\r\nHost: h\r\n\r\n", n))
			c.Send(1, []byte("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"))
		}
	})
	for v := range views {
		b.Run(texts.In(texts.English).Phrase(viewKinds[v].name), func(b *testing.B) {
			u := sit(b, Config{Store: s, Source: "FILE long.pcap"}, 120, 40)
			u.press("G")
			u.app.setView(v)
			up := keyEvent(b, "Up")
			b.ResetTimer()
			for range b.N {
				u.app.key(up)
				u.app.draw(u.screen, 120, 40)
			}
		})
	}
}
