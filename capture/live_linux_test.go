package capture

import (
	"errors"
	"fmt"
	"io"
	"net"
	"net/netip"
	"runtime"
	"testing"
	"time"

	"httpscope/internal/tcp"

	"golang.org/x/sys/unix"
)

// patience bounds every wait of these tests. It only ends what hangs: a busy
// machine has much less time than a clock shows.
const patience = 2 * time.Minute

// nobody is a filter that no packet here matches: an address for documentation.
const nobody = "udp and src host 192.0.2.77"

// eachBackend runs a test with every backend that is built in. Without the
// right to capture, what is tested is the error that says so.
func eachBackend(t *testing.T, test func(t *testing.T, o LiveOptions)) {
	for _, b := range backends {
		t.Run(b.name, func(t *testing.T) {
			o := LiveOptions{Interface: "lo", Backend: b.name, Buffer: 8 << 20}
			l, err := OpenLive(o)
			if err != nil {
				denied(t, o, err)
				return
			}
			l.Close()
			test(t, o)
		})
	}
}

// denied checks the error of a program that may not capture.
func denied(t *testing.T, o LiveOptions, err error) {
	t.Helper()
	var p *PermissionError
	if !errors.As(err, &p) || p.Backend != o.Backend || p.Interface != o.Interface || p.Err == nil {
		t.Errorf("%v", err)
	}
}

// mustOpen begins a capture that ends when the test does, or when nothing
// stopped it in time.
func mustOpen(t *testing.T, o LiveOptions) *Live {
	t.Helper()
	l, err := OpenLive(o)
	if err != nil {
		t.Fatal(err)
	}
	late := time.AfterFunc(patience, l.Close)
	t.Cleanup(func() {
		late.Stop()
		l.Close()
	})
	return l
}

// Every byte of a connection on loopback is captured once, though loopback
// hands over each packet twice.
func TestLoopbackComplete(t *testing.T) {
	eachBackend(t, func(t *testing.T, o LiveOptions) {
		for network, address := range loopbackAddresses() {
			server, port := listen(t, network, address)
			o.Filter, o.Buffer = fmt.Sprintf("tcp port %d", port), 0
			heard(t, o, server, port)
		}
	})
}

// loopbackAddresses is without IPv6 where the system is.
func loopbackAddresses() map[string]string {
	all := map[string]string{"tcp4": "127.0.0.1:0"}
	if l, err := net.Listen("tcp6", "[::1]:0"); err == nil {
		l.Close()
		all["tcp6"] = "[::1]:0"
	}
	return all
}

func heard(t *testing.T, o LiveOptions, server *net.TCPListener, port int) {
	t.Helper()
	l := mustOpen(t, o)
	if i := l.Info(); i != (LiveInfo{"lo", LinkEthernet, o.Backend, o.Filter, liveSnapLen}) {
		t.Errorf("%+v", i)
	}
	k := dial(t, server)
	again := make(chan uint32, 1)
	go func() { again <- k.run(t, 1<<20) }()
	sides := listenTo(t, l.Next, port)
	n := <-again
	for i, s := range sides {
		if wrong := s.differs(k.sent[i], n); wrong != "" {
			t.Errorf("%s, side %d: %s", server.Addr(), i, wrong)
		}
	}
	if s := l.Stats(); s.Dropped != 0 || s.IfDropped != 0 || s.Received == 0 {
		t.Errorf("%+v", s)
	}
}

// Two captures side by side in one queue: each connection is heard on its own.
func TestQueueOnLoopback(t *testing.T) {
	eachBackend(t, func(t *testing.T, o LiveOptions) {
		server, port := listen(t, "tcp4", "127.0.0.1:0")
		o.Filter = fmt.Sprintf("tcp port %d", port)
		silent := o
		silent.Filter = nobody
		m := NewQueue(QueueOptions{}, mustOpen(t, silent), mustOpen(t, o))
		m.Begin(nil)
		defer m.Close()
		k := dial(t, server)
		sent := make(chan uint32, 1)
		go func() { sent <- k.run(t, 1000) }()
		var last int64
		listenTo(t, func() (*Packet, error) {
			p, err := m.Next()
			if err == nil && (p.Interface != 1 || p.Number != last+1 || len(m.Frame()) != p.CapLen) {
				t.Errorf("packet %d after %d: %+v", p.Number, last, *p)
			}
			last++
			return p, err
		}, port)
		<-sent
	})
}

// While nothing comes, the reader is called back; Close ends its wait.
func TestIdle(t *testing.T) {
	eachBackend(t, func(t *testing.T, o LiveOptions) {
		o.Filter = nobody
		l := mustOpen(t, o)
		calls := 0
		l.OnWait(func() {
			if calls++; calls == 3 {
				go l.Close()
			}
		})
		if p, err := l.Next(); err != io.EOF || calls < 3 {
			t.Errorf("%v, %v after %d waits", p, err, calls)
		}
	})
}

