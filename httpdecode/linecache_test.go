package httpdecode

import (
	"testing"

	"pgregory.net/rapid"
)

// TestLineCacheGivesWhatSplitGives holds that a line from the cache is the
// field that taking it apart gives, whatever was kept before.
func TestLineCacheGivesWhatSplitGives(t *testing.T) {
	lines := rapid.SampledFrom([]string{"Host: a", "Host:a", "Host:  a  ", "Accept: */*", "X: ", "X:", "X:\t",
		"Date: Mon, 02 Mar 2026 08:00:00 GMT", "x-y: \"q\":1", "A: b", "A: c"})
	rapid.Check(t, func(t *rapid.T) {
		var c lineCache
		for _, line := range rapid.SliceOfN(lines, 1, 200).Draw(t, "lines") {
			p := parser{head: &Head{Raw: line}}
			want, ok := p.split(line, 0)
			if !ok || len(p.findings) > 0 {
				t.Fatalf("%q has findings", line)
			}
			if got, hit := c.find(line); hit && got != want {
				t.Fatalf("%q: the cache has %+v, splitting gives %+v", line, got, want)
			}
			c.keep(line, &want)
		}
	})
}
