// Package http1 gives the decoder of HTTP/1 the shape of a layer: what it says comes out in the words
// that records use, and the bytes after a change of protocol go to the layer above.
//
// It decodes nothing itself: all of that is package httpdecode's, which knows the standard library
// only. It builds no exchanges.
package http1

import (
	"httpscope/httpdecode"
	"httpscope/internal/layer"
)

// Decoder reads HTTP/1 of one connection, and tells what else the bytes are. It implements
// [layer.Decoder]; its events are of type *trace.Event.
type Decoder struct {
	http     httpdecode.Decoder
	q        *Queue
	segments bool // runs tell where they begin
}

var _ layer.Decoder = (*Decoder)(nil)

// New returns a decoder for a connection whose two sides have said nothing yet. With a nil queue it
// makes its own.
func New(q *Queue) *Decoder {
	d := new(Decoder)
	d.Reset(q)
	return d
}

// Reset makes the decoder ready for another connection, as New does.
func (d *Decoder) Reset(q *Queue) {
	if q == nil {
		q = new(Queue)
	}
	d.q, d.segments = q, false
	d.http.Reset(&q.events)
}

// Midstream tells that the capture may lack what the connection carried before: what comes first
// need not be a beginning.
func (d *Decoder) Midstream() { d.http.Midstream() }

// Continue makes a new decoder go on where another stopped on the same stream: after a number of
// exchanges.
func (d *Decoder) Continue(exchanges int64) { d.http.Continue(exchanges) }

// Begin tells a new decoder at which offset of its stream a side's first byte lies, 0 unless it is called.
func (d *Decoder) Begin(s layer.Side, offset int64) { d.http.Begin(httpdecode.Side(s), offset) }

// Feed implements [layer.Decoder].
func (d *Decoder) Feed(r *layer.Run) {
	side, at := httpdecode.Side(r.Side), httpdecode.Stamp(r.Stamp)
	switch {
	case r.Lacks() && r.Gap.Known():
		d.http.Gap(side, r.Gap.Least, at)
	case r.Lacks():
		d.http.GapAtLeast(side, r.Gap.Least, at)
	default:
		if d.segments = r.Segment; r.Segment {
			d.http.Segment(side, r.Received)
		}
		d.http.Feed(side, r.Bytes, at)
	}
}

// End implements [layer.Decoder].
func (d *Decoder) End(s layer.Side, how layer.Ending, at layer.Stamp) {
	d.http.EOF(httpdecode.Side(s), [...]httpdecode.How{httpdecode.FIN, httpdecode.Reset, httpdecode.Unknown}[how],
		httpdecode.Stamp(at))
}

// Silent implements [layer.Decoder].
func (d *Decoder) Silent() { d.http.Silent() }

// Held implements [layer.Decoder].
func (d *Decoder) Held() int { return d.http.Held() }

// HTTP reports whether either side was found to speak HTTP/1.
func (d *Decoder) HTTP() bool { return d.http.HTTP() }

// Protocol names what the stream carries when that is not HTTP/1: after a change, or from the start;
// "" while it is HTTP or nothing is known.
func (d *Decoder) Protocol() string { return d.http.Protocol() }

// Offset is the stream offset of the next byte that a side brings.
func (d *Decoder) Offset(s layer.Side) int64 { return d.http.Offset(httpdecode.Side(s)) }

// Exchanges is the number of exchanges that were begun.
func (d *Decoder) Exchanges() int64 { return d.http.Exchanges() }

// Tally returns what a side's bytes were so far.
func (d *Decoder) Tally(s layer.Side) httpdecode.Tally { return d.http.Tally(httpdecode.Side(s)) }

// Waiting is the number of bytes of a side that are read but not yet accounted for.
func (d *Decoder) Waiting(s layer.Side) int64 { return d.http.Waiting(httpdecode.Side(s)) }
