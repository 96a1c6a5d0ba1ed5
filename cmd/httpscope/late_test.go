package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/netip"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"httpscope/internal/synth"
)

const (
	lateConnections = 30
	lateExchanges   = 40 // of each connection
)

// closesOf says who closes a connection of endingCapture: the client, the server, or nobody.
func closesOf(connection int) string { return []string{"client", "server", ""}[connection%3] }

// endingCapture writes a capture of connections whose exchanges come by turns, so that all are
// printed long before one is over.
func endingCapture(t *testing.T) string {
	t.Helper()
	var b bytes.Buffer
	c := synth.NewCapture(&b, time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC))
	var all []*synth.Conn
	for i := range lateConnections {
		client := netip.AddrPortFrom(netip.MustParseAddr("10.0.0.2"), uint16(40000+i))
		x := c.Conn(client, netip.MustParseAddrPort("10.0.0.1:80"), [2]uint32{1, 2})
		x.Open()
		all = append(all, x)
	}
	for range lateExchanges {
		for _, x := range all {
			x.Send(0, []byte("GET / HTTP/1.1\r\nHost: h.example\r\n\r\n"))
			x.Send(1, []byte("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"))
		}
	}
	for i, x := range all {
		if who := closesOf(i); who != "" {
			x.Close(slices.Index([]string{"client", "server"}, who))
		}
	}
	path := filepath.Join(t.TempDir(), "ending.pcap")
	if err := os.WriteFile(path, b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// connectionsOf are the connections of the exchanges that are printed, an entry for each.
func connectionsOf(t *testing.T, lines string) (list []int) {
	t.Helper()
	for line := range strings.Lines(lines) {
		var x struct {
			Type       string `json:"type"`
			Connection int    `json:"connection"`
		}
		if err := json.Unmarshal([]byte(line), &x); err != nil {
			t.Fatal(err)
		}
		if x.Type == "exchange" {
			list = append(list, x.Connection)
		}
	}
	slices.Sort(list)
	return list
}

// TestFilterKnowsTheEnd: a filter that asks how a connection ends, or what was spoken on it,
// selects exchanges that were over long before.
func TestFilterKnowsTheEnd(t *testing.T) {
	path := endingCapture(t)
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for expr, selects := range map[string]func(connection int) bool{
		`scope.closed_by == "server"`:        func(i int) bool { return closesOf(i) == "server" },
		`scope.closed_by == "client" && eth`: func(i int) bool { return closesOf(i) == "client" },
		`!scope.closed_by`:                   func(i int) bool { return closesOf(i) == "" },
		`scope.protocol == "http/1.1"`:       func(int) bool { return true },
		`scope.link == "ethernet"`:           func(int) bool { return true },
		`tls`:                                func(int) bool { return false },
	} {
		var want []int
		for i := range lateConnections * lateExchanges {
			if c := i / lateExchanges; selects(c) {
				want = append(want, c)
			}
		}
		if got := connectionsOf(t, printed(t, "read", "--json", "-Y", expr, path)); !slices.Equal(got, want) {
			t.Errorf("%s selects %d exchanges of a file, want %d", expr, len(got), len(want))
		}
		var out, said bytes.Buffer
		if code := run([]string{"read", "--json", "-Y", expr, "-"}, bytes.NewReader(content), &out, &said); code != 0 {
			t.Fatalf("%s ends with %d: %s", expr, code, said.String())
		}
		if got := connectionsOf(t, out.String()); !slices.Equal(got, want) {
			t.Errorf("%s selects %d exchanges of standard input, want %d", expr, len(got), len(want))
		}
	}
}

// TestColumnsKnowTheEnd: so does a column.
func TestColumnsKnowTheEnd(t *testing.T) {
	path := endingCapture(t)
	var want []string
	for i := range lateConnections {
		for range 2 * lateExchanges { // a request and a response
			want = append(want, fmt.Sprintf("%d\thttp/1.1\t%s\n", i, closesOf(i)))
		}
	}
	got := slices.Collect(strings.Lines(printed(t, "read", "-e", "scope.connection", "-e", "scope.protocol", "-e",
		"scope.closed_by", path)))
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Errorf("%d rows, want %d:\n%.300s", len(got), len(want), strings.Join(got, ""))
	}
}

// TestTooMuchWaits: what is too much to wait is given on, and that is said.
func TestTooMuchWaits(t *testing.T) {
	content, err := os.ReadFile(endingCapture(t))
	if err != nil {
		t.Fatal(err)
	}
	var out, said bytes.Buffer
	args := []string{"read", "--json", "-Y", "scope.protocol || http", "--memory", "1MB", "-"}
	if code := run(args, bytes.NewReader(content), &out, &said); code != 0 {
		t.Fatalf("it ends with %d: %s", code, said.String())
	}
	if n := len(connectionsOf(t, out.String())); n != lateConnections*lateExchanges {
		t.Errorf("%d exchanges, want %d", n, lateConnections*lateExchanges)
	}
	if !strings.Contains(said.String(), "exchanges that were judged before it was known how their connection ends: ") {
		t.Errorf("nothing is said of what did not wait: %s", said.String())
	}
}
