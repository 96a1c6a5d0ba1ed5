package capture

import (
	"bytes"
	"encoding/binary"
	"errors"
	"os"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

// tunnel is an interface whose wire is a file: what is written to it arrives
// on the interface. Closing the file removes the interface.
type tunnel struct {
	*os.File
	name string
}

// makeTunnel makes an interface of a kind: IFF_TUN carries IP packets, IFF_TAP
// Ethernet frames. Where that is not allowed, or the system has no such
// interfaces, it checks that this is the reason, and ok is false.
func makeTunnel(t *testing.T, kind uint16) (f tunnel, ok bool) {
	t.Helper()
	fd, err := unix.Open("/dev/net/tun", unix.O_RDWR|unix.O_CLOEXEC|unix.O_NONBLOCK, 0)
	request, _ := unix.NewIfreq("hstest%d")
	if err == nil {
		request.SetUint16(kind | unix.IFF_NO_PI)
		if err = unix.IoctlIfreq(fd, unix.TUNSETIFF, request); err != nil {
			unix.Close(fd)
		}
	}
	if err != nil {
		for _, reason := range []error{unix.EPERM, unix.EACCES, unix.ENOENT, unix.ENODEV, unix.ENXIO, unix.EOPNOTSUPP} {
			if errors.Is(err, reason) {
				return f, false
			}
		}
		t.Fatal(err)
	}
	f = tunnel{os.NewFile(uintptr(fd), "tun"), request.Name()}
	t.Cleanup(func() { f.Close() })
	f.set(t, true)
	return f, true
}

// set brings the interface up or down.
func (f tunnel) set(t *testing.T, up bool) {
	t.Helper()
	s, err := unix.Socket(unix.AF_INET, unix.SOCK_DGRAM|unix.SOCK_CLOEXEC, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer unix.Close(s)
	request, err := unix.NewIfreq(f.name)
	if err != nil {
		t.Fatal(err)
	}
	if up {
		request.SetUint16(unix.IFF_UP)
	}
	if err := unix.IoctlIfreq(s, unix.SIOCSIFFLAGS, request); err != nil {
		t.Fatal(err)
	}
}

func (f tunnel) arrive(t *testing.T, frame []byte) {
	t.Helper()
	if _, err := f.Write(frame); err != nil {
		t.Fatal(err)
	}
}

// heardHello waits for the packet of hello4 or hello6.
func heardHello(t *testing.T, l *Live) (string, []byte) {
	t.Helper()
	for {
		p, err := l.Next()
		if err != nil {
			t.Fatal(err)
		}
		if s := line(p); s == said4 || s == said6 {
			return s, bytes.Clone(l.Frame())
		}
	}
}

// An interface without a link header, alone and with all others.
func TestTunnel(t *testing.T) {
	eachBackend(t, func(t *testing.T, o LiveOptions) {
		f, ok := makeTunnel(t, unix.IFF_TUN)
		if !ok {
			return
		}
		for _, name := range []string{f.name, "any"} {
			o.Interface, o.Filter = name, "tcp src port 49152 and dst net (198.51.100.2/31 or 2001:db8::/64)"
			l := mustOpen(t, o)
			f.arrive(t, ip4(17, cat(be16(80), be16(80), be16(8), be16(0)))) // UDP: not asked for
			f.arrive(t, hello4)
			f.arrive(t, hello6)
			for _, want := range []string{said4, said6} {
				got, frame := heardHello(t, l)
				if got != want {
					t.Errorf("%s: %s", name, got)
				}
				if o.Backend == "af_packet" {
					cookedAs(t, f, frame, want == said6)
				}
			}
			if s := l.Stats(); name != "any" && s.Received != 2 || s.Received < 2 { // the system may forward packets
				t.Errorf("%s: %+v", name, s)
			}
			l.Close()
		}
	})
}

// cookedAs checks the link header that stands for the missing one.
func cookedAs(t *testing.T, f tunnel, frame []byte, six bool) {
	t.Helper()
	kind := 0x0800
	if six {
		kind = 0x86dd
	}
	i := interfaceNamed(t, f.name)
	want := cat(be16(kind), be16(0), be32(i.Index), be16(unix.ARPHRD_NONE), []byte{unix.PACKET_HOST, 0},
		make([]byte, 8))
	if !bytes.Equal(frame[:cookedHeader], want) {
		t.Errorf("% x, want % x", frame[:cookedHeader], want)
	}
}

// The kernel takes VLAN tags out; the capture has them.
func TestVLANTag(t *testing.T) {
	eachBackend(t, func(t *testing.T, o LiveOptions) {
		f, ok := makeTunnel(t, unix.IFF_TAP)
		if !ok {
			return
		}
		o.Interface, o.Filter = f.name, "tcp port 80"
		l := mustOpen(t, o)
		plain := eth(0x0800, hello4)
		for _, protocol := range []int{0x8100, 0x88a8} {
			tagged := cat(plain[:12], be16(protocol), be16(0x2007), plain[12:])
			for _, want := range [][]byte{plain, tagged} {
				f.arrive(t, want)
				if got, frame := heardHello(t, l); got != said4 || !bytes.Equal(frame, want) {
					t.Errorf("%s\n% x, want\n% x", got, frame, want)
				}
			}
		}
	})
}

// In a cooked capture the tag follows the link header.
func TestVLANTagCooked(t *testing.T) {
	f, ok := makeTunnel(t, unix.IFF_TAP)
	if !ok {
		return
	}
	o := LiveOptions{Interface: "any", Filter: "tcp src port 49152 and dst host " + to4.String(), Backend: "af_packet"}
	l, err := OpenLive(o)
	if err != nil {
		denied(t, o, err)
		return
	}
	defer l.Close()
	plain := eth(0x0800, hello4)
	f.arrive(t, cat(plain[:12], be16(0x8100), be16(7), plain[12:]))
	_, frame := heardHello(t, l)
	if binary.BigEndian.Uint16(frame) != 0x8100 ||
		!bytes.Equal(frame[cookedHeader:], cat(be16(7), be16(0x0800), hello4)) {
		t.Errorf("% x", frame)
	}
}

// An interface that goes down may come back; one that is removed is gone.
func TestInterfaceDownThenGone(t *testing.T) {
	eachBackend(t, func(t *testing.T, o LiveOptions) {
		f, ok := makeTunnel(t, unix.IFF_TUN)
		if !ok {
			return
		}
		o.Interface, o.Filter = f.name, "tcp"
		l := mustOpen(t, o)
		f.arrive(t, hello4)
		heardHello(t, l)
		f.set(t, false)
		waits := 0
		up := false
		l.OnWait(func() {
			if waits++; waits >= 3 && !up {
				up = true
				f.set(t, true)
				f.arrive(t, hello6)
			}
		})
		if got, _ := heardHello(t, l); got != said6 {
			t.Error(got)
		}
		l.OnWait(func() { f.Close() })
		began := time.Now()
		var gone *InterfaceGoneError
		for {
			_, err := l.Next()
			if err == nil {
				continue
			}
			if !errors.As(err, &gone) || gone.Interface != f.name {
				t.Errorf("%v after %v", err, time.Since(began))
			}
			break
		}
		if _, err := OpenLive(o); err == nil {
			t.Error("the interface is gone and was opened")
		}
	})
}

// A capture on an interface that is down would wait for ever.
func TestInterfaceDownFromTheStart(t *testing.T) {
	eachBackend(t, func(t *testing.T, o LiveOptions) {
		f, ok := makeTunnel(t, unix.IFF_TUN)
		if !ok {
			return
		}
		f.set(t, false)
		o.Interface = f.name
		if l, err := OpenLive(o); err == nil {
			l.Close()
			t.Error("opened")
		} else if want := interfaceDown(f.name).Error(); err.Error() != want {
			t.Errorf("%v, want %s", err, want)
		}
	})
}
