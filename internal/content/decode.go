package content

import (
	"slices"

	"httpscope/internal/problem"
	"httpscope/internal/texts"
)

// DefaultLimit is the limit on decoded bytes when the caller states none.
const DefaultLimit = 64 << 20

// A body that grows by more than ratioNote is worth a note once it is large.
// The ratio is no limit: deflate reaches 1032 to 1, and zstd and brotli much
// more, on innocent data such as an empty bitmap. Memory is protected by the
// limit on output alone, which no ratio can exceed; refusing by ratio would
// only refuse good bodies as well.
const (
	ratioNote = 200
	ratioMin  = 1 << 20
)

// Result is what Decode found.
type Result struct {
	Body     []byte    // decoded as far as possible; the input itself when no coding was undone
	Left     []string  // codings still on Body, in the order applied; nil when all are off
	Steps    []Step    // what was done, in the order done: the last coding first
	Complete bool      // every coding was undone to its end
	Problems []Problem // of all steps
}

// Step is one coding taken off.
type Step struct {
	Coding   string // what the body turned out to be, which may differ from the field
	In       int64  // bytes given to the decoder
	Stopped  int64  // offset in them where the decoder stopped; In when it used all
	Out      int64  // bytes decoded
	Complete bool   // the coding reached its end
}

// Decode undoes the codings, which are in the order of the Content-Encoding
// field, from the last to the first. Each step decodes at most limit bytes
// (DefaultLimit when limit is not positive); at that point the step ends, and
// the next one continues with what there is. At any time at most two decoded
// buffers exist, and growing one copies it, so the peak is about 2.5 times
// limit with several codings and 1.5 times with one, plus the window of the
// decoder (at most 16 MiB, for brotli).
func Decode(codings []string, body []byte, limit int64) Result {
	if limit <= 0 {
		limit = DefaultLimit
	}
	d := decoding{limit: limit, whole: true}
	d.Body = body
	for i := len(codings) - 1; i >= 0; i-- {
		if !d.undo(codings[i], len(codings)-1-i) {
			d.Left = slices.Clone(codings[:i+1])
			break
		}
	}
	d.Complete = d.whole && d.Left == nil
	return d.Result
}

// decoding carries one Decode.
type decoding struct {
	Result
	limit int64
	whole bool // no step was cut so far
}

// undo takes off one coding and reports whether that was possible.
func (d *decoding) undo(name string, done int) bool {
	if name == "identity" || name == "" {
		return true
	}
	if done >= MaxCodings {
		d.Problems = append(d.Problems, Problem{Code: CodingLimit, Detail: texts.Say("found.coding-limit.rest")})
		return false
	}
	decode, code := decoderFor(name)
	if decode == nil {
		d.Problems = append(d.Problems,
			Problem{Code: code, Detail: texts.Say("found.value", problem.Quote(name).String())})
		return false
	}
	if len(d.Body) == 0 {
		// Nothing was sent, as with HEAD or 304, or an outer coding held
		// nothing. That is no damage of this coding.
		d.Steps = append(d.Steps, Step{Coding: name, Complete: true})
		return true
	}
	return d.run(name, decode)
}

// run decodes Body and replaces it.
func (d *decoding) run(name string, decode decoder) bool {
	s := &stage{coding: name, in: d.Body, sink: sink{limit: d.limit}}
	decode(s)
	d.keep(s)
	if !s.started {
		d.whole = false
		return false
	}
	d.Steps = append(d.Steps, Step{s.coding, int64(len(s.in)), s.stopped, int64(len(s.sink.buf)), s.complete})
	d.whole = d.whole && s.complete
	d.Body = s.sink.buf
	return true
}

// keep takes over the problems of a stage. That a step behind a damaged one is
// cut follows from the damage and is not worth another line.
func (d *decoding) keep(s *stage) {
	if out := int64(len(s.sink.buf)); out >= ratioMin && out/ratioNote >= s.stopped {
		s.ps.Add(ContentRatio, "found.content-ratio", s.coding, s.stopped, out)
	}
	for _, p := range s.ps {
		if p.Code != ContentCut || d.whole {
			d.Problems = append(d.Problems, p)
		}
	}
}

// decoderFor returns the decoder for a name, or the code of the problem.
func decoderFor(name string) (decoder, string) {
	switch name {
	case "gzip", "x-gzip":
		return decodeGzip, ""
	case "deflate":
		return decodeDeflate, ""
	case "br":
		return decodeBrotli, ""
	case "zstd":
		return decodeZstd, ""
	case "compress", "x-compress", "aes128gcm", "exi", "pack200-gzip", "dcb", "dcz":
		return nil, CodingUnsupported
	}
	return nil, CodingUnknown
}
