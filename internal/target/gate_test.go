package target

import (
	"io"
	"net"
	"strings"
	"syscall"
	"testing"
)

// failing is a listener that fails before it accepts.
type failing struct {
	net.Listener
	errs []error
}

func (f *failing) Accept() (net.Conn, error) {
	if len(f.errs) > 0 {
		err := f.errs[0]
		f.errs = f.errs[1:]
		return nil, err
	}
	return f.Listener.Accept()
}

// TestGateOutlivesFailures shows that neither a lack of file descriptors nor a
// fault in a handler ends a server.
func TestGateOutlivesFailures(t *testing.T) {
	o := Options{}.orDefault()
	l, err := listen(t.Context(), "test", o.Bind, 0)
	if err != nil {
		t.Fatal(err)
	}
	var noted faults
	g := newGate(&failing{l, []error{syscall.EMFILE, syscall.ECONNABORTED}}, "test", o,
		func(err error) { noted.add(err.Error()) })
	done := make(chan struct{})
	go func() {
		defer close(done)
		g.serve(func(c stream) {
			b := make([]byte, 1)
			if _, err := io.ReadFull(c, b); err != nil || b[0] == 'x' {
				panic("an odd byte")
			}
			_, _ = c.Write(b)
			c.Close()
		})
	}()
	for send, want := range map[string]string{"x": "", "a": "a"} {
		c := dial(t, g.Addr().String())
		if _, err := io.WriteString(c, send); err != nil {
			t.Fatal(err)
		}
		if got, _ := untilEnd(t, c); got != want {
			t.Errorf("sent %q, got %q", send, got)
		}
		c.Close()
	}
	check(t, g.Close(), g.Close())
	<-done
	<-g.empty
	got := noted.list()
	if len(got) != 3 || got[0] != syscall.EMFILE.Error() || got[1] != syscall.ECONNABORTED.Error() ||
		!strings.Contains(got[2], "serve test: an odd byte") {
		t.Errorf("noted %q", got)
	}
}
