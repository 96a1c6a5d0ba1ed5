package content

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func TestEventStream(t *testing.T) {
	for body, want := range map[string][]Event{
		"data: hello\n\n":                         {{"message", 5}},
		"data:hello\r\n\r\ndata: x\r\n\r\n":       {{"message", 5}, {"message", 1}},
		"event: tick\rdata: 1\rdata: 2\r\r":       {{"tick", 3}},
		": comment\n\ndata\n\n":                   {{"message", 0}},
		"event: lost\n\ndata: a\n\n":              {{"message", 1}},
		"id: 7\nretry: 10\ndata: a:b\n\ndata: un": {{"message", 3}},
		"": nil,
	} {
		var s EventStream
		if got := s.Feed([]byte(body)); !slices.Equal(got, want) {
			t.Errorf("%q: %v, want %v", body, got, want)
		}
	}
}

// TestEventStreamSegmentation: how the body is cut makes no difference.
func TestEventStreamSegmentation(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		body := []byte(rapid.StringOfN(rapid.SampledFrom([]rune("\r\n:dataevent x")), 0, 80, -1).Draw(r, "body"))
		var whole, cut EventStream
		want := whole.Feed(body)
		var got []Event
		for rest := body; len(rest) > 0; {
			n := rapid.IntRange(1, len(rest)).Draw(r, "cut")
			got = append(got, cut.Feed(rest[:n])...)
			rest = rest[n:]
		}
		if !slices.Equal(got, want) {
			r.Fatalf("%q: %v cut, %v whole", body, got, want)
		}
	})
}
