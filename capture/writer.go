package capture

import (
	"encoding/binary"
	"io"
	"math"
	"os"

	"httpscope/internal/texts"
)

// Bounds of the writer.
const (
	writerBuffer  = 256 << 10 // bytes after which the writer flushes by itself
	maxOptionText = 65532     // bytes; an option's length has 16 bits, and its padding must fit too
)

// WriterOptions describe a capture file. What is "" is left out.
type WriterOptions struct {
	Application string // such as "httpscope 1.0"
	OS          string
	Hardware    string
}

// InterfaceInfo describes an interface of a capture file. Times have the unit
// nanosecond.
type InterfaceInfo struct {
	Name        string
	Description string
	Link        LinkType
	Filter      string
	SnapLen     int // bytes; 0: no limit
}

// Writer writes a pcapng file (draft-ietf-opsawg-pcapng) in whole blocks: what
// was flushed can be read, whatever happens to the program afterwards. It is
// for one goroutine.
type Writer struct {
	w          io.Writer
	file       *os.File // w, when it is a file that can be cut; else nil
	offset     int64    // bytes written
	buf        []byte   // whole blocks
	interfaces int
	lastNano   []int64 // capture time of each interface's last packet
	err        error
}

// NewWriter writes the section header to its buffer. The errors of every method are
// those of w; after one, nothing more is written and it is returned again.
func NewWriter(w io.Writer, o WriterOptions) (*Writer, error) {
	ng := &Writer{w: w}
	if f, ok := w.(*os.File); ok {
		if err := ng.cuttable(f); err != nil {
			return nil, err
		}
	}
	start := ng.begin(blockSection)
	ng.buf = binary.LittleEndian.AppendUint32(ng.buf, 0x1a2b3c4d)     // byte-order magic
	ng.buf = binary.LittleEndian.AppendUint32(ng.buf, 1)              // version 1.0
	ng.buf = binary.LittleEndian.AppendUint64(ng.buf, math.MaxUint64) // section length: not known
	ng.text(2, o.Hardware)
	ng.text(3, o.OS)
	ng.text(4, o.Application)
	return ng, ng.finish(start)
}

// cuttable notes a regular file and where in it the capture begins.
func (w *Writer) cuttable(f *os.File) error {
	info, err := f.Stat()
	if err != nil {
		return texts.Errorf("capture.error.write", err)
	}
	if !info.Mode().IsRegular() {
		return nil
	}
	if w.offset, err = f.Seek(0, io.SeekCurrent); err != nil {
		return texts.Errorf("capture.error.write", err)
	}
	w.file = f
	return nil
}

// AddInterface returns the number by which packets name the interface.
func (w *Writer) AddInterface(i InterfaceInfo) (id int, err error) {
	start := w.begin(blockInterface)
	w.buf = binary.LittleEndian.AppendUint16(w.buf, uint16(i.Link))
	w.buf = binary.LittleEndian.AppendUint16(w.buf, 0)
	w.buf = binary.LittleEndian.AppendUint32(w.buf, uint32(i.SnapLen))
	w.text(2, i.Name)
	w.text(3, i.Description)
	w.option(9, []byte{9}) // if_tsresol: 10^-9 s
	if i.Filter != "" {
		w.option(11, append([]byte{0}, clip(i.Filter, maxOptionText-1)...)) // 0: text
	}
	w.interfaces++
	w.lastNano = append(w.lastNano, 0)
	return w.interfaces - 1, w.finish(start)
}

// Packet writes a frame that was captured at nano, in nanoseconds since 1970,
// and had wireLen bytes on the wire.
func (w *Writer) Packet(id int, nano int64, wireLen int, frame []byte, comment string) error {
	if err := w.known(id); err != nil {
		return err
	}
	if len(frame) > maxRecord {
		return texts.Errorf("capture.error.write.large", len(frame), maxRecord)
	}
	w.lastNano[id] = nano
	start := len(w.buf)
	w.buf = enhancedHead(w.buf, 0, id, nano, wireLen, len(frame))
	w.buf = append(w.buf, frame...)
	w.pad()
	w.text(1, comment)
	return w.finish(start)
}

// Blocks writes whole Enhanced Packet Blocks at once, and says where in the
// file they begin.
func (w *Writer) Blocks(blocks []byte) (at int64, err error) {
	for b := blocks; len(b) > 0; {
		e, ok := readEnhanced(b)
		if !ok {
			return 0, texts.Errorf("capture.error.write.no-packets")
		}
		if err := w.known(e.id); err != nil {
			return 0, err
		}
		w.lastNano[e.id] = e.nano
		b = b[e.length:]
	}
	if err := w.Flush(); err != nil {
		return 0, err
	}
	at = w.offset
	return at, w.write(blocks)
}

