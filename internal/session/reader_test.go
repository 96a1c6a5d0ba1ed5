package session

import (
	"io"
	"testing"
	"time"

	"httpscope/capture"
	"httpscope/internal/inspect"
	"httpscope/internal/tcp"
	"httpscope/internal/testkit"
	"httpscope/internal/trace"
)

// counted is a sink that counts.
type counted struct{ exchanges, connections int }

func (c *counted) Exchange(*trace.Exchange)     { c.exchanges++ }
func (c *counted) Connection(*trace.Connection) { c.connections++ }

// TestTimeOfTheReader: a connection that has ended is reported when its time
// is over, by the time that the source knows.
func TestTimeOfTheReader(t *testing.T) {
	for _, c := range []struct {
		ahead time.Duration
		told  int
	}{{0, 0}, {time.Minute, 1}} {
		file, err := capture.Open(testkit.Sample(t, "web-hello.pcap"))
		if err != nil {
			t.Fatal(err)
		}
		var last int64
		var heard counted
		r := NewReader(&lingering{File: file}, inspect.New(inspect.Options{}, &heard),
			Hooks{Packet: func(p *capture.Packet) { last = p.Nano }})
		r.Now = func() int64 { return last + int64(c.ahead) }
		if err := r.run(); err != nil {
			t.Fatal(err)
		}
		before := heard.connections
		r.flush()
		if told := heard.connections - before; told != c.told {
			t.Errorf("%s after the last packet: %d connections are told", c.ahead, told)
		}
		file.Close()
	}
}

// lingering is a file up to the second FIN, whose acknowledgment is missing.
type lingering struct {
	*capture.File
	fins int
}

// Next implements capture.Source.
func (l *lingering) Next() (*capture.Packet, error) {
	if l.fins == 2 {
		return nil, io.EOF
	}
	p, err := l.File.Next()
	if err == nil && p.Flags&tcp.FIN != 0 {
		l.fins++
	}
	return p, err
}
