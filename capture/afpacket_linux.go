package capture

import (
	"errors"
	"net"
	"os"
	"unsafe"

	"golang.org/x/net/bpf"
	"golang.org/x/sys/unix"

	"httpscope/capture/pcapfilter"
	"httpscope/internal/texts"
)

// Geometry of the ring. The kernel never splits a packet, so a block holds
// the longest one; the shorter the blocks, the longer a trickle of packets,
// one block each blockTimeout, can wait for a reader that is busy.
const (
	ringBlock     = 512 << 10 // bytes
	ringMinBlocks = 2
	ringFrame     = 2048 // bytes; TPACKET_V3 only checks it
	blockTimeout  = 50   // milliseconds after which a block is handed over part-filled
)

// linkRoom is what the kernel leaves free before each packet: for a VLAN tag
// that the card has taken out, and for the header of a cooked capture.
const linkRoom = 32

// packetSocket captures with AF_PACKET (packet(7)) and a ring that is mapped
// into memory (Documentation/networking/packet_mmap.rst of Linux, TPACKET_V3).
type packetSocket struct {
	name   string
	index  int // of the interface, 0 for all
	fd     int
	waker  int // an eventfd
	cooked bool
	snap   int // bytes of a frame that are captured
	ring   ring
	drops  uint64 // so far; reading the kernel's count clears it
	lost   lostCounter
}

func openPacketSocket(o LiveOptions) (device, LinkType, error) {
	if _, err := pcapfilter.Compile(o.Filter, pcapfilter.Ethernet, 0); err != nil {
		return nil, 0, err
	}
	s := &packetSocket{name: o.Interface, snap: o.SnapLen, fd: -1, waker: -1}
	if o.Interface != "any" {
		i, err := net.InterfaceByName(o.Interface)
		if err != nil {
			return nil, 0, noSuchInterface(o.Interface)
		}
		s.index = i.Index
		s.lost = newLostCounter(o.Interface)
	}
	link, err := s.open(o)
	if err != nil {
		s.release()
		return nil, 0, refusal(o.Interface, err)
	}
	return s, link, nil
}

// refusal gives the system's errors the types that callers know.
func refusal(name string, err error) error {
	var filter *FilterError
	switch {
	case errors.As(err, &filter):
		return err
	case errors.Is(err, unix.EPERM), errors.Is(err, unix.EACCES):
		return &PermissionError{"af_packet", name, err}
	case errors.Is(err, unix.ENODEV):
		return noSuchInterface(name)
	case errors.Is(err, unix.ENETDOWN):
		return interfaceDown(name)
	}
	return texts.Errorf("capture.error.on", name, err)
}

// open makes the socket. It is bound last: until then the kernel delivers
// nothing to it, so nothing is seen that the filter has not passed.
func (s *packetSocket) open(o LiveOptions) (LinkType, error) {
	link, program, err := s.socket(o)
	if err != nil {
		return 0, err
	}
	if s.waker, err = unix.Eventfd(0, unix.EFD_CLOEXEC|unix.EFD_NONBLOCK); err != nil {
		return 0, os.NewSyscallError("eventfd", err)
	}
	for _, step := range []func() error{
		func() error { return s.attach(program) },
		func() error { return s.mapRing(o.Buffer) },
		func() error { return s.promiscuous(o.Promiscuous) },
		s.bind,
		s.pending,
	} {
		if err := step(); err != nil {
			return 0, err
		}
	}
	return link, nil
}

// promiscuous lasts as long as the socket. All interfaces together have no such mode.
func (s *packetSocket) promiscuous(wanted bool) error {
	if !wanted || s.index == 0 {
		return nil
	}
	m := unix.PacketMreq{Ifindex: int32(s.index), Type: unix.PACKET_MR_PROMISC}
	return os.NewSyscallError("setsockopt PACKET_ADD_MEMBERSHIP", unix.SetsockoptPacketMreq(s.fd, unix.SOL_PACKET,
		unix.PACKET_ADD_MEMBERSHIP, &m))
}

func (s *packetSocket) bind() error {
	a := &unix.SockaddrLinklayer{Protocol: networkOrder(unix.ETH_P_ALL), Ifindex: s.index}
	return os.NewSyscallError("bind", unix.Bind(s.fd, a))
}

