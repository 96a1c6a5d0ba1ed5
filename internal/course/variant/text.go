package variant

import (
	"bytes"
	"encoding/binary"
	"slices"
	"strconv"
	"strings"
	"time"
)

// edit replaces bytes of a stream by as many others.
type edit struct {
	at       int64
	from, to []byte
}

// word is what an editor looks for.
type word struct {
	from, to string
	fits     func(before, after []byte) bool // whether it may stand there
	address  bool
}

// editor finds addresses, values, ports and dates in text.
type editor struct {
	first  [1 << 16]bool     // whether a word begins with these two bytes
	long   map[[4]byte][]int // the lengths of the words that begin so, the longest first
	words  map[string]word
	ports  *ports
	moved  bool  // server ports are others too
	around int64 // seconds since 1970: dates near this are moved
}

func newEditor(p *ports, moved bool, begin int64) *editor {
	return &editor{long: map[[4]byte][]int{}, words: map[string]word{}, ports: p, moved: moved, around: begin}
}

func (e *editor) add(w word) {
	if len(w.from) < 4 || len(w.from) != len(w.to) || w.from == w.to {
		return
	}
	if _, ok := e.words[w.from]; ok {
		return
	}
	e.words[w.from] = w
	e.first[binary.BigEndian.Uint16([]byte(w.from))] = true
	key := [4]byte([]byte(w.from))
	if !slices.Contains(e.long[key], len(w.from)) {
		e.long[key] = append(e.long[key], len(w.from))
		slices.SortFunc(e.long[key], func(a, b int) int { return b - a })
	}
}

// addAddresses adds the texts of all addresses that change. In binary data they
// are looked for as numbers and in names of the DNS, too.
func (e *editor) addAddresses(a *addresses, binary bool) {
	for _, from := range a.sorted() {
		to := a.to[from]
		fits := alone4
		if from.Is6() {
			fits = alone6
		}
		e.add(word{from.String(), to.String(), fits, true})
		if binary {
			anywhere := func(_, _ []byte) bool { return true }
			e.add(word{string(from.AsSlice()), string(to.AsSlice()), anywhere, false})
			e.add(word{reverseLabels(from), reverseLabels(to), anywhere, false})
		}
	}
}

func (e *editor) addValues(all []Value) {
	for _, v := range all {
		fits := alone
		if len(v.From) < 8 || strings.Trim(v.From, "0123456789") == "" {
			fits = assigned // short values, and numbers, stand elsewhere by chance
		}
		e.add(word{v.From, v.To, fits, false})
	}
}

func letter(b byte) bool { return b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || digit(b) }
func digit(b byte) bool  { return b >= '0' && b <= '9' }

func last(b []byte) byte {
	if len(b) == 0 {
		return 0
	}
	return b[len(b)-1]
}

func next(b []byte, i int) byte {
	if i >= len(b) {
		return 0
	}
	return b[i]
}

// alone4 keeps 10.0.0.1 from being found in 10.0.0.12, 110.0.0.1 and 10.0.0.1.5.
func alone4(before, after []byte) bool {
	return !letter(last(before)) && last(before) != '.' && !letter(next(after, 0)) &&
		!(next(after, 0) == '.' && digit(next(after, 1)))
}

func alone6(before, after []byte) bool {
	part := func(b byte) bool { return letter(b) || b == ':' }
	return !part(last(before)) && !part(next(after, 0))
}

func alone(before, after []byte) bool { return !letter(last(before)) && !letter(next(after, 0)) }

// assigned is after an equals sign, as in sid=3a4b5e and value="3a4b5e".
func assigned(before, after []byte) bool {
	if q := last(before); q == '"' || q == '\'' {
		before = before[:len(before)-1]
	}
	return last(before) == '=' && alone(before, after)
}

