package page

import (
	"httpscope/internal/texts"
	"httpscope/internal/trace"
	"httpscope/internal/visible"
)

// RangeLines says what an exchange tells of parts of its resource: what the
// request should give, the parts of the body, and what of the resource has
// been seen, with at most so many holes and overlaps of it, all if most is negative.
// There is nothing to say of a nil reading.
func RangeLines(lang texts.Lang, r *trace.RangeReading, most int) []string {
	if r == nil {
		return nil
	}
	c := texts.In(lang)
	var out []string
	if e := &r.Expected; e.Status != 0 {
		var how any = visible.Text(e.ContentRange)
		if e.Multipart() {
			how = texts.Say("page.ranges.parts", len(e.Parts))
		}
		out = append(out, c.Phrase("page.ranges.expected", r.Size, e.Status, how, e.Bytes))
	}
	for _, p := range r.Parts {
		out = append(out, c.Phrase("page.ranges.part", p.Index+1, visible.Text(p.ContentRange), p.Length, p.Offset))
	}
	if r.Size > 0 {
		out = append(out, coverage(c, r, most))
	}
	return out
}

// coverage says how much of a resource all exchanges so far gave.
func coverage(c texts.Catalogue, r *trace.RangeReading, most int) string {
	seen := texts.Say("page.ranges.seen", r.Seen.Covered(), r.Size)
	var but texts.List
	add := func(key string, args ...any) { but.Items = append(but.Items, texts.Say(key, args...)) }
	holes, more := r.Seen.FirstHoles(most)
	for _, h := range holes {
		add("page.ranges.hole", h.First, h.Last)
	}
	if more {
		add("page.ranges.more-holes", r.HolesTotal-len(holes))
	}
	overlaps, more := r.Seen.FirstOverlaps(most)
	for _, o := range overlaps {
		add("page.ranges.overlap", o.First, o.Last)
	}
	if more {
		add("page.ranges.more-overlaps")
	}
	if len(but.Items) == 0 {
		return c.Of(seen)
	}
	return c.Phrase("page.ranges.seen-but", seen, but)
}
