package variant

import (
	"bytes"
	"encoding/binary"
	"io"

	"httpscope/capture"
)

// plain hides that the output may be a file that the capture writer would cut:
// the secrets are written past it.
type plain struct{ io.Writer }

// write writes the packets in their new order.
func (m *maker) write(w io.Writer, k *Key) error {
	out, err := capture.NewWriter(plain{w}, capture.WriterOptions{Application: "httpscope variant"})
	if err != nil {
		return err
	}
	if err := m.secrets(out, w); err != nil {
		return err
	}
	if err := m.interfaces(out); err != nil {
		return err
	}
	walk := m.changing()
	for _, i := range m.timeline.order {
		p := m.base.Packets[i]
		m.now = p
		link, ok := m.link(p)
		frame := bytes.Clone(p.Frame)
		if !ok || walk.packet(p, link, frame) != "" {
			continue
		}
		if err := out.Packet(p.Interface, m.timeline.at[i], p.WireLen, frame, ""); err != nil {
			return err
		}
		k.Packets++
	}
	k.Dropped = m.dropped
	if m.base.Info.Dropped > 0 {
		if err := out.Statistics(0, uint64(k.Packets), m.base.Info.Dropped, 0); err != nil {
			return err
		}
	}
	return out.Flush()
}

// interfaces writes those of the base, with addresses in filters changed.
func (m *maker) interfaces(out *capture.Writer) error {
	for _, i := range m.base.Info.Interfaces {
		filter := []byte(i.Filter)
		for _, e := range m.editor.edits(filter, 0, nil) {
			copy(filter[e.at:], e.to)
		}
		if _, err := out.AddInterface(capture.InterfaceInfo{Name: i.Name, Link: i.Link, Filter: string(filter),
			SnapLen: int(i.SnapLen)}); err != nil {
			return err
		}
	}
	return nil
}

// secrets writes the decryption secrets of the base, which stand before the
// packets that they decrypt (draft-ietf-opsawg-pcapng section 4.7).
func (m *maker) secrets(out *capture.Writer, w io.Writer) error {
	if err := out.Flush(); err != nil {
		return err
	}
	for _, s := range m.base.Info.Secrets {
		padded := (len(s.Data) + 3) &^ 3
		b := make([]byte, 0, 20+padded)
		b = binary.LittleEndian.AppendUint32(b, 0xa)
		b = binary.LittleEndian.AppendUint32(b, uint32(20+padded))
		b = binary.LittleEndian.AppendUint32(b, s.Type)
		b = binary.LittleEndian.AppendUint32(b, uint32(len(s.Data)))
		b = append(append(b, s.Data...), make([]byte, padded-len(s.Data))...)
		b = binary.LittleEndian.AppendUint32(b, uint32(20+padded))
		if _, err := w.Write(b); err != nil {
			return err
		}
	}
	return nil
}
