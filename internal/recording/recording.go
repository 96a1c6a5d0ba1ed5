// Package recording holds a whole capture in memory: its packets with their
// bytes, its connections and its exchanges, for what has to look at all of them
// again and again: marking, quizzes, lessons, comparing filters.
//
// It is bounded: a capture that needs more is refused. It decodes nothing
// itself, prints nothing, and is not for live traffic; package store is.
package recording

import (
	"errors"
	"io"

	"httpscope/capture"
	"httpscope/internal/store"
	"httpscope/internal/texts"
	"httpscope/internal/trace"
)

// DefaultLimit is how many captured bytes a recording holds when nothing else
// is asked for: a coursework capture has some hundred kilobytes.
const DefaultLimit = 64 << 20

// perPacket is about what a packet costs beside its bytes.
const perPacket = 512

// KeepBody is how many bytes of each body stand with its message.
const KeepBody = 1 << 20

// Recording is a capture. It does not change.
type Recording struct {
	Packets     []*trace.Packet // Packets[i] has the number i+1
	Connections []*trace.Connection
	Exchanges   []*trace.Exchange // Exchanges[i] has the ID i+1
	Begin       int64             // time of the first packet, nanoseconds since 1970
	Info        capture.Info
	Summary     trace.Summary
	Damage      *capture.DamageError // where the file is damaged; nil when it is whole

	store *store.Store
}

// TooLargeError says that a capture needs more memory than it may take: after how many packets
// and bytes of them, and whether that is for the packets, with perPacket for each, or for the
// exchanges and connections in them, which may take recordsPerLimit times as much.
type TooLargeError struct {
	Limit          int64 // for packets, in bytes
	Packets, Bytes int64
	Records        bool
}

func (e *TooLargeError) Error() string {
	return e.Said().String()
}

// Said is the error as a phrase.
func (e *TooLargeError) Said() texts.Phrase {
	megabytes := float64(e.Bytes) / (1 << 20)
	if e.Records {
		return texts.Say("recording.too-large.records", e.Packets, megabytes, recordsPerLimit*e.Limit>>20)
	}
	return texts.Say("recording.too-large", e.Packets, megabytes, e.Limit>>20, perPacket)
}

// Open reads a capture file; limit is in bytes, 0 for [DefaultLimit]. A damaged
// file gives what stands before the damage, and no error. The error wraps
// [capture.ErrFormat] when the file is no capture, and is a [*TooLargeError]
// when it is too large.
func Open(path string, limit int64) (*Recording, error) {
	f, err := capture.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return read(f, limit)
}

// Read reads a capture from r, as [Open] does.
func Read(r io.Reader, limit int64) (*Recording, error) {
	f, err := capture.NewFile(r)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return read(f, limit)
}

func read(f *capture.File, limit int64) (*Recording, error) {
	if limit <= 0 {
		limit = DefaultLimit
	}
	f.LookAhead() // nothing is shown before the end, so the file may be waited for
	b := newBuilder(limit)
	for {
		p, err := f.Next()
		var damage *capture.DamageError
		switch {
		case err == io.EOF, errors.As(err, &damage):
			return b.finish(f, damage), nil
		case err != nil:
			return nil, err
		}
		if err := b.packet(p); err != nil {
			return nil, err
		}
	}
}

// Connection is a connection by its number, nil when there is none.
func (r *Recording) Connection(id int64) *trace.Connection {
	if id < 0 || id >= int64(len(r.Connections)) {
		return nil
	}
	return r.Connections[id]
}

// Packet is a packet by its number, nil when there is none.
func (r *Recording) Packet(number int64) *trace.Packet {
	if number < 1 || number > int64(len(r.Packets)) {
		return nil
	}
	return r.Packets[number-1]
}

// Tape is the packets and bytes of a connection; nil when there is none.
func (r *Recording) Tape(connection int64) *trace.Tape { return r.store.Tape(connection, 0) }

// TapeOf is the packets and bytes around an exchange.
func (r *Recording) TapeOf(x *trace.Exchange) *trace.Tape { return r.store.TapeOf(x) }

// ExchangesOf are the exchanges of a connection, in their order.
func (r *Recording) ExchangesOf(connection int64) []*trace.Exchange {
	var out []*trace.Exchange
	for _, x := range r.Exchanges {
		if x.Conn.ID == connection {
			out = append(out, x)
		}
	}
	return out
}
