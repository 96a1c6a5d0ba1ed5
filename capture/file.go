package capture

import (
	"bufio"
	"encoding/binary"
	"errors"
	"io"
	"os"

	"httpscope/internal/texts"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
)

// maxRecord bounds one captured packet, in bytes. It is the largest snapshot
// length that libpcap and Wireshark accept for network interfaces
// (MAXIMUM_SNAPLEN); a larger length in a header is damage, not a packet.
const maxRecord = 256 << 10

// maxZstdWindow bounds what a zstd frame may ask for, in bytes: the limit
// that RFC 8878, Section 3.1.1.1.2 recommends decoders to support.
const maxZstdWindow = 8 << 20

// File reads packets from a capture file. It is a [Source].
type File struct {
	in     *window
	source *counter
	close  []func()
	format format
	dec    decoder
	packet Packet
	looks  bool // ahead
	ahead  ahead
	err    error
	info   Info
}

// Info is what a capture file says of itself, as far as it has been read.
type Info struct {
	Format     string      // "pcap" or "pcapng"
	Interfaces []Interface // in the order of the file
	Comments   []string    // comments of sections, interfaces and statistics
	Secrets    []Secret    // decryption secrets, for later use
	Dropped    uint64      // packets that the capturing system says it lost
	Cut        int64       // packets that the snapshot length cut
	Unknown    int64       // blocks of unknown type, skipped
}

// Interface is a capture interface of the file.
type Interface struct {
	Link    LinkType
	Name    string // "" when the file does not say
	Filter  string // capture filter, "" when the file does not say
	SnapLen uint32 // 0 means no limit
	ticks   ticks
}

// Secret is a Decryption Secrets Block (draft-ietf-opsawg-pcapng section 4.7).
type Secret struct {
	Type uint32 // 0x544c534b: TLS key log
	Data []byte
}

// format reads the records of one file format.
type format interface {
	// next fills p up to the link layer and returns the frame.
	next(f *File, p *Packet) ([]byte, error)
}

// Open opens a capture file; "-" is standard input.
func Open(path string) (*File, error) {
	if path == "-" {
		return NewFile(os.Stdin)
	}
	r, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	f, err := NewFile(r)
	if err != nil {
		r.Close()
		return nil, texts.Errorf("error.of", path, err)
	}
	f.close = append(f.close, func() { r.Close() })
	return f, nil
}

// NewFile reads a capture from r, which may still be written to: a packet is
// returned as soon as its last byte is there. The error wraps [ErrFormat]
// when the content is no capture.
func NewFile(r io.Reader) (*File, error) {
	f := &File{source: &counter{r: r}}
	plain, err := f.uncompressed(f.source)
	if err != nil {
		return nil, err
	}
	f.in = newWindow(plain)
	if f.format, err = detect(f); err != nil {
		f.Close()
		return nil, err
	}
	return f, nil
}

// uncompressed looks for the magic numbers of gzip (RFC 1952, Section 2.3.1)
// and zstd (RFC 8878, Section 3.1.1).
func (f *File) uncompressed(r io.Reader) (io.Reader, error) {
	b := bufio.NewReaderSize(r, windowStart)
	magic, err := b.Peek(4)
	switch {
	case err != nil && err != io.EOF:
		return nil, err
	case len(magic) >= 2 && magic[0] == 0x1f && magic[1] == 0x8b:
		z, err := gzip.NewReader(b)
		if err != nil {
			return nil, texts.Errorf("capture.error.like-gzip", ErrFormat, err)
		}
		return z, nil
	case len(magic) == 4 && isZstd(binary.LittleEndian.Uint32(magic)):
		z, err := zstd.NewReader(b, zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true),
			zstd.WithDecoderMaxWindow(maxZstdWindow))
		if err == nil {
			f.close = append(f.close, z.Close)
		}
		return z, err
	}
	return b, nil
}

// isZstd tells the magic numbers of frames, and of the skippable frames that
// parallel compressors begin with (RFC 8878, Section 3.1.2).
func isZstd(magic uint32) bool { return magic == 0xfd2fb528 || magic&^0xf == 0x184d2a50 }

// detect chooses the format by the first four bytes.
func detect(f *File) (format, error) {
	magic := f.in.peek(4)
	if len(magic) < 4 {
		if err := f.in.failed(); err != nil && !errors.Is(err, io.ErrUnexpectedEOF) {
			return nil, err
		}
		return nil, texts.Errorf("capture.error.ends-after", ErrFormat, len(magic))
	}
	if h, ok := pcapVariant(magic); ok {
		f.info.Format = "pcap"
		return newPcap(f, h)
	}
	if string(magic) == "\x0a\x0d\x0d\x0a" {
		f.info.Format = "pcapng"
		return newPcapNG(f)
	}
	return nil, texts.Errorf("capture.error.begins-with", ErrFormat, string(magic))
}

// OnWait sets a function that is called before each read that may block, so
// that the caller can show what it has.
func (f *File) OnWait(wait func()) { f.in.wait = wait }

// Position is how many bytes of the underlying (perhaps compressed) input were read.
func (f *File) Position() int64 { return f.source.n }

// Info is what the file has said of itself so far.
func (f *File) Info() *Info { return &f.info }

// Close releases the file. A caller's reader is left open.
func (f *File) Close() {
	for _, c := range f.close {
		c()
	}
	f.close = nil
}

// Next implements [Source]. After an error every further call returns it again.
func (f *File) Next() (*Packet, error) {
	if f.err != nil {
		return nil, f.err
	}
	p := &f.packet
	number := p.Number
	if f.looks {
		f.in.peek(aheadBytes) // before the frame is in it
	}
	*p = Packet{Number: number + 1}
	frame, err := f.format.next(f, p)
	if err != nil {
		f.err = err
		p.Number = number
		return nil, err
	}
	if f.looks {
		f.look(p)
	}
	if p.CapLen < p.WireLen {
		f.info.Cut++
	}
	f.dec.decode(p, frame)
	return p, nil
}

// damage is the error, with the phrase of a key, for what stands at the next byte to read. An error of
// the reader (a broken gzip stream, say) is damage too: what came before counts.
func (f *File) damage(key string, args ...any) error {
	reason := texts.Say(key, args...)
	if err := f.in.failed(); err != nil && !errors.Is(err, io.ErrUnexpectedEOF) {
		reason = texts.Say("error.of", reason, err)
	}
	return &DamageError{Offset: f.in.offset, Packet: max(0, f.packet.Number-1), Reason: reason}
}

// end tells the plain end of the input from a cut in the middle of a record.
func (f *File) end(have []byte, what texts.Phrase, need int) error {
	if len(have) == 0 && f.in.failed() == nil {
		return io.EOF
	}
	return f.damage("capture.damage.cut", what, need, len(have))
}

// counter counts what was read from the input.
type counter struct {
	r io.Reader
	n int64
}

func (c *counter) Read(b []byte) (int, error) {
	n, err := c.r.Read(b)
	c.n += int64(n)
	return n, err
}
