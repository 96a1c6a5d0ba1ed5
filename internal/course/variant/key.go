package variant

import (
	"net/netip"
	"slices"

	"httpscope/internal/tcp"
	"httpscope/internal/texts"
	"httpscope/internal/trace"
)

// Key says what became of what, for the teacher. It is made to be written as
// JSON. It holds what students are asked for: keep it from them.
type Key struct {
	Student     string           `json:"student"`
	Options     Options          `json:"options"`
	Shift       int64            `json:"shift_seconds"`
	Packets     int              `json:"packets"`
	Dropped     map[string]int   `json:"dropped,omitempty"` // packets left out, by reason
	Addresses   []AddressChange  `json:"addresses"`         // those that stay, too
	Ports       []PortChange     `json:"ports"`
	Hardware    []HardwareChange `json:"hardware,omitempty"`
	Values      []Value          `json:"values,omitempty"`
	Connections []ConnChange     `json:"connections"`
	Order       []int64          `json:"order,omitempty"` // base packets in the variant's order, when that is another
	Remarks     []texts.Phrase   `json:"remarks,omitempty"`
}

// In is what JSON has of the key, with the remarks in a language.
func (k *Key) In(c texts.Catalogue) any {
	said := struct {
		*Key
		Remarks []string `json:"remarks,omitempty"` // in place of the key's own
	}{Key: k}
	for _, r := range k.Remarks {
		said.Remarks = append(said.Remarks, c.Of(r))
	}
	return said
}

// AddressChange is an address of the base and what stands for it.
type AddressChange struct {
	From netip.Addr `json:"from"`
	To   netip.Addr `json:"to"`
}

// PortChange is a TCP port of the base and what stands for it.
type PortChange struct {
	From uint16 `json:"from"`
	To   uint16 `json:"to"`
}

// HardwareChange is a MAC address of the base and what stands for it.
type HardwareChange struct {
	From string `json:"from"`
	To   string `json:"to"`
}

// ConnChange is a connection of the base. Arrays of two are client, server.
type ConnChange struct {
	Conn int64             `json:"conn"` // its number in the base
	From [2]netip.AddrPort `json:"from"`
	To   [2]netip.AddrPort `json:"to"`
	ISN  [2]*ISNChange     `json:"isn"` // nil when the SYN was not captured
}

// ISNChange is an initial sequence number.
type ISNChange struct {
	From uint32 `json:"from"`
	To   uint32 `json:"to"`
}

// describe fills the key from what was mapped.
func (m *maker) describe(k *Key) {
	k.Shift = m.timeline.shift / 1e9
	for _, from := range m.addresses.sorted() {
		k.Addresses = append(k.Addresses, AddressChange{from, m.addresses.to[from]})
	}
	for port := range m.seenPorts {
		k.Ports = append(k.Ports, PortChange{port, m.ports.of(port)})
	}
	slices.SortFunc(k.Ports, func(a, b PortChange) int { return int(a.From) - int(b.From) })
	for from, to := range m.hardware.to {
		k.Hardware = append(k.Hardware, HardwareChange{hex(from), hex(to)})
	}
	slices.SortFunc(k.Hardware, func(a, b HardwareChange) int { return slices.Compare([]byte(a.From), []byte(b.From)) })
	k.Values = m.values
	k.Connections = m.connections()
	if !slices.IsSorted(m.timeline.order) {
		for _, i := range m.timeline.order {
			k.Order = append(k.Order, int64(i)+1)
		}
	}
	k.Remarks = m.remarks()
}

func (m *maker) connections() []ConnChange {
	out := make([]ConnChange, 0, len(m.base.Connections))
	for _, c := range m.base.Connections {
		x := ConnChange{Conn: c.ID, From: c.Ends}
		for side, e := range c.Ends {
			x.To[side] = netip.AddrPortFrom(m.addresses.of(e.Addr()), m.ports.of(e.Port()))
		}
		out = append(out, x)
	}
	for _, p := range m.base.Packets {
		c := m.base.Connection(p.Conn)
		if c == nil || p.Segment.Flags&tcp.SYN == 0 {
			continue
		}
		if isn := &out[c.ID].ISN[p.Side(c)]; *isn == nil {
			f := flow{p.Src, p.Dst}
			to, _ := m.secret.moved(f, p.Segment.Seq, 0, p.Segment.Flags)
			*isn = &ISNChange{p.Segment.Seq, to}
		}
	}
	return out
}

// remarks say what is the same for all students.
func (m *maker) remarks() []texts.Phrase {
	var out []texts.Phrase
	for _, from := range m.addresses.sorted() {
		if from == netip.IPv6Loopback() {
			out = append(out, texts.Say("variant.loopback"))
		}
	}
	if slices.ContainsFunc(m.base.Connections, func(c *trace.Connection) bool { return c.Protocol == trace.TLS }) {
		out = append(out, texts.Say("variant.tls"))
	}
	if slices.ContainsFunc(m.base.Connections, func(c *trace.Connection) bool { return c.Protocol == trace.HTTP2 }) {
		out = append(out, texts.Say("variant.http2"))
	}
	return out
}

func hex(b [6]byte) string {
	const digits = "0123456789abcdef"
	var out []byte
	for i, x := range b {
		if i > 0 {
			out = append(out, ':')
		}
		out = append(out, digits[x>>4], digits[x&15])
	}
	return string(out)
}
