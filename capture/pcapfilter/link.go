package pcapfilter

import "golang.org/x/net/bpf"

// Link says where a program finds the protocol and the network header.
type Link int

// Links that programs can be made for.
const (
	Ethernet  Link = iota
	Raw            // IPv4 or IPv6 from the first byte, told by the version
	LinuxSLL       // Linux cooked capture v1, as in files
	LinuxSLL2      // Linux cooked capture v2, as in files
	Cooked         // a Linux datagram packet socket: the network header comes first, the kernel knows the protocol
)

// link is what the parser asks about a Link.
type link struct {
	header    uint32 // bytes before the network header
	typeAt    uint32 // offset of the EtherType
	version   bool   // there is no EtherType, the IP version tells
	ancillary bool   // the kernel's ancillary data has the EtherType
}

var links = map[Link]link{
	Ethernet:  {header: 14, typeAt: 12},
	Raw:       {version: true},
	LinuxSLL:  {header: 16, typeAt: 14},
	LinuxSLL2: {header: 20},
	Cooked:    {ancillary: true},
}

// EtherTypes, IEEE 802 numbers.
const (
	etherIPv4 = 0x0800
	etherARP  = 0x0806
	etherRARP = 0x8035
	etherIPv6 = 0x86dd
)

// carries tests the network protocol.
func (l link) carries(etherType uint32) *node {
	switch {
	case l.ancillary:
		return tested(bpf.JumpEqual, etherType, bpf.LoadExtension{Num: bpf.ExtProto})
	case !l.version:
		return tested(bpf.JumpEqual, etherType, bpf.LoadAbsolute{Off: l.typeAt, Size: 2})
	case etherType == etherIPv4:
		return l.ipVersion(0x40)
	case etherType == etherIPv6:
		return l.ipVersion(0x60)
	}
	return never
}

func (l link) ipVersion(v uint32) *node {
	return tested(bpf.JumpEqual, v, bpf.LoadAbsolute{Off: 0, Size: 1}, bpf.ALUOpConstant{Op: bpf.ALUOpAnd, Val: 0xf0})
}

// at compares bytes of the network header.
func (l link) at(offset uint32, size int, want uint32) *node {
	return tested(bpf.JumpEqual, want, bpf.LoadAbsolute{Off: l.header + offset, Size: size})
}
