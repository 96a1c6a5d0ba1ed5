package lesson_test

import (
	"bytes"
	"iter"
	"net/netip"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"httpscope/internal/recording"
	"httpscope/internal/synth"
	"httpscope/internal/testkit"
	"httpscope/internal/trace"
)

// recorded is a recording as a lesson's source.
type recorded struct{ *recording.Recording }

func (s recorded) Connections() iter.Seq[*trace.Connection] {
	return slices.Values(s.Recording.Connections)
}
func (s recorded) Exchanges() iter.Seq[*trace.Exchange] { return slices.Values(s.Recording.Exchanges) }
func (s recorded) WireLen(frame int64) int              { return s.Packets[frame-1].WireLen }
func (s recorded) Begin() int64                         { return s.Recording.Begin }

// record reads a sample.
func record(t testing.TB, name string) recorded {
	t.Helper()
	return recorded{testkit.OpenSample(t, name)}
}

// samples are the names of all captures.
func samples(t testing.TB) []string {
	t.Helper()
	paths := testkit.Samples(t)
	for i := range paths {
		paths[i] = filepath.Base(paths[i])
	}
	return paths
}

// said is what one side sends in one write.
type said struct {
	dir  int
	text string
}

var start = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

// written makes a capture of a connection on which both sides said something,
// and which the server then closed.
func written(talk ...said) []byte {
	var b bytes.Buffer
	c := synth.NewCapture(&b, start)
	c.Step = time.Millisecond
	x := c.Conn(netip.MustParseAddrPort("10.0.0.2:40001"), netip.MustParseAddrPort("10.0.0.1:80"),
		[2]uint32{1000, 2000})
	x.Open()
	for _, s := range talk {
		x.Send(s.dir, []byte(s.text))
	}
	x.Close(1)
	return b.Bytes()
}

func recordBytes(t interface {
	Helper()
	Fatal(...any)
}, capture []byte) recorded {
	t.Helper()
	r, err := recording.Read(bytes.NewReader(capture), 0)
	if err != nil {
		t.Fatal(err)
	}
	return recorded{r}
}