// Statistics says how many packets the interface received, and how many of
// those for it the system and the interface dropped. It is written once for
// each interface, at the end: readers add it up.
func (w *Writer) Statistics(id int, received, dropped, ifDropped uint64) error {
	if err := w.known(id); err != nil {
		return err
	}
	start := w.begin(blockStatistics)
	w.buf = binary.LittleEndian.AppendUint32(w.buf, uint32(id))
	w.time(w.lastNano[id])
	for _, o := range []struct {
		code  uint16
		value uint64
	}{{4, received}, {5, ifDropped}, {7, dropped}} { // isb_ifrecv, isb_ifdrop, isb_osdrop
		w.option(o.code, binary.LittleEndian.AppendUint64(nil, o.value))
	}
	return w.finish(start)
}

func (w *Writer) known(id int) error {
	if id < 0 || id >= w.interfaces {
		return texts.Errorf("capture.error.write.interface", id, w.interfaces)
	}
	return nil
}

// Flush writes the blocks in the buffer. When that fails part-way, the file is
// cut after the last whole block, so that it stays a good capture.
func (w *Writer) Flush() error {
	if w.err != nil || len(w.buf) == 0 {
		return w.err
	}
	err := w.write(w.buf)
	w.buf = w.buf[:0]
	return err
}

func (w *Writer) write(blocks []byte) error {
	n, err := w.w.Write(blocks)
	if err == nil && n < len(blocks) {
		err = io.ErrShortWrite
	}
	if err != nil {
		w.err = texts.Errorf("capture.error.write", err)
		w.cut(w.offset + int64(whole(blocks[:n])))
	}
	w.offset += int64(n)
	return w.err
}

// cut ends the file at an offset.
func (w *Writer) cut(end int64) {
	if w.file == nil {
		return
	}
	if err := w.file.Truncate(end); err != nil {
		w.err = texts.Errorf("capture.error.last-block", w.err, err)
		return
	}
	if _, err := w.file.Seek(end, io.SeekStart); err != nil {
		w.err = texts.Errorf("capture.error.also", w.err, err)
	}
}

// whole is how many bytes of b are whole blocks.
func whole(b []byte) int {
	at := 0
	for len(b)-at >= 8 {
		length := int(binary.LittleEndian.Uint32(b[at+4:]))
		if length > len(b)-at {
			break
		}
		at += length
	}
	return at
}

// begin starts a block, whose length finish fills in.
func (w *Writer) begin(kind uint32) (start int) {
	start = len(w.buf)
	w.buf = binary.LittleEndian.AppendUint32(w.buf, kind)
	w.buf = binary.LittleEndian.AppendUint32(w.buf, 0)
	return start
}

// finish ends a block, and flushes when enough has come together.
func (w *Writer) finish(start int) error {
	length := uint32(len(w.buf) - start + 4)
	w.buf = binary.LittleEndian.AppendUint32(w.buf, length)
	binary.LittleEndian.PutUint32(w.buf[start+4:], length)
	if w.err != nil {
		w.buf = w.buf[:start]
		return w.err
	}
	if len(w.buf) >= writerBuffer {
		return w.Flush()
	}
	return nil
}

// time is a time stamp: its upper half comes first (section 4.3).
func (w *Writer) time(nano int64) {
	w.buf = binary.LittleEndian.AppendUint32(w.buf, uint32(uint64(nano)>>32))
	w.buf = binary.LittleEndian.AppendUint32(w.buf, uint32(uint64(nano)))
}

func (w *Writer) text(code uint16, s string) {
	if s != "" {
		w.option(code, []byte(clip(s, maxOptionText)))
	}
}

// option needs no opt_endofopt behind it: the block's length ends the list
// (section 3.5).
func (w *Writer) option(code uint16, v []byte) {
	w.buf = binary.LittleEndian.AppendUint16(w.buf, code)
	w.buf = binary.LittleEndian.AppendUint16(w.buf, uint16(len(v)))
	w.buf = append(w.buf, v...)
	w.pad()
}

// pad goes on at a multiple of 4 bytes; blocks begin at one.
func (w *Writer) pad() { w.buf = append(w.buf, 0, 0, 0)[:(len(w.buf)+3)&^3] }

// clip cuts text at a rune's beginning, to at most n bytes.
func clip(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && s[n]&0xc0 == 0x80 {
		n--
	}
	return s[:n]
}
