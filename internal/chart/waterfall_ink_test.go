package chart

import (
	"testing"

	"github.com/rivo/uniseg"
	"pgregory.net/rapid"

	"httpscope/internal/visible"
)

// TestInkIsOneColumn holds that pictures stay aligned where a terminal takes
// characters of ambiguous width for wide ones.
func TestInkIsOneColumn(t *testing.T) {
	defer func(n int) { uniseg.EastAsianAmbiguousWidth = n }(uniseg.EastAsianAmbiguousWidth)
	uniseg.EastAsianAmbiguousWidth = 2
	for _, k := range []*ink{&asciiInk, &unicodeInk} {
		for _, s := range append(k.phase[:], k.rail, k.data, k.ack, k.left, k.right) {
			if w := uniseg.StringWidth(s); w != 1 {
				t.Errorf("%q takes %d columns", s, w)
			}
		}
	}
	if w := uniseg.StringWidth(unicodeInk.cut + unicodeInk.silence); w != 2 {
		t.Errorf("%q and %q take %d columns", unicodeInk.cut, unicodeInk.silence, w)
	}
}

func TestClip(t *testing.T) {
	for _, c := range []struct {
		in    string
		width int
		want  string
	}{
		{"/index.html", 11, "/index.html"}, {"/index.html", 6, "/ind.."}, {"/简体中文", 9, "/简体中文"},
		{"/简体中文", 8, "/简体.."}, {"/简体中文", 7, "/简体.."},
		{"/index", 2, "/i"}, {"简体", 1, ""}, {"/index", 0, ""},
	} {
		if got := asciiInk.clip(c.in, c.width); got != c.want {
			t.Errorf("clip(%q, %d) = %q, want %q", c.in, c.width, got, c.want)
		}
	}
}

func TestClipKeepsToItsColumns(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s, width := visible.Text(rapid.String().Draw(t, "text")), rapid.IntRange(0, 40).Draw(t, "width")
		for _, k := range []*ink{&asciiInk, &unicodeInk} {
			if w := uniseg.StringWidth(k.clip(s, width)); w > width {
				t.Fatalf("%q takes %d of %d columns", k.clip(s, width), w, width)
			}
		}
	})
}

func TestShownCutsBetweenCharacters(t *testing.T) {
	long := make([]byte, 0, 2*mostShown)
	for len(long) < mostShown+10 {
		long = append(long, "简"...)
	}
	if got := shown(string(long)); len(got) > mostShown || len(got)%len("简") != 0 {
		t.Errorf("%d bytes are shown", len(got))
	}
}
