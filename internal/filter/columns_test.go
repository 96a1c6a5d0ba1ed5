package filter

import (
	"errors"
	"slices"
	"testing"

	"httpscope/internal/testkit"

	"github.com/google/go-cmp/cmp"
)

// TestColumns: values as tshark prints them.
func TestColumns(t *testing.T) {
	x := login(t)
	for name, want := range map[string][]string{
		"http": {"http"}, "http.request": {"1"}, "http.cookie_pair": {"a=1", "b=2"}, "http.content_length": {"8"},
		"ip.src":     {"10.0.0.2"},
		"frame.time": {"2026-03-02T08:00:00.000200000+0000"}, "http.response": nil,
		"scope.framing": {"content-length"}, "http.file_data": {"user=Eve"},
	} {
		c, err := NewColumns([]string{name}, false)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff([][]string{want}, c.Of(&Subject{X: x, M: x.Request, Begin: 1})); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

// TestColumnsAreFields: every field of a filter is one of a list, and of the same rows.
func TestColumnsAreFields(t *testing.T) {
	for _, f := range Fields() {
		for _, packets := range []bool{false, true} {
			_, err := NewColumns([]string{f.Name}, packets)
			if ok := packets || !f.Packets; (err == nil) != ok {
				t.Errorf("%s, packets %v: %v", f.Name, packets, err)
			}
		}
	}
}

func TestColumnSuggestions(t *testing.T) {
	for name, want := range map[string]string{
		"http.method": "Did you mean http.request.method?", "status.code": "Did you mean http.response.code?",
		"host": "Did you mean http.host?", "tcp.seq": "add --packets",
	} {
		var e *Error
		if _, err := NewColumns([]string{name}, false); !errors.As(err, &e) || e.Suggestion.String() != want {
			t.Errorf("%s: %v, want %q", name, err, want)
		}
	}
}

// TestColumnsOfPackets: numbers that Wireshark shows in hexadecimal.
func TestColumnsOfPackets(t *testing.T) {
	rows := packetRows(t, testkit.Sample(t, "post-split.pcap"))
	c, err := NewColumns([]string{"tcp.flags", "eth.type", "eth.src", "ip.id", "tcp.connection.syn", "tcp.time_delta",
		"ip.version"}, true)
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"0x0002", "0x0800", "00:00:00:00:00:00", "0x4d3b", "1", "0.000000000", "4"}
	if got := slices.Concat(c.Of(rows[0])...); !slices.Equal(got, want) {
		t.Errorf("packet 1 has %q, want %q", got, want)
	}
}
