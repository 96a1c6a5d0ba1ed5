package original

import (
	"encoding/binary"
	"hash/fnv"
	"math"
	"math/bits"
	"slices"

	"httpscope/internal/recording"
	"httpscope/internal/tcp"
	"httpscope/internal/texts"
)

// Kinds of features.
const (
	Segments   = iota // sequence number, acknowledgment and length of a segment with data
	Handshakes        // both initial sequence numbers
	Stamps            // both TCP timestamps and the length
	Timing            // distances in time of consecutive segments with data, and their lengths
	Kinds             // number of kinds
)

// Names are what the kinds are called.
var Names = [Kinds]texts.Phrase{texts.Say("original.kind.segments"), texts.Say("original.kind.handshakes"),
	texts.Say("original.kind.stamps"), texts.Say("original.kind.timing")}

// maxFeatures bounds the features of each kind. Those with the smallest hashes
// are kept, so that two captures that share packets keep the same ones of them.
const maxFeatures = 1024

// Print is what of a capture survives renaming, cutting, other addresses, other
// ports, another time and another file format: at most 4096 features.
type Print struct {
	Features [Kinds][]Feature // sorted by hash, each hash once
}

// Feature is one of them. Its weight is how improbable it is that another
// capture has it by chance: that happens once in 2^Weight.
type Feature struct {
	Hash   uint64
	Frame  int64 // packet that shows it, from 1
	Micro  int64 // its time, microseconds since 1970
	Weight float64
}

// Weights in bits. Sequence numbers: two numbers of 32 random bits each.
// Timestamps are evidence to look at and do not count, because hosts that were
// started at about the same time may show the same.
const (
	numberWeight = 60
	stampWeight  = 0
)

// gram is how many time distances make one feature of timing.
const gram = 4

// Fingerprint collects the features of a capture.
func Fingerprint(r *recording.Recording) *Print {
	f := &printer{last: map[int64][]beat{}}
	all := segmentsOf(r)
	for i := range all {
		f.take(&all[i])
	}
	f.weigh()
	p := &Print{}
	for kind, list := range f.features {
		p.Features[kind] = smallest(list)
	}
	return p
}

type printer struct {
	features [Kinds][]Feature
	last     map[int64][]beat // by connection: the last segments with data
	all      []beat           // of all connections
	timing   []timing
	seen     map[int64]int // how often each distance occurs
	fine     bool          // some time is finer than a millisecond
}

// beat is a segment with data: when, in microseconds, how long, and where.
type beat struct {
	at     int64
	length int
	conn   int64
}

// timing is a feature to be weighed by its last distance, in microseconds.
type timing struct {
	hash      uint64
	frame, at int64
	gap       int64
}

func (f *printer) take(s *segment) {
	f.fine = f.fine || s.Nano/1000%1000 != 0
	const random = 1 << 20 // smaller numbers are chosen by programs, not by chance
	if s.flags&(tcp.SYN|tcp.ACK) == tcp.SYN|tcp.ACK && s.seq >= random && s.ack >= random && s.ack-1 != s.seq {
		f.add(Handshakes, s, numberWeight, uint64(s.ack-1), uint64(s.seq))
	}
	if s.length == 0 {
		return
	}
	if s.flags&tcp.ACK != 0 && s.seq >= random && s.ack >= random {
		f.add(Segments, s, numberWeight, uint64(s.seq), uint64(s.ack), uint64(s.length))
	}
	if value, echo, ok := s.stamp(); ok && echo >= random && value >= random {
		f.add(Stamps, s, stampWeight, uint64(value), uint64(echo), uint64(s.length))
	}
	if s.Conn >= 0 && s.Nano != 0 {
		f.beat(s)
	}
}

func (f *printer) add(kind int, s *segment, weight float64, words ...uint64) {
	f.features[kind] = append(f.features[kind], Feature{hash(kind, words...), s.Number, s.Nano / 1000, weight})
}

func hash(kind int, words ...uint64) uint64 {
	h := fnv.New64a()
	b := []byte{byte(kind)}
	for _, w := range words {
		b = binary.BigEndian.AppendUint64(b, w)
	}
	h.Write(b)
	x := h.Sum64() // its upper bits are not mixed well, and the smallest are kept
	x ^= x >> 32
	x *= 0x9e3779b97f4a7c15
	return bits.RotateLeft64(x, 29) * 0xbf58476d1ce4e5b9
}

// beat makes a feature of the last distances on the connection. While that has
// too few, or where another connection was the last to speak, it takes those of
// the whole capture: so each distance is the last one of one feature. Times are
// whole microseconds, as classic capture files have them.
func (f *printer) beat(s *segment) {
	b := beat{s.Nano / 1000, s.length, s.Conn}
	changed := len(f.all) > 0 && f.all[len(f.all)-1].conn != s.Conn
	f.all = recent(f.all, b)
	f.last[s.Conn] = recent(f.last[s.Conn], b)
	own := f.last[s.Conn]
	f.gram(s, own)
	if changed || len(own) <= gram {
		f.gram(s, f.all)
	}
}

func recent(beats []beat, b beat) []beat {
	if beats = append(beats, b); len(beats) > gram+1 {
		beats = slices.Delete(beats, 0, 1)
	}
	return beats
}

func (f *printer) gram(s *segment, beats []beat) {
	if len(beats) <= gram {
		return
	}
	words := []uint64{uint64(beats[0].length)}
	for i := range gram {
		words = append(words, uint64(beats[i+1].at-beats[i].at), uint64(beats[i+1].length))
	}
	f.timing = append(f.timing, timing{hash(Timing, words...), s.Number, s.Nano / 1000,
		beats[gram].at - beats[gram-1].at})
}

// weigh gives each feature of timing the weight of its last distance: the
// others are counted with the features before it.
func (f *printer) weigh() {
	f.seen = map[int64]int{}
	for _, t := range f.timing {
		f.seen[t.gap]++
	}
	for _, t := range f.timing {
		if w := f.surprise(t.gap); w > 0 {
			f.features[Timing] = append(f.features[Timing], Feature{t.hash, t.frame, t.at, w})
		}
	}
}

// surprise is how many bits of chance a distance has: about a fifth of it is
// jitter, up to 64 µs; a distance that the capture has again and again comes
// from a timer or a clock without resolution.
func (f *printer) surprise(gap int64) float64 {
	if gap <= 0 {
		return 0
	}
	jitter := float64(gap) / 5
	if !f.fine {
		jitter /= 1000
	}
	if jitter < 1 {
		return 0
	}
	return max(0, min(6, math.Log2(jitter))-math.Log2(float64(f.seen[gap])))
}

// smallest keeps the features with the smallest hashes, each once, with the
// first packet that shows it.
func smallest(list []Feature) []Feature {
	slices.SortStableFunc(list, func(a, b Feature) int {
		switch {
		case a.Hash < b.Hash:
			return -1
		case a.Hash > b.Hash:
			return 1
		}
		return 0
	})
	list = slices.CompactFunc(list, func(a, b Feature) bool { return a.Hash == b.Hash })
	return slices.Clip(list[:min(len(list), maxFeatures)])
}
