package variant

import (
	"bytes"
	"encoding/binary"
	"io"
	"net/netip"
	"time"

	"httpscope/capture"
	"httpscope/internal/recording"
	"httpscope/internal/texts"
	"httpscope/internal/trace"
)

// Options say how far a variant may go from its base. The zero value keeps
// loopback addresses in 127.0.0.0/8, server ports, and the order of connections.
type Options struct {
	Private         bool          `json:"private"`           // loopback addresses become private ones; ::1 stays
	MoveServerPorts bool          `json:"move_server_ports"` // server ports from 1024 on change too; Wireshark knows 8080 as HTTP, others not
	Shuffle         bool          `json:"shuffle"`           // connections that neither overlap nor depend on each other change places
	Shift           time.Duration `json:"shift"`             // how far in the past of the base it may lie, at least a second; 0: [DefaultShift]
}

// Errors of [Make], beside those of the writer.
var (
	ErrSeed    error = texts.Errorf("variant.seed", MinSeed)
	ErrStudent error = texts.Errorf("variant.student")
	ErrDamaged error = texts.Errorf("variant.damaged")
	ErrPacket  error = texts.Errorf("variant.packet")
	ErrEmpty   error = texts.Errorf("variant.empty")
)

// maker makes one variant.
type maker struct {
	secret    secret
	base      *recording.Recording
	options   Options
	addresses *addresses
	hardware  *hardware
	seenPorts map[uint16]bool
	ports     *ports
	timeline  *timeline
	stamps    *stamps
	values    []Value
	editor    *editor            // of TCP streams
	binary    *editor            // of UDP
	edits     map[int64][]change // by packet number
	now       *trace.Packet      // that is being walked through
	dropped   map[string]int
}

// Make writes a student's variant of a capture to w as pcapng. The same base,
// seed, student and options give the same bytes. The key names what became of
// what.
func Make(base *recording.Recording, w io.Writer, seed []byte, student string, o Options) (*Key, error) {
	switch {
	case len(seed) < MinSeed:
		return nil, ErrSeed
	case student == "":
		return nil, ErrStudent
	case base.Damage != nil:
		return nil, texts.Errorf("variant.because", base.Damage, ErrDamaged)
	}
	m := &maker{secret: newSecret(seed, student), base: base, options: o, seenPorts: map[uint16]bool{},
		edits: map[int64][]change{}, dropped: map[string]int{}}
	if err := m.prepare(); err != nil {
		return nil, err
	}
	k := &Key{Student: student, Options: o}
	if err := m.write(w, k); err != nil {
		return nil, err
	}
	m.describe(k)
	return k, nil
}

// prepare collects what is in the base and chooses what stands for it.
func (m *maker) prepare() error {
	m.addresses, m.hardware = newAddresses(&m.secret, m.options.Private), newHardware(&m.secret)
	m.timeline = newTimeline(&m.secret, m.base, m.options)
	m.stamps = &stamps{&m.secret, map[flow]*ticker{}}
	if err := m.collect(); err != nil {
		return err
	}
	if err := m.addresses.assign(); err != nil {
		return err
	}
	m.ports = newPorts(&m.secret, m.seenPorts, m.keptPorts())
	m.stamps.set()
	m.values = values(&m.secret, m.base)
	m.editor = newEditor(m.ports, m.options.MoveServerPorts, m.base.Begin/1e9)
	m.editor.addAddresses(m.addresses, false)
	m.editor.addValues(m.values)
	m.binary = newEditor(m.ports, false, m.base.Begin/1e9)
	m.binary.addAddresses(m.addresses, true)
	m.streams()
	return nil
}

// keptPorts are those of servers, unless they are to change.
func (m *maker) keptPorts() map[uint16]bool {
	kept := map[uint16]bool{}
	if !m.options.MoveServerPorts {
		for _, c := range m.base.Connections {
			kept[c.Ends[1].Port()] = true
		}
	}
	return kept
}

// collect walks through all packets without changing them.
func (m *maker) collect() error {
	w := &walker{
		mac:     func([]byte) {},
		address: func(b []byte) { a, _ := netip.AddrFromSlice(b); m.addresses.seen[a] = true },
		id:      func(_, _ []byte) {},
		label:   func([]byte) {},
		segment: m.noteSegment,
		text:    func([]byte) {},
	}
	tcp := 0
	for _, p := range m.base.Packets {
		m.now = p
		link, ok := m.link(p)
		why := dropLink
		if ok {
			why = w.packet(p, link, bytes.Clone(p.Frame))
		}
		switch {
		case p.Skip == "" && why != "":
			return texts.Errorf("variant.packet-is", p.Number, p.Link, why, ErrPacket)
		case why != "":
			m.dropped[why]++
		case p.Skip == "":
			tcp++
		}
	}
	if tcp == 0 {
		return ErrEmpty
	}
	return nil
}

// link is the link type of a packet's interface.
func (m *maker) link(p *trace.Packet) (capture.LinkType, bool) {
	if p.Interface < 0 || p.Interface >= len(m.base.Info.Interfaces) {
		return 0, false
	}
	return m.base.Info.Interfaces[p.Interface].Link, true
}

func (m *maker) noteSegment(e ends, b []byte) {
	f := flowOf(e, b)
	m.seenPorts[f.src.Port()], m.seenPorts[f.dst.Port()] = true, true
	if len(b) < 20 {
		return
	}
	options(b[20:int(b[12]>>4)*4], func(kind byte, v []byte) {
		if kind == 8 && len(v) == 8 {
			m.stamps.note(f, binary.BigEndian.Uint32(v), m.now.Nano, m.timeline.later(int(m.now.Number)-1))
		}
	})
}

// changing is the walker that changes.
func (m *maker) changing() *walker {
	return &walker{
		mac:     m.hardware.rewrite,
		address: m.addresses.rewrite,
		id:      m.identification,
		label:   m.flowLabel,
		segment: m.segment,
		text: func(b []byte) {
			for _, e := range m.binary.edits(b, 0, nil) {
				copy(b[e.at:], e.to)
			}
		},
	}
}

// identification moves the numbers of one sender by the same amount, so that
// they go on counting. Zero is "not used" (RFC 6864).
func (m *maker) identification(src, b []byte) {
	if was := binary.BigEndian.Uint16(b); was != 0 {
		n := m.secret.number("identification", string(src)) % 0xffff
		binary.BigEndian.PutUint16(b, uint16((uint32(was)-1+n)%0xffff)+1)
	}
}

// flowLabel moves all flow labels but zero, which is "not used" (RFC 6437).
func (m *maker) flowLabel(b []byte) {
	was := uint32(b[0]&15)<<16 | uint32(b[1])<<8 | uint32(b[2])
	if was == 0 {
		return
	}
	n := m.secret.number("flow label") % 0xfffff
	now := (was-1+n)%0xfffff + 1
	b[0], b[1], b[2] = b[0]&0xf0|byte(now>>16), byte(now>>8), byte(now)
}
