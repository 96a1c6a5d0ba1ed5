package export

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"httpscope/internal/texts"
	"httpscope/internal/trace"
)

// TestStringsAreJSON compares with encoding/json where the input is UTF-8,
// and asks for \xNN and the mark where it is not.
func TestStringsAreJSON(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := rapid.String().Draw(t, "text")
		var escaped bool
		var out string
		if err := json.Unmarshal(appendString(nil, in, &escaped), &out); err != nil || out != in || escaped {
			t.Fatalf("%q became %q, escaped %t, %v", in, out, escaped, err)
		}
	})
	var escaped bool
	if got := string(appendString(nil, "caf\xe9 \x00\x1b", &escaped)); got != `"caf\\xe9 \u0000\u001b"` || !escaped {
		t.Errorf("got %s, escaped %t", got, escaped)
	}
	// What shows nothing or turns text around is written as a number, and reads back the same.
	escaped = false
	if got := string(appendString(nil, "a\u202eb\u200b\u007f\U000e0041", &escaped)); escaped ||
		got != `"a\u202eb\u200b\u007f\udb40\udc41"` {
		t.Errorf("got %s, escaped %t", got, escaped)
	}
}

// TestClock compares with package time.
func TestClock(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var c clock
		for _, nano := range rapid.SliceOfN(rapid.Int64Range(1, 1<<62), 1, 5).Draw(t, "times") {
			layout := `"2006-01-02T15:04:05.000000Z"`
			if nano%1000 != 0 {
				layout = `"2006-01-02T15:04:05.000000000Z"`
			}
			if got, want := string(c.append(nil, nano)), time.Unix(0, nano).UTC().Format(layout); got != want {
				t.Fatalf("%d: %s, want %s", nano, got, want)
			}
		}
	})
	if got := string(new(clock).append(nil, 0)); got != "null" {
		t.Errorf("unknown time is %s", got)
	}
}

// TestSpoolKeepsOrderAndRows holds that no row is lost when they go to a file.
func TestSpoolKeepsOrderAndRows(t *testing.T) {
	var s spool
	line := strings.Repeat("x", 1000) + "\n"
	const rows = 3000
	for i := range rows {
		s.add(int64(rows-i), line)
	}
	if s.file == nil {
		t.Fatal("three megabytes stayed in memory")
	}
	var b strings.Builder
	if err := s.copyTo(&b); err != nil {
		t.Fatal(err)
	}
	if got := strings.Count(b.String(), "\n"); got != rows {
		t.Errorf("%d rows, want %d", got, rows)
	}
}

// TestSummaryOfALiveCapture says by how much the analysis lagged; that of a file says nothing of it.
func TestSummaryOfALiveCapture(t *testing.T) {
	s := trace.Summary{Dropped: 9}
	if got := string(appendSummary(nil, &s)); strings.Contains(got, "lag") ||
		strings.Contains(summaryText(texts.Catalogue{}, &s), "lag") {
		t.Error(got)
	}
	s.Lag = &trace.Lag{Packets: 3, Time: 1500 * time.Millisecond, MostPackets: 40,
		MostTime: 2500500 * time.Microsecond, Dropped: 5}
	const object = `"dropped":9,"lag":{"packets":3,"ms":1500,"max_packets":40,"max_ms":2500.5,"dropped":5},`
	if got := string(appendSummary(nil, &s)); !strings.Contains(got, object) || !json.Valid([]byte(got)) {
		t.Error(got)
	}
	const text = "9 packets dropped while capturing\n3 packets, 1.5 s, were captured and not analysed\n" +
		"the analysis lagged by up to 2.5 s, 40 packets; for that, 5 packets were dropped\n"
	if got := summaryText(texts.Catalogue{}, &s); !strings.HasSuffix(got, text) {
		t.Error(got)
	}
	s.Lag = &trace.Lag{MostPackets: 40, MostTime: time.Millisecond}
	if got := summaryText(texts.Catalogue{}, &s); strings.Contains(got, "lag") {
		t.Errorf("what nobody notices is told: %s", got)
	}
}

// TestExchangeIsFoundByStream: the number of HTTP/2 and the other side of a proxy are there where they are known alone.
func TestExchangeIsFoundByStream(t *testing.T) {
	var out strings.Builder
	j := NewJSONLines(&out)
	j.Exchange(&trace.Exchange{ID: 1, Conn: &trace.Connection{}, Ordinal: 1})
	j.Exchange(&trace.Exchange{ID: 2, Conn: &trace.Connection{}, Ordinal: 2, Stream: 5, Via: 7})
	if err := j.Flush(); err != nil {
		t.Fatal(err)
	}
	first, second, _ := strings.Cut(out.String(), "\n")
	if strings.Contains(first, `"stream"`) || strings.Contains(first, `"via"`) {
		t.Errorf("HTTP/1 without a proxy: %s", first)
	}
	if !strings.Contains(second, `"ordinal":2,"stream":5,"via":7,`) {
		t.Errorf("HTTP/2 through a proxy: %s", second)
	}
}
