//go:build clients && linux

package clients

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// connection, exchange, message, finding and summary are the JSON lines, read
// as a marking script reads them.
type connection struct {
	ID              int
	Client, Server  string
	Protocol        string
	State           string
	ClosedBy        *string `json:"closed_by"`
	Handshake       bool
	Bytes           struct{ Client, Server int }
	Retransmissions int
	OutOfOrder      int `json:"out_of_order"`
	GapBytes        int `json:"gap_bytes"`
	Exchanges       int
	Link            string
	Findings        []finding
}

type exchange struct {
	ID, Connection, Ordinal int
	Client, Server          string
	Request, Response       *message
	Interim                 []message
	Findings                []finding
}

type message struct {
	Frame           int
	LastFrame       int `json:"last_frame"`
	Method, Target  string
	Version, Reason string
	Status          int
	Fields          [][2]string
	Framing         string
	BodyBytes       int `json:"body_bytes"`
	WireBytes       int `json:"wire_bytes"`
	Chunks          []struct{ Size int }
	Complete        bool
	Trailers        [][2]string
}

type finding struct{ Code, Severity, Side, Detail string }

type summary struct {
	Packets, Connections, Exchanges, Dropped int
	Truncated                                bool
}

// recording is everything that the program printed.
type recording struct {
	connections []connection
	exchanges   []exchange
	summaries   []summary
	last        string // type of the last line
}

// record reads JSON lines; a line that is none fails the test.
func record(t *testing.T, lines []string) recording {
	t.Helper()
	var r recording
	for _, l := range lines {
		switch r.last = read[struct{ Type string }](t, l).Type; r.last {
		case "connection":
			r.connections = append(r.connections, read[connection](t, l))
		case "exchange":
			r.exchanges = append(r.exchanges, read[exchange](t, l))
		case "summary":
			r.summaries = append(r.summaries, read[summary](t, l))
		default:
			t.Fatalf("a line of unknown type: %s", l)
		}
	}
	slices.SortFunc(r.exchanges, func(a, b exchange) int { return a.ID - b.ID })
	slices.SortFunc(r.connections, func(a, b connection) int { return a.ID - b.ID })
	return r
}

func read[T any](t *testing.T, line string) (v T) {
	t.Helper()
	if err := json.Unmarshal([]byte(line), &v); err != nil {
		t.Fatalf("%q: %v", line, err)
	}
	return v
}

// addUp checks what holds for every capture in which nothing was lost.
func (r recording) addUp(t *testing.T) {
	t.Helper()
	if len(r.summaries) != 1 || r.last != "summary" {
		t.Fatalf("%d summaries, and the last line is of type %q", len(r.summaries), r.last)
	}
	s := r.summaries[0]
	if s.Dropped != 0 || s.Truncated || s.Connections != len(r.connections) || s.Exchanges != len(r.exchanges) {
		t.Errorf("the summary says %+v of %d connections and %d exchanges", s, len(r.connections), len(r.exchanges))
	}
	ordinals := map[int]int{}
	for _, x := range r.exchanges {
		if ordinals[x.Connection]++; x.Ordinal != ordinals[x.Connection] {
			t.Errorf("exchange %d is number %d on connection %d, want %d", x.ID, x.Ordinal, x.Connection,
				ordinals[x.Connection])
		}
	}
	for _, c := range r.connections {
		if c.GapBytes != 0 || c.Exchanges != ordinals[c.ID] {
			t.Errorf("connection %d: %d bytes lost, %d exchanges of which %d were printed", c.ID, c.GapBytes,
				c.Exchanges, ordinals[c.ID])
		}
	}
}

// requests are the exchanges as "GET /path 200".
func (r recording) requests() []string {
	var out []string
	for _, x := range r.exchanges {
		out = append(out, x.String())
	}
	return out
}

func (x exchange) String() string {
	method, target, status := "-", "-", "-"
	if x.Request != nil {
		method, target = x.Request.Method, x.Request.Target
	}
	if x.Response != nil {
		status = strconv.Itoa(x.Response.Status)
	}
	return method + " " + target + " " + status
}

// one is the only exchange whose target begins with a text; it has a response.
func (r recording) one(t *testing.T, target string) exchange {
	t.Helper()
	all := r.all(target)
	if len(all) != 1 || all[0].Response == nil {
		t.Fatalf("%d exchanges for %q, want one with a response: %q", len(all), target, r.requests())
	}
	return all[0]
}

// all are the exchanges whose target begins with a text.
func (r recording) all(target string) []exchange {
	var out []exchange
	for _, x := range r.exchanges {
		if x.Request != nil && strings.HasPrefix(x.Request.Target, target) {
			out = append(out, x)
		}
	}
	return out
}

// of is the connection of an exchange.
func (r recording) of(t *testing.T, x exchange) connection {
	t.Helper()
	for _, c := range r.connections {
		if c.ID == x.Connection {
			return c
		}
	}
	t.Fatalf("connection %d was not printed", x.Connection)
	return connection{}
}

// to are the connections to a port.
func (r recording) to(port string) []connection {
	var out []connection
	for _, c := range r.connections {
		if strings.HasSuffix(c.Server, ":"+port) {
			out = append(out, c)
		}
	}
	return out
}

// field is the value of the first field of a name, "" for none.
func (m *message) field(name string) string {
	for _, f := range m.Fields {
		if strings.EqualFold(f[0], name) {
			return f[1]
		}
	}
	return ""
}

// codes are the codes of findings, sorted.
func codes(fs []finding) []string {
	out := []string{}
	for _, f := range fs {
		out = append(out, f.Code)
	}
	slices.Sort(out)
	return out
}

// mustBe compares.
func mustBe[T any](t *testing.T, what string, got, want T) {
	t.Helper()
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("%s (-want +got):\n%s", what, d)
	}
}
