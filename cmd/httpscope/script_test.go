package main

import (
	"io"
	"net/netip"
	"os"
	"strconv"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"httpscope/internal/synth"
	"httpscope/internal/testkit"
)

// patience bounds every wait of these tests. It only ends what hangs: a busy
// machine has much less time than a clock shows.
const patience = 2 * time.Minute

// The test binary stands in for the program: scripts read like a manual.
func TestMain(m *testing.M) {
	testscript.Main(m, programs)
}

// programs are what the test binary can be, by its name.
var programs = map[string]func(){
	"httpscope": func() { os.Exit(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr)) },
	"trickle":   trickle,
	"crowd":     crowd,
}

func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script",
		Setup: func(e *testscript.Env) error {
			e.Setenv("PCAPS", testkit.Sample(t, ""))
			e.Setenv("GORACE", "atexit_sleep_ms=10") // with the race detector each program would wait a second at its end
			return nil
		},
	})
}

// trickle writes a file to standard output and leaves it open for a while, as
// a capture that is still running does.
func trickle() {
	f, err := os.Open(os.Args[1])
	if err != nil {
		os.Exit(1)
	}
	if _, err := io.Copy(os.Stdout, f); err != nil {
		os.Exit(1)
	}
	time.Sleep(patience)
}

// crowd writes a crowd's capture to a file.
func crowd() {
	f, err := os.Create(os.Args[1])
	if err != nil {
		os.Exit(1)
	}
	n, err := strconv.Atoi(os.Args[2])
	if err != nil {
		os.Exit(1)
	}
	if writeCrowd(f, n) != nil || f.Close() != nil {
		os.Exit(1)
	}
}

// writeCrowd writes a capture of many connections that are open at once, each with half a head.
func writeCrowd(w io.Writer, n int) error {
	c := synth.NewCapture(w, time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC))
	for i := range n {
		client := netip.AddrPortFrom(netip.AddrFrom4([4]byte{10, 1, byte(i >> 8), byte(i)}), 40000)
		x := c.Conn(client, netip.MustParseAddrPort("10.0.0.1:80"), [2]uint32{1, 2})
		x.Open()
		x.Send(0, []byte("GET /half HTTP/1.1\r\nHost: a"))
	}
	return c.Err()
}
