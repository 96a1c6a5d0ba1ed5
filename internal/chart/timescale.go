package chart

import (
	"math"
	"math/bits"
	"strconv"
	"strings"
	"time"
)

// timescale maps a window of time to columns.
type timescale struct {
	from, to int64 // nanoseconds since 1970, not negative; to is not before from
	origin   int64 // what is written as 0
	width    int   // columns, at least 1
}

// tickRoom is the least distance of two ticks: "|5 ms" and a space.
const tickRoom = 6

// known reports a time that a packet had. Times before 1970 come from damaged
// files only and count as unknown.
func known(nano int64) bool { return nano > 0 }

// column is where a time is drawn; what lies outside of the window is drawn at
// its edge.
func (s timescale) column(t int64) int {
	switch {
	case t <= s.from || s.to <= s.from:
		return 0
	case t >= s.to:
		return s.width - 1
	}
	// The product may need more than 64 bits; the quotient is less than the width.
	hi, lo := bits.Mul64(uint64(t-s.from), uint64(s.width))
	column, _ := bits.Div64(hi, lo, uint64(s.to-s.from))
	return int(column)
}

// axis draws the ticks with their labels, as wide as the scale.
func (s timescale) axis() string {
	cells := []byte(strings.Repeat(" ", s.width))
	step := s.step()
	free := 0
	for _, v := range s.ticks(step) {
		at := s.column(s.origin + v)
		if at < free {
			continue
		}
		cells[at] = '|'
		label := s.label(v, step)
		if at+1+len(label) <= s.width {
			copy(cells[at+1:], label)
			free = at + 2 + len(label)
		}
	}
	return string(cells)
}

// step is the smallest nice step at which the labels do not touch.
func (s timescale) step() int64 {
	span := s.to - s.from
	step := niceStep(span / int64(max(s.width/tickRoom, 1)))
	for step < span {
		room := float64(step) / float64(span) * float64(s.width)
		if longest := len(s.label(s.to-s.origin, step)); room >= float64(longest)+2 {
			break
		}
		step = niceStep(step + 1)
	}
	return step
}

// ticks lists the multiples of step in the window, relative to the origin.
func (s timescale) ticks(step int64) []int64 {
	first, last := s.from-s.origin, s.to-s.origin
	v := first / step * step
	if v < first {
		v += step
	}
	if s.to <= s.from {
		return []int64{first}
	}
	var ticks []int64
	for ; v <= last && len(ticks) <= s.width; v += step {
		ticks = append(ticks, v)
		if v > math.MaxInt64-step {
			break
		}
	}
	return ticks
}

// longSteps are the steps between those counted in seconds and those in days.
var longSteps = [...]time.Duration{10 * time.Second, 30 * time.Second, time.Minute, 2 * time.Minute, 5 * time.Minute,
	10 * time.Minute,
	30 * time.Minute, time.Hour, 2 * time.Hour, 6 * time.Hour, 12 * time.Hour}

const day = 24 * time.Hour

// niceStep is the first step that people like to count in and that is not
// less than least.
func niceStep(least int64) int64 {
	if n, ok := oneTwoFive(1, int64(5*time.Second), least); ok {
		return n
	}
	for _, d := range longSteps {
		if int64(d) >= least {
			return int64(d)
		}
	}
	if n, ok := oneTwoFive(int64(day), math.MaxInt64/10, least); ok {
		return n
	}
	return math.MaxInt64
}

// oneTwoFive looks among 1, 2, 5, 10, … times unit, up to most.
func oneTwoFive(unit, most, least int64) (int64, bool) {
	for u := unit; ; u *= 10 {
		for _, m := range [...]int64{1, 2, 5} {
			if m > most/u {
				return 0, false
			}
			if m*u >= least {
				return m * u, true
			}
		}
	}
}

// label writes a tick with the decimals that its step needs.
func (s timescale) label(v, step int64) string {
	unit, word := s.unit(step)
	decimals := 0
	for u := unit; u > 1 && step%u != 0; u /= 10 {
		decimals++
	}
	if unit > int64(time.Second) || v == 0 {
		decimals = 0
	}
	return strconv.FormatFloat(float64(v)/float64(unit), 'f', decimals, 64) + " " + word
}

// unit goes by the step where it is long, else by the latest time of the axis:
// all labels of an axis have one unit.
func (s timescale) unit(step int64) (int64, string) {
	latest := max(s.to-s.origin, s.origin-s.from)
	switch d := time.Duration(step); {
	case d >= day:
		return int64(day), "d"
	case d >= time.Hour:
		return int64(time.Hour), "h"
	case d >= time.Minute:
		return int64(time.Minute), "min"
	case latest >= int64(time.Second):
		return int64(time.Second), "s"
	}
	return int64(time.Millisecond), "ms"
}

// lasted writes how long something took, with two or three digits that matter.
func lasted(nanos int64) string {
	if nanos < 0 {
		return "-" + lasted(-max(nanos, -math.MaxInt64))
	}
	ms := float64(nanos) / 1e6
	switch {
	case nanos == 0:
		return "0 ms"
	case ms < 0.01:
		return decimal(ms, 3) + " ms"
	case ms < 1:
		return decimal(ms, 2) + " ms"
	case ms < 9.95:
		return decimal(ms, 1) + " ms"
	case ms < 999.5:
		return decimal(ms, 0) + " ms"
	case ms < 60e3:
		return decimal(ms/1e3, 1) + " s"
	case ms < 3600e3:
		return decimal(ms/60e3, 1) + " min"
	}
	return decimal(ms/3600e3, 1) + " h"
}

func decimal(v float64, digits int) string { return strconv.FormatFloat(v, 'f', digits, 64) }