// What finds no room is counted.
func TestDropsAreCounted(t *testing.T) {
	eachBackend(t, func(t *testing.T, o LiveOptions) {
		listener, err := net.ListenUDP("udp4", &net.UDPAddr{IP: net.IPv4(127, 0, 0, 1)})
		if err != nil {
			t.Fatal(err)
		}
		defer listener.Close()
		o.Filter, o.Buffer = fmt.Sprintf("udp dst port %d", listener.LocalAddr().(*net.UDPAddr).Port), 1<<20
		l := mustOpen(t, o)
		c, err := net.DialUDP("udp4", nil, listener.LocalAddr().(*net.UDPAddr))
		if err != nil {
			t.Fatal(err)
		}
		defer c.Close()
		const sent = 5000
		for range sent {
			if _, err := c.Write(make([]byte, 2000)); err != nil {
				t.Fatal(err)
			}
		}
		l.OnWait(l.Close)
		for err == nil {
			_, err = l.Next()
		}
		s := l.Stats()
		if err != io.EOF || s.Dropped == 0 || s.Received == 0 || s.Received > sent {
			t.Errorf("%+v, %v", s, err)
		}
		if o.Backend == "af_packet" && s.Received+s.Dropped != sent {
			t.Errorf("%d packets were sent: %+v", sent, s)
		}
	})
}

func TestSnapLen(t *testing.T) {
	eachBackend(t, func(t *testing.T, o LiveOptions) {
		server, port := listen(t, "tcp4", "127.0.0.1:0")
		o.Filter, o.SnapLen = fmt.Sprintf("tcp src port %d", port), 100
		l := mustOpen(t, o)
		k := dial(t, server)
		defer k.client.Close()
		defer k.server.Close()
		if _, err := k.server.Write(make([]byte, 1000)); err != nil {
			t.Fatal(err)
		}
		for {
			p, err := l.Next()
			if err != nil {
				t.Fatal(err)
			}
			if p.PayloadLen > 0 {
				if p.CapLen != 100 || len(l.Frame()) != 100 || p.WireLen <= 1000 || p.PayloadLen != 1000 {
					t.Errorf("%+v", *p)
				}
				return
			}
		}
	})
}

func TestLiveRefuses(t *testing.T) {
	eachBackend(t, func(t *testing.T, o LiveOptions) {
		o.Filter = "port 80 or ("
		var refused *FilterError
		if _, err := OpenLive(o); !errors.As(err, &refused) || refused.Text != o.Filter || refused.Reason.IsZero() ||
			refused.Hint.IsZero() {
			t.Errorf("%v", err)
		}
		o.Filter, o.Interface = "", "hs-missing"
		if _, err := OpenLive(o); err == nil || err.Error() != `capture on "hs-missing": there is no such interface` {
			t.Errorf("%v", err)
		}
	})
}

// The kernel may refuse root too, in a container. Capabilities belong to a
// thread: this one ends with its goroutine, because it stays locked.
func TestRootWithoutTheCapability(t *testing.T) {
	done := make(chan struct{})
	go func() {
		defer close(done)
		runtime.LockOSThread()
		header := unix.CapUserHeader{Version: unix.LINUX_CAPABILITY_VERSION_3}
		var none [2]unix.CapUserData
		if err := unix.Capset(&header, &none[0]); err != nil {
			t.Error(err)
			return
		}
		for _, b := range backends {
			o := LiveOptions{Interface: "lo", Backend: b.name}
			l, err := OpenLive(o)
			if err == nil {
				l.Close()
			}
			denied(t, o, err)
		}
	}()
	<-done
}

// The address of a packet on loopback is one that the filter named.
func TestFilterInTheKernel(t *testing.T) {
	eachBackend(t, func(t *testing.T, o LiveOptions) {
		wanted, port := listen(t, "tcp4", "127.0.0.1:0")
		other, _ := listen(t, "tcp4", "127.0.0.1:0")
		o.Filter = fmt.Sprintf("ip and tcp and src or dst portrange %d-%d and not udp", port, port)
		l := mustOpen(t, o)
		for _, s := range []*net.TCPListener{other, wanted} {
			k := dial(t, s)
			k.client.Close()
			k.server.Close()
		}
		address := netip.MustParseAddrPort(wanted.Addr().String())
		for fins := 0; fins < 2; {
			p, err := l.Next()
			if err != nil {
				t.Fatal(err)
			}
			if p.Src != address && p.Dst != address {
				t.Errorf("%v to %v", p.Src, p.Dst)
			}
			if p.Flags&tcp.FIN != 0 {
				fins++
			}
		}
	})
}
