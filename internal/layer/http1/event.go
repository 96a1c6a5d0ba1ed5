package http1

import (
	"httpscope/httpdecode"
	"httpscope/internal/finding"
	"httpscope/internal/layer"
	"httpscope/internal/texts"
	"httpscope/internal/trace"
)

// kinds are the decoder's kinds of events in the words of package trace. What is missing goes to the
// layer above.
var kinds = [...]trace.EventKind{
	httpdecode.HeadEvent: trace.HeadRead, httpdecode.ChunkEvent: trace.ChunkRead, httpdecode.BodyEvent: trace.BodyRead,
	httpdecode.TrailerEvent: trace.TrailerRead, httpdecode.EndEvent: trace.MessageEnded,
	httpdecode.LostEvent: trace.BytesLost,
	httpdecode.GapEvent:  trace.GapMet, httpdecode.FindingEvent: trace.OddityFound,
	httpdecode.PairEvent: trace.ResponsePaired,
}

// Next implements [layer.Decoder].
func (d *Decoder) Next() (*layer.Out, bool) {
	e, ok := d.http.Next()
	if !ok {
		return nil, false
	}
	switch {
	case e.Kind == httpdecode.SwitchEvent:
		d.q.out = layer.Out{Change: e.Protocol}
	case e.Kind == httpdecode.RawEvent:
		d.pass(e, layer.Gap{})
	case e.Kind == httpdecode.GapEvent && e.Raw && e.Exchange == 0:
		d.pass(e, gapOf(e))
	default:
		d.tell(e)
		d.q.out = layer.Out{Event: &d.q.event}
	}
	return &d.q.out, true
}

// gapOf is how many bytes a gap may be long.
func gapOf(e *httpdecode.Event) layer.Gap {
	g := layer.Lost(e.Span.Len())
	if e.Unbounded {
		g.Most = layer.Unbounded
	}
	return g
}

// pass gives bytes, or a gap, to the layer above. The decoder has forgotten where segments begin:
// each run may begin one.
func (d *Decoder) pass(e *httpdecode.Event, lost layer.Gap) {
	d.q.above = layer.Run{Side: layer.Side(e.Side), At: e.Span.From, Bytes: e.Bytes, Gap: lost,
		Stamp:   layer.Stamp(e.First),
		Segment: d.segments, Received: e.Received}
	d.q.out = layer.Out{Above: &d.q.above}
}

// tell writes an event in the words of package trace. It sets every field by itself: a literal would be made elsewhere
// and copied.
func (d *Decoder) tell(e *httpdecode.Event) {
	t := &d.q.event
	t.Kind, t.Side, t.Complete = kinds[e.Kind], layer.Side(e.Side), e.Complete
	t.Exchange, t.Provisional = e.Exchange, e.Provisional
	t.Span, t.First, t.Last, t.Bytes = layer.Span(e.Span), layer.Stamp(e.First), layer.Stamp(e.Last), e.Bytes
	t.Head, t.Chunk, t.Trailer, t.Finding = nil, nil, nil, nil
	switch e.Kind {
	case httpdecode.HeadEvent:
		fill(&d.q.head, e.Head)
		t.Head = &d.q.head
	case httpdecode.ChunkEvent:
		d.q.chunk = trace.Chunk{Size: e.Chunk.Size, Ext: e.Chunk.Ext, Line: e.Chunk.Line, Offset: e.Span.From,
			At: layer.Stamp(e.First)}
		t.Chunk = &d.q.chunk
	case httpdecode.TrailerEvent:
		d.q.trailer = trace.Trailer{Field: e.Field, Offset: e.Span.From, From: layer.Stamp(e.First)}
		t.Trailer = &d.q.trailer
	case httpdecode.FindingEvent, httpdecode.PairEvent:
		if e.Finding != nil {
			d.find(e)
			t.Finding = &d.q.finding
		}
	}
}

// find writes a finding in the words of package trace.
func (d *Decoder) find(e *httpdecode.Event) {
	s, _ := finding.Of(string(e.Finding.Code))
	d.q.finding = trace.Finding{Code: string(e.Finding.Code), Severity: s, Detail: phrase(e.Finding.Detail),
		Frame: e.First.Packet,
		Place: layer.Place{Side: layer.Side(e.Side), Span: layer.Span(e.Finding.Span)}}
}

// phrase is a fact of the decoder, which knows no texts, as something to be said.
func phrase(f httpdecode.Fact) texts.Phrase { return texts.Phrase{Key: f.Key, Args: f.Args} }
