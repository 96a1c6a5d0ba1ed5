package capture

import (
	"encoding/binary"
	"os"
	"sync/atomic"
	"unsafe"

	"golang.org/x/sys/unix"
)

// ring is the memory that the kernel fills with packets, block by block. A
// block belongs to the kernel or to this program, as its status says.
type ring struct {
	memory []byte
	blocks int
	block  int    // index of the current one
	held   bool   // it is this program's
	left   uint32 // packets in it that were not read yet
	at     int    // offset in memory of the next one's header
}

// mapRing asks for a ring of so many bytes, or half as often as it takes
// until the system has the memory.
func (s *packetSocket) mapRing(size int) error {
	for _, option := range []struct{ name, value int }{{unix.PACKET_VERSION, unix.TPACKET_V3},
		{unix.PACKET_RESERVE, linkRoom}} {
		if err := unix.SetsockoptInt(s.fd, unix.SOL_PACKET, option.name, option.value); err != nil {
			return os.NewSyscallError("setsockopt of a packet ring", err)
		}
	}
	blocks := max(size/ringBlock, ringMinBlocks)
	err := s.askRing(blocks)
	for ; err == unix.ENOMEM && blocks/2 >= ringMinBlocks; err = s.askRing(blocks) {
		blocks /= 2
	}
	if err != nil {
		return os.NewSyscallError("setsockopt PACKET_RX_RING", err)
	}
	s.ring.blocks = blocks
	s.ring.memory, err = unix.Mmap(s.fd, 0, blocks*ringBlock, unix.PROT_READ|unix.PROT_WRITE, unix.MAP_SHARED)
	return os.NewSyscallError("mmap", err)
}

func (s *packetSocket) askRing(blocks int) error {
	return unix.SetsockoptTpacketReq3(s.fd, unix.SOL_PACKET, unix.PACKET_RX_RING, &unix.TpacketReq3{
		Block_size: ringBlock, Block_nr: uint32(blocks), Retire_blk_tov: blockTimeout,
		Frame_size: ringFrame, Frame_nr: uint32(blocks * (ringBlock / ringFrame)),
	})
}

// header is the block's header, behind a version and an offset.
func (r *ring) header() *unix.TpacketHdrV1 {
	b := (*unix.TpacketBlockDesc)(unsafe.Pointer(&r.memory[r.block*ringBlock]))
	return (*unix.TpacketHdrV1)(unsafe.Pointer(&b.Hdr))
}

// next returns the next packet's header, nil when the kernel has none ready.
// It gives back the block of the packets before.
func (r *ring) next() *unix.Tpacket3Hdr {
	for r.left == 0 {
		if r.held {
			atomic.StoreUint32(&r.header().Block_status, unix.TP_STATUS_KERNEL)
			r.held = false
			r.block = (r.block + 1) % r.blocks
		}
		h := r.header()
		if atomic.LoadUint32(&h.Block_status)&unix.TP_STATUS_USER == 0 {
			return nil
		}
		r.held, r.left = true, h.Num_pkts
		r.at = r.block*ringBlock + int(h.Offset_to_first_pkt)
	}
	p := (*unix.Tpacket3Hdr)(unsafe.Pointer(&r.memory[r.at]))
	r.left--
	r.at += int(p.Next_offset)
	return p
}

// bytes are n bytes at an offset from a packet's header.
func (r *ring) bytes(p *unix.Tpacket3Hdr, from, n int) []byte {
	at := int(uintptr(unsafe.Pointer(p))-uintptr(unsafe.Pointer(&r.memory[0]))) + from
	return r.memory[at : at+n : at+n]
}

// addressAt is where the sockaddr_ll of a packet stands, from its header.
const addressAt = (int(unsafe.Sizeof(unix.Tpacket3Hdr{})) + unix.TPACKET_ALIGNMENT - 1) &^ (unix.TPACKET_ALIGNMENT - 1)

// frame describes a packet and puts back what the kernel has taken off: a VLAN
// tag, and in a cooked capture a link header.
func (s *packetSocket) frame(p *Packet, h *unix.Tpacket3Hdr) []byte {
	p.Nano = int64(h.Sec)*1e9 + int64(h.Nsec)
	tag, tagged := vlanTag(h)
	tagged = tagged && (s.cooked || h.Snaplen >= ethernetAddresses)
	room := 0
	if s.cooked {
		room += cookedHeader
	}
	if tagged {
		room += vlanLength
	}
	b := s.ring.bytes(h, int(h.Mac)-room, room+int(h.Snaplen))
	switch {
	case s.cooked:
		s.cook(b, h)
		if tagged {
			tag.inCooked(b)
		}
	case tagged:
		tag.inEthernet(b)
	}
	b = b[:min(len(b), s.snap)]
	p.CapLen, p.WireLen = len(b), room+int(h.Len)
	return b
}

const (
	ethernetAddresses = 12 // bytes of the two addresses
	vlanLength        = 4  // bytes of an IEEE 802.1Q tag
	cookedHeader      = 20 // bytes of a LINKTYPE_LINUX_SLL2 header
)

// vlan is an IEEE 802.1Q tag.
type vlan struct{ protocol, control uint16 }

// vlanTag is the tag that the kernel has taken out of a packet.
func vlanTag(h *unix.Tpacket3Hdr) (vlan, bool) {
	if h.Status&unix.TP_STATUS_VLAN_VALID == 0 {
		return vlan{}, false
	}
	t := vlan{etherVLAN, uint16(h.Hv1.Vlan_tci)}
	if h.Status&unix.TP_STATUS_VLAN_TPID_VALID != 0 {
		t.protocol = h.Hv1.Vlan_tpid
	}
	return t, true
}

// inEthernet puts the tag behind the addresses, which move forward into the room for it.
func (t vlan) inEthernet(b []byte) {
	copy(b, b[vlanLength:vlanLength+ethernetAddresses])
	binary.BigEndian.PutUint16(b[ethernetAddresses:], t.protocol)
	binary.BigEndian.PutUint16(b[ethernetAddresses+2:], t.control)
}

// inCooked puts the tag behind the header, whose EtherType moves there too.
func (t vlan) inCooked(b []byte) {
	binary.BigEndian.PutUint16(b[cookedHeader:], t.control)
	copy(b[cookedHeader+2:cookedHeader+vlanLength], b)
	binary.BigEndian.PutUint16(b, t.protocol)
}

// cook writes a LINKTYPE_LINUX_SLL2 header (its page at tcpdump.org) from the
// address that stands beside the packet.
func (s *packetSocket) cook(b []byte, h *unix.Tpacket3Hdr) {
	a := (*unix.RawSockaddrLinklayer)(
		unsafe.Pointer(unsafe.SliceData(s.ring.bytes(h, addressAt, unix.SizeofSockaddrLinklayer))))
	binary.BigEndian.PutUint16(b, networkOrder(a.Protocol))
	binary.BigEndian.PutUint16(b[2:], 0)
	binary.BigEndian.PutUint32(b[4:], uint32(a.Ifindex))
	binary.BigEndian.PutUint16(b[8:], a.Hatype)
	b[10], b[11] = a.Pkttype, min(a.Halen, 8)
	copy(b[12:20], a.Addr[:])
}
