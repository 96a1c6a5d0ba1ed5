package main

import (
	"io"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

// patience bounds every wait of these tests. It only ends what hangs: a busy
// machine has much less time than a clock shows.
const patience = 2 * time.Minute

// The test binary stands in for the program: scripts read like a manual.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"httpscope": func() { os.Exit(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr)) },
		"trickle":   trickle,
	})
}

func TestScripts(t *testing.T) {
	samples, err := filepath.Abs("../../pcaps")
	if err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script",
		Setup: func(e *testscript.Env) error {
			e.Setenv("PCAPS", samples)
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
