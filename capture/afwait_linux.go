package capture

import (
	"os"
	"strconv"
	"strings"

	"golang.org/x/sys/unix"
)

func (s *packetSocket) next(p *Packet, wait func()) ([]byte, error) {
	h := s.ring.next()
	if h == nil {
		wait()
		if err := s.poll(); err != nil {
			return nil, err
		}
		if h = s.ring.next(); h == nil {
			return nil, nil
		}
	}
	return s.frame(p, h), nil
}

// poll waits for a block of packets, or for wake, or an idleTick.
func (s *packetSocket) poll() error {
	fds := []unix.PollFd{{Fd: int32(s.fd), Events: unix.POLLIN}, {Fd: int32(s.waker), Events: unix.POLLIN}}
	n, err := unix.Poll(fds, int(idleTick.Milliseconds()))
	switch {
	case err != nil && err != unix.EINTR:
		return os.NewSyscallError("poll", err)
	case n > 0 && fds[0].Revents&(unix.POLLERR|unix.POLLHUP|unix.POLLNVAL) != 0:
		return s.failure()
	case n == 0 && s.gone():
		return &InterfaceGoneError{s.name}
	}
	return nil
}

// failure reads the socket's error. An interface that went down may come up
// again, and the kernel goes on delivering then. One that is being removed goes
// down first: the next tick sees the removal.
func (s *packetSocket) failure() error {
	switch err := s.pending(); {
	case s.gone():
		return &InterfaceGoneError{s.name}
	case err == unix.ENETDOWN:
		return nil
	default:
		return os.NewSyscallError("capture", err)
	}
}

// pending takes the error that waits at the socket.
func (s *packetSocket) pending() error {
	n, err := unix.GetsockoptInt(s.fd, unix.SOL_SOCKET, unix.SO_ERROR)
	if err == nil && n != 0 {
		err = unix.Errno(n)
	}
	return err
}

// gone asks the socket itself, because another interface may bear the name or
// the index by now: the kernel binds the socket of a removed interface to -1.
func (s *packetSocket) gone() bool {
	if s.index == 0 {
		return false
	}
	a, err := unix.Getsockname(s.fd)
	if err != nil {
		return false
	}
	l, ok := a.(*unix.SockaddrLinklayer)
	return ok && l.Ifindex != s.index
}

func (s *packetSocket) stats() (dropped, ifDropped uint64, err error) {
	v, err := unix.GetsockoptTpacketStatsV3(s.fd, unix.SOL_PACKET, unix.PACKET_STATISTICS)
	if err != nil {
		return 0, 0, os.NewSyscallError("getsockopt PACKET_STATISTICS", err)
	}
	s.drops += uint64(v.Drops)
	return s.drops, s.lost.since(), nil
}

func (s *packetSocket) wake() {
	_, _ = unix.Write(s.waker, []byte{1, 0, 0, 0, 0, 0, 0, 0})
}

func (s *packetSocket) release() {
	if s.ring.memory != nil {
		_ = unix.Munmap(s.ring.memory)
	}
	for _, fd := range []int{s.fd, s.waker} {
		if fd >= 0 {
			unix.Close(fd)
		}
	}
}

// lostCounter counts what an interface lost, as libpcap does: packets that its
// buffers had no room for.
type lostCounter struct {
	files []string
	start uint64
}

func newLostCounter(name string) lostCounter {
	c := lostCounter{}
	for _, file := range []string{"rx_missed_errors", "rx_fifo_errors"} {
		c.files = append(c.files, "/sys/class/net/"+name+"/statistics/"+file)
	}
	c.start = c.sum()
	return c
}

func (c lostCounter) since() uint64 {
	if n := c.sum(); n > c.start {
		return n - c.start
	}
	return 0
}

// sum is 0 for an interface that is gone, and for all together.
func (c lostCounter) sum() uint64 {
	total := uint64(0)
	for _, file := range c.files {
		text, err := os.ReadFile(file)
		if err != nil {
			return 0
		}
		n, _ := strconv.ParseUint(strings.TrimSpace(string(text)), 10, 64)
		total += n
	}
	return total
}
