package lesson_test

import (
	"slices"
	"strings"
	"testing"

	"httpscope/internal/lesson"
	"httpscope/internal/texts"
	"httpscope/internal/trace"
)

func made[T lesson.Lesson](t testing.TB, kind string, r recorded) T {
	t.Helper()
	k, ok := lesson.Lookup(kind)
	if !ok {
		t.Fatalf("no kind %s", kind)
	}
	return k.Make(texts.English, r, lesson.Everything).(T)
}

// TestJarsPredictAsTheRecordDoes: the replayed jars ask for the same Cookie
// lines as the record, and find the same of each cookie.
func TestJarsPredictAsTheRecordDoes(t *testing.T) {
	compared := 0
	for _, name := range samples(t) {
		r := record(t, name)
		steps := map[int64]lesson.JarStep{}
		for _, c := range made[*lesson.Jar](t, "jar", r).Clients {
			for _, s := range c.Steps {
				if !s.Response {
					steps[s.Exchange] = s
				}
			}
		}
		for _, x := range r.Recording.Exchanges {
			if x.Cookies == nil || x.Cookies.Predicted == "" && len(x.Cookies.Sent) == 0 {
				continue
			}
			compared++
			s := steps[x.ID]
			var kinds []string
			for _, v := range s.Verdicts {
				kinds = append(kinds, v.Kind)
			}
			var want []string
			for _, v := range x.Cookies.Sent {
				want = append(want, string(v.Kind))
			}
			if s.Predicted != x.Cookies.Predicted || !slices.Equal(kinds, want) {
				t.Errorf("%s: exchange %d: predicted %q %v, the record says %q %v", name, x.ID, s.Predicted, kinds,
					x.Cookies.Predicted, want)
			}
		}
	}
	if compared < 15 {
		t.Errorf("only %d requests with cookies were compared", compared)
	}
}

// TestMapsCoverWhatTheRecordCovers: the last exchange of a resource knows as
// much of it as the map, where no whole response came in between and each body
// was as long as its field claims.
func TestMapsCoverWhatTheRecordCovers(t *testing.T) {
	compared := 0
	for _, name := range samples(t) {
		r := record(t, name)
		for _, m := range made[*lesson.RangeMaps](t, "ranges", r).Resources {
			last := lastReading(r, m)
			whole := slices.ContainsFunc(m.Answers, func(a lesson.RangeAnswer) bool {
				return a.Status == 200 || slices.Contains(a.Findings, "content-range-length")
			})
			if last == nil || whole {
				continue
			}
			compared++
			if m.Covered != last.Seen.Covered() || len(m.Holes) != len(last.Seen.Holes()) ||
				len(m.Overlaps) != len(last.Seen.Overlaps()) {
				t.Errorf("%s: %s: %d bytes, %v missing, %v twice; the record says %+v", name, m.Target, m.Covered,
					m.Holes, m.Overlaps, last)
			}
			n := int64(0)
			for _, h := range m.Holes {
				n += h.Last - h.First + 1
			}
			if m.Size >= 0 && m.Covered+n != m.Size {
				t.Errorf("%s: %s: %d bytes and holes of %d make no %d", name, m.Target, m.Covered, n, m.Size)
			}
		}
	}
	if compared < 5 {
		t.Errorf("only %d resources were compared", compared)
	}
}

func lastReading(r recorded, m lesson.ResourceMap) *trace.RangeReading {
	if len(m.Answers) == 0 {
		return nil
	}
	return r.Recording.Exchanges[m.Answers[len(m.Answers)-1].Exchange-1].Ranges
}

// TestChunksArriveInOrder: chunks add up to the body, and come in order where no
// packet overtook another.
func TestChunksArriveInOrder(t *testing.T) {
	for _, name := range samples(t) {
		r := record(t, name)
		for _, c := range made[*lesson.Chunks](t, "chunks", r).Responses {
			sorted := r.Recording.Exchanges[c.Exchange-1].Conn.OutOfOrder == 0
			sum, before := int64(0), int64(-1)
			for _, a := range c.Arrivals {
				sum += a.Size
				if sorted && a.At >= 0 && a.At < before {
					t.Errorf("%s: exchange %d: an arrival at %d after one at %d", name, c.Exchange, a.At, before)
				}
				before = max(before, a.At)
			}
			if complete := strings.Contains("slow-chunked.pcap chunked-42.pcap sse.pcap chunk-trailers.pcap gzip-chunked.pcap", name); complete && sum != c.Body {
				t.Errorf("%s: exchange %d: chunks of %d bytes for a body of %d", name, c.Exchange, sum, c.Body)
			}
		}
	}
}

// TestSlowInBothWays: in a capture that holds the same answer in chunks and
// buffered, the lesson says what the chunks gained.
func TestSlowInBothWays(t *testing.T) {
	chunked, buffered := made[*lesson.Chunks](t, "chunks", record(t, "slow-chunked.pcap")),
		made[*lesson.Chunks](t, "chunks", record(t, "slow-buffered.pcap"))
	c, b := chunked.Responses[0], buffered.Responses[0]
	if c.Gained < 300e6 || c.FirstByte > 200e6 || b.FirstByte < 400e6 || b.Gained != 0 {
		t.Errorf("chunked: %+v\nbuffered: %+v", c, b)
	}
	both := made[*lesson.Chunks](t, "chunks", recordBytes(t, written(
		said{0, get}, said{1, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"}, said{1, "2\r\nok\r\n"},
		said{1, "0\r\n\r\n"}, said{0, get}, said{1, okay})))
	if both.Chunked != 0 || both.Buffered != 1 {
		t.Errorf("the examples are %d and %d", both.Chunked, both.Buffered)
	}
}

// TestWhatOneListensTo: on plain HTTP everything that is there is seen; over TLS
// the sizes of requests and responses can be told, and nothing in them.
func TestWhatOneListensTo(t *testing.T) {
	for name, want := range map[string][]int{"https.pcapng": {2}, "https-tls12.pcapng": {2}, "basic-auth.pcap": {7},
		"cookie-secure.pcapng": {2, 7}} {
		var got []int
		for _, c := range made[*lesson.Leaks](t, "leak", record(t, name)).Connections {
			got = append(got, c.Score)
			of := 0
			for _, i := range c.Items {
				of += i.Of
			}
			if of != lesson.MaxScore {
				t.Errorf("%s: the items make %d points at most", name, of)
			}
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: scores %v, want %v", name, got, want)
		}
	}
}

// TestHijackNeedsTwoClients: one client with one cookie is no theft, and who was
// given the cookie is its owner.
func TestHijackNeedsTwoClients(t *testing.T) {
	for _, name := range samples(t) {
		n := len(made[*lesson.Hijack](t, "hijack", record(t, name)).Sessions)
		if want := map[string]int{"cookie-hijack.pcap": 1}[name]; n != want {
			t.Errorf("%s: %d sessions, want %d", name, n, want)
		}
	}
	s := made[*lesson.Hijack](t, "hijack", record(t, "cookie-hijack.pcap")).Sessions[0]
	if s.Owner.Agent != "Victim/1.0" || len(s.Others) != 1 || s.Others[0].Agent != "Attacker/6.6" || s.SetAt == nil ||
		s.SetAt.Packet != 6 || s.Others[0].Packet != 34 {
		t.Errorf("%+v", s)
	}
	for _, c := range s.Cures {
		if want := map[string]string{"Secure": "yes", "HttpOnly": "no",
			"SameSite": "no"}[c.Name.String()]; want != "" && c.Help != want {
			t.Errorf("%s would help: %s", c.Name, c.Help)
		}
	}
}