// socket chooses the link type by the interface's hardware type. Where there is
// no link header, or one that is not known, the kernel gives the network packet
// and says beside it what it is: a cooked capture.
func (s *packetSocket) socket(o LiveOptions) (LinkType, []bpf.Instruction, error) {
	var err error
	if s.fd, err = unix.Socket(unix.AF_PACKET, unix.SOCK_RAW|unix.SOCK_CLOEXEC, 0); err != nil {
		return 0, nil, os.NewSyscallError("socket", err)
	}
	link, known := LinkType(0), false
	if s.index != 0 {
		hardware, err := hardwareType(s.fd, o.Interface)
		if err != nil {
			return 0, nil, err
		}
		link, known = hardwareLinks[hardware]
	}
	if !known {
		s.cooked, link = true, LinkLinuxSLL2
		unix.Close(s.fd)
		if s.fd, err = unix.Socket(unix.AF_PACKET, unix.SOCK_DGRAM|unix.SOCK_CLOEXEC, 0); err != nil {
			return 0, nil, os.NewSyscallError("socket", err)
		}
	}
	program, err := compileFor(link, o)
	return link, program, err
}

// hardwareLinks are the hardware types (ARPHRD_, as in SIOCGIFHWADDR) whose
// link header is captured as it is.
var hardwareLinks = map[uint16]LinkType{
	unix.ARPHRD_ETHER: LinkEthernet, unix.ARPHRD_LOOPBACK: LinkEthernet,
	unix.ARPHRD_IEEE80211: LinkWiFi, unix.ARPHRD_IEEE80211_PRISM: LinkPrism,
	unix.ARPHRD_IEEE80211_RADIOTAP: LinkRadiotap,
}

func hardwareType(fd int, name string) (uint16, error) {
	request, err := unix.NewIfreq(name)
	if err != nil {
		return 0, unix.ENODEV
	}
	if err := unix.IoctlIfreq(fd, unix.SIOCGIFHWADDR, request); err != nil {
		return 0, os.NewSyscallError("ioctl SIOCGIFHWADDR", err)
	}
	return request.Uint16(), nil // the address family of the sockaddr comes first
}

// compileFor compiles the filter for what the socket sees.
func compileFor(link LinkType, o LiveOptions) ([]bpf.Instruction, error) {
	l := pcapfilter.Ethernet
	switch link {
	case LinkEthernet:
	case LinkLinuxSLL2:
		l = pcapfilter.Cooked
	default:
		if o.Filter != "" {
			return nil, pcapfilter.Refuse(o.Filter, -1, texts.Say("pcapfilter.monitor"),
				texts.Say("pcapfilter.monitor-hint"))
		}
	}
	return pcapfilter.Compile(o.Filter, l, uint32(o.SnapLen))
}

// withoutEchoes goes before a filter's program. Loopback hands over each packet
// twice, when it is sent and when it comes in: as in libpcap only the second counts.
func withoutEchoes(loopback int, program []bpf.Instruction) []bpf.Instruction {
	return append([]bpf.Instruction{
		bpf.LoadExtension{Num: bpf.ExtInterfaceIndex},
		bpf.JumpIf{Cond: bpf.JumpNotEqual, Val: uint32(loopback), SkipTrue: 3},
		bpf.LoadExtension{Num: bpf.ExtType},
		bpf.JumpIf{Cond: bpf.JumpNotEqual, Val: unix.PACKET_OUTGOING, SkipTrue: 1},
		bpf.RetConstant{Val: 0},
	}, program...)
}

// attach gives the program to the kernel.
func (s *packetSocket) attach(program []bpf.Instruction) error {
	if i, err := net.InterfaceByName("lo"); err == nil {
		program = withoutEchoes(i.Index, program)
		if s.index == i.Index {
			// Spares the copy that the program would throw away; kernels before 4.20 do not know it.
			_ = unix.SetsockoptInt(s.fd, unix.SOL_PACKET, unix.PACKET_IGNORE_OUTGOING, 1)
		}
	}
	raw, err := bpf.Assemble(program)
	if err != nil {
		return texts.Errorf("capture.error.assemble", err)
	}
	filter := make([]unix.SockFilter, len(raw))
	for i, r := range raw {
		filter[i] = unix.SockFilter{Code: r.Op, Jt: r.Jt, Jf: r.Jf, K: r.K}
	}
	p := unix.SockFprog{Len: uint16(len(filter)), Filter: &filter[0]}
	return os.NewSyscallError("setsockopt SO_ATTACH_FILTER", unix.SetsockoptSockFprog(s.fd, unix.SOL_SOCKET,
		unix.SO_ATTACH_FILTER, &p))
}

// networkOrder is a 16-bit number with its high byte first in memory.
func networkOrder(n uint16) uint16 {
	b := [2]byte{byte(n >> 8), byte(n)}
	return *(*uint16)(unsafe.Pointer(&b))
}