// edits are all replacements in a piece of a stream that begins at offset at.
func (e *editor) edits(text []byte, at int64, date func(unix int64) int64) []edit {
	var out []edit
	put := func(i int, to string) {
		out = append(out, edit{at + int64(i), text[i : i+len(to)], []byte(to)})
	}
	for i := 0; i+4 <= len(text); i++ {
		if e.moved && text[i] == ':' && authority(text[:i]) {
			e.port(text, i, put)
		}
		w, ok := e.word(text, i)
		if !ok {
			continue
		}
		put(i, w.to)
		i += len(w.from) - 1
		if w.address && next(text, i+1) == ']' { // [2001:db8::1]:8080
			e.port(text, i+2, put)
		} else if w.address {
			e.port(text, i+1, put)
		}
	}
	if date != nil {
		e.dates(text, date, put)
	}
	slices.SortStableFunc(out, func(a, b edit) int { return int(a.at - b.at) })
	return withoutOverlaps(out)
}

// withoutOverlaps leaves out edits that overlap the one before.
func withoutOverlaps(all []edit) []edit {
	var out []edit
	for _, e := range all {
		if n := len(out); n == 0 || e.at >= out[n-1].at+int64(len(out[n-1].to)) {
			out = append(out, e)
		}
	}
	return out
}

func (e *editor) word(text []byte, i int) (word, bool) {
	if !e.first[binary.BigEndian.Uint16(text[i:])] {
		return word{}, false
	}
	for _, n := range e.long[[4]byte(text[i:])] {
		if len(text)-i < n {
			continue
		}
		if w, ok := e.words[string(text[i:i+n])]; ok && w.fits(text[:i], text[i+n:]) {
			return w, true
		}
	}
	return word{}, false
}

// port replaces the port in ":8080" at place i.
func (e *editor) port(text []byte, i int, put func(int, string)) {
	if next(text, i) != ':' {
		return
	}
	end := i + 1
	for end < len(text) && end <= i+6 && digit(text[end]) {
		end++
	}
	from := string(text[i+1 : end])
	n, err := strconv.ParseUint(from, 10, 16)
	if err != nil {
		return
	}
	if to := strconv.Itoa(int(e.ports.of(uint16(n)))); len(to) == len(from) && to != from {
		put(i+1, to)
	}
}

// authority reports whether the host of a URL or of a Host field, or the target
// of CONNECT, ends here.
func authority(before []byte) bool {
	i := len(before)
	for i > 0 && len(before)-i < 255 && (letter(before[i-1]) || before[i-1] == '.' || before[i-1] == '-') {
		i--
	}
	if i == len(before) {
		return false
	}
	lead := before[max(0, i-8):i]
	return bytes.HasSuffix(lead, []byte("//")) || bytes.HasSuffix(lead, []byte("CONNECT ")) ||
		bytes.HasSuffix(bytes.ToLower(bytes.TrimRight(lead, " ")), []byte("host:"))
}

// dateForms are HTTP's own form (RFC 9110, Section 5.6.7) and that of old cookies.
var dateForms = []string{"Mon, 02 Jan 2006 15:04:05 GMT", "Mon, 02-Jan-2006 15:04:05 GMT"}

// farYears is how far from the capture a date is not moved: such a date stands
// for "long ago" or "never".
const farYears = 10

func (e *editor) dates(text []byte, date func(unix int64) int64, put func(int, string)) {
	const zone, length = " GMT", 29
	for from := 0; ; {
		i := bytes.Index(text[from:], []byte(zone))
		if i < 0 {
			return
		}
		end := from + i + len(zone)
		from = end
		if end < length {
			continue
		}
		was := string(text[end-length : end])
		for _, form := range dateForms {
			at, err := time.Parse(form, was)
			if err != nil || at.Format(form) != was ||
				max(at.Unix()-e.around, e.around-at.Unix()) > farYears*366*86400 {
				continue
			}
			put(end-length, time.Unix(date(at.Unix()), 0).UTC().Format(form))
		}
	}
}
