package original

import (
	"time"

	"httpscope/internal/recording"
	"httpscope/internal/texts"
)

// Severities of a remark.
const (
	Note    = "note"    // honest captures have it too
	Warning = "warning" // somebody should look
)

// Codes of remarks. They are stable.
const (
	Empty               = "empty"                // no TCP packet
	Damaged             = "damaged"              // the file breaks off
	Dropped             = "dropped"              // the capturing system lost packets, and says so
	Snaplen             = "snaplen"              // packets were cut
	SeveralInterfaces   = "several-interfaces"   // more than one interface has packets
	TimeJump            = "time-jump"            // a pause of more than an hour
	NoHandshake         = "no-handshake"         // a connection without SYN, others have it
	HandshakeIncomplete = "handshake-incomplete" // one of the SYNs is missing
	OneDirection        = "one-direction"        // one side is missing
	NoAcknowledgments   = "no-acknowledgments"   // no packet without data: a display filter
	AcknowledgedMissing = "acknowledged-missing" // data that was received is not there
	IPChecksum          = "ip-checksum"          // wrong, others of the sender are right
	TCPChecksum         = "tcp-checksum"         // wrong, others of the sender are right
	AddressesChanged    = "addresses-changed"    // all checksums wrong by the same amount
	NoTimes             = "no-times"             // no packet has a time
	TimeBackwards       = "time-backwards"       // by more than a second
	EqualSpacing        = "equal-spacing"        // a metronome
	NoRoundTrip         = "no-round-trip"        // answers before questions
	BeforeStart         = "before-start"         // older than the course work
	InFuture            = "in-future"            // younger than now
	TimestampClock      = "timestamp-clock"      // TCP timestamps and times disagree
	SequenceNumbers     = "sequence-numbers"     // initial sequence numbers that no system chooses
	HandMade            = "hand-made"            // what packet generators write
)

// maxFrames bounds the packets that a remark names.
const maxFrames = 20

// Remark is one observation about a capture. Its text has nothing from the network in it but numbers, and is of whole
// sentences.
type Remark struct {
	Code     string
	Severity string // Note or Warning
	Text     texts.Phrase
	Frames   []int64 // numbers of packets that show it, the first ones, from 1
}

// Options say what is known about when a capture was made.
type Options struct {
	Now   time.Time // of looking at it; zero: not compared
	Since time.Time // when the work was given out; zero: not compared
}

// Check looks at a capture for what a recording program does not write. The
// remarks come in the order of the codes above, at most one of each code.
func Check(r *recording.Recording, o Options) []Remark {
	c := &checker{r: r, o: o, segments: segmentsOf(r)}
	c.file()
	if len(c.segments) == 0 {
		c.say(Empty, Note, nil, "original.empty")
		return c.remarks
	}
	c.jumps()
	c.connections()
	c.checksums()
	c.clocks()
	c.generators()
	return c.remarks
}

type checker struct {
	r        *recording.Recording
	o        Options
	segments []segment
	remarks  []Remark
	equal    bool // the packets are equally spaced
}

func (c *checker) say(code, severity string, frames []int64, key string, args ...any) {
	c.remarks = append(c.remarks, Remark{code, severity, texts.Say(key, args...), frames[:min(len(frames), maxFrames)]})
}

// file is about what the file says of itself.
func (c *checker) file() {
	if c.r.Damage != nil {
		c.say(Damaged, Note, nil, "original.damaged")
	}
	if n := c.r.Info.Dropped; n > 0 {
		c.say(Dropped, Note, nil, "original.dropped", n)
	}
	if n := c.r.Info.Cut; n > 0 {
		c.say(Snaplen, Note, nil, "original.snaplen", n)
	}
	interfaces := map[int]bool{}
	for _, p := range c.r.Packets {
		interfaces[p.Interface] = true
	}
	if n := len(interfaces); n > 1 {
		c.say(SeveralInterfaces, Note, nil, "original.interfaces", n)
	}
}

// jumps is about pauses in which nothing was captured.
func (c *checker) jumps() {
	var frames []int64
	for i := 1; i < len(c.r.Packets); i++ {
		p, q := c.r.Packets[i-1], c.r.Packets[i]
		if p.Nano != 0 && q.Nano-p.Nano > int64(time.Hour) {
			frames = append(frames, q.Number)
		}
	}
	if len(frames) > 0 {
		c.say(TimeJump, Note, frames, "original.jump", packets(frames))
	}
}

// packets names packets in a text.
func packets(frames []int64) texts.Phrase {
	const most = 5
	list := texts.ListOf("", frames[:min(len(frames), most)])
	switch n := len(frames); {
	case n == 1:
		return texts.Say("original.packet", frames[0])
	case n > most:
		return texts.Say("original.packets-more", list, n-most)
	}
	return texts.Say("original.packets", list)
}
