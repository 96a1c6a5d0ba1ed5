package chart

import (
	"math"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestAxis(t *testing.T) {
	const at = 1_772_438_400_000_000_000
	for _, c := range []struct {
		name         string
		from, length time.Duration
		width        int
		want         string
	}{
		{"milliseconds", 0, 310 * time.Millisecond, 40, "|0 ms       |100 ms      |200 ms      | "},
		{"fractions", 0, 450 * time.Microsecond, 40, "|0 ms   |0.1 ms  |0.2 ms  |0.3 ms  |    "},
		{"zoomed in, far from the origin", 12 * time.Second, 3 * time.Millisecond, 40,
			"|12.000 s    |12.001 s    |12.002 s    |"},
		{"seconds", 0, 4 * time.Second, 40, "|0 s      |1 s      |2 s      |3 s     |"},
		{"minutes", 0, 10 * time.Minute, 40, "|0 min  |2 min  |4 min  |6 min  |8 min |"},
		{"hours", 0, 72 * time.Hour, 40, "|0 h  |12 h  |24 h  |36 h |48 h  |60 h |"},
		{"days", 0, 240 * time.Hour, 40, "|0 d    |2 d    |4 d    |6 d    |8 d   |"},
		{"before the origin", -2 * time.Second, 4 * time.Second, 30, "|-2 s  |-1 s   |0 s   |1 s   |"},
		{"no length", 0, 0, 20, "|0 ms               "},
		{"too narrow for a label", 0, time.Second, 3, "| |"},
	} {
		s := timescale{from: at + int64(c.from), to: at + int64(c.from+c.length), origin: at, width: c.width}
		if got := s.axis(); got != c.want {
			t.Errorf("%s:\ngot  %q\nwant %q", c.name, got, c.want)
		}
	}
}

func TestNiceStep(t *testing.T) {
	for _, c := range []struct{ least, want time.Duration }{
		{0, 1}, {1, 1}, {3, 5}, {6, 10}, {time.Millisecond + 1, 2 * time.Millisecond},
		{4 * time.Second, 5 * time.Second}, {5*time.Second + 1, 10 * time.Second},
		{11 * time.Second, 30 * time.Second}, {time.Minute + 1, 2 * time.Minute}, {40 * time.Minute, time.Hour},
		{7 * time.Hour, 12 * time.Hour},
		{13 * time.Hour, day}, {day + 1, 2 * day}, {11 * day, 20 * day},
	} {
		if got := time.Duration(niceStep(int64(c.least))); got != c.want {
			t.Errorf("niceStep(%s) = %s, want %s", c.least, got, c.want)
		}
	}
}

func TestLasted(t *testing.T) {
	for d, want := range map[time.Duration]string{
		0: "0 ms", 3 * time.Microsecond: "0.003 ms", 21 * time.Microsecond: "0.02 ms",
		1234 * time.Microsecond: "1.2 ms", 9960 * time.Microsecond: "10 ms",
		102 * time.Millisecond: "102 ms", 999600 * time.Microsecond: "1.0 s", 4200 * time.Millisecond: "4.2 s",
		90 * time.Second: "1.5 min", 5 * time.Hour: "5.0 h",
		-time.Second: "-1.0 s",
	} {
		if got := lasted(int64(d)); got != want {
			t.Errorf("lasted(%s) = %q, want %q", d, got, want)
		}
	}
}

// TestScaleKeepsOrder holds for any window that a capture file can ask for:
// columns are in the order of times and in the scale, and the axis is as wide.
func TestScaleKeepsOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		moment := rapid.OneOf(rapid.Int64Range(0, math.MaxInt64), rapid.Int64Range(1e18, 1e18+1e10),
			rapid.SampledFrom([]int64{0, 1, math.MaxInt64}))
		a, b := moment.Draw(t, "from"), moment.Draw(t, "to")
		s := timescale{from: min(a, b), to: max(a, b), origin: moment.Draw(t, "origin"),
			width: rapid.IntRange(1, 200).Draw(t, "width")}
		if axis := s.axis(); len(axis) != s.width {
			t.Fatalf("the axis %q has %d columns, not %d", axis, len(axis), s.width)
		}
		x, y := moment.Draw(t, "x"), moment.Draw(t, "y")
		i, j := s.column(min(x, y)), s.column(max(x, y))
		if i < 0 || i > j || j >= s.width {
			t.Fatalf("columns %d and %d of %d", i, j, s.width)
		}
	})
}
