package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"runtime"
	"strings"
	"testing"
	"time"

	"httpscope/capture"
	"httpscope/internal/session"
)

// TestOutputNobodyTakes: while nobody takes what is printed, more comes than
// the kernel holds and more than there is memory for it; then nothing is
// missing. Where capturing is not allowed, the error must say so.
func TestOutputNobodyTakes(t *testing.T) {
	const requests, size = 1500, 100 << 10
	body := make([]byte, size)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.Write(body) }))
	defer server.Close()
	at, err := url.Parse(server.URL)
	if err != nil {
		t.Fatal(err)
	}
	f := liveFlags{headless: true, json: true, filter: "tcp port " + at.Port()}
	l, err := f.open([]string{loopbackName()})
	if err != nil {
		if !errors.As(err, new(*capture.PermissionError)) {
			t.Fatal(err)
		}
		return // this machine does not let us capture, and says so
	}
	l.source.Begin(nil)
	out, in := io.Pipe()
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() {
		err := f.print(ctx, streams{out: in, err: io.Discard}, l)
		in.Close()
		ended <- l.end(streams{err: io.Discard}, &f, err)
	}()
	for range requests {
		fetch(t, server.URL, size)
	}
	stop()
	exchanges, last := 0, ""
	for lines := bufio.NewScanner(out); lines.Scan(); last = lines.Text() {
		if strings.HasPrefix(lines.Text(), `{"type":"exchange"`) {
			exchanges++
		}
	}
	if err := <-ended; err != nil {
		t.Fatal(err)
	}
	var s struct {
		Dropped int
		Lag     struct {
			Packets, Dropped int
			Most             int `json:"max_packets"`
		}
	}
	if err := json.Unmarshal([]byte(last), &s); err != nil {
		t.Fatalf("%v: %s", err, last)
	}
	// A machine that is too busy to take packets from the kernel may drop some, and says so.
	if s.Lag.Packets != 0 || s.Lag.Dropped != 0 || s.Lag.Most < requests || s.Dropped == 0 && exchanges != requests {
		t.Errorf("%d exchanges of %d; %s", exchanges, requests, last)
	}
}

func fetch(t *testing.T, from string, size int64) {
	t.Helper()
	r, err := http.Get(from)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Body.Close()
	if n, err := io.Copy(io.Discard, r.Body); n != size || err != nil {
		t.Fatalf("%d bytes, %v", n, err)
	}
}

// TestOverflowFile: nobody else may read it, and nothing of it is left.
func TestOverflowFile(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("TMPDIR", dir)
	t.Setenv("TMP", dir)
	f, err := session.OverflowFile()
	if err != nil {
		t.Fatal(err)
	}
	st, err := f.(interface{ Stat() (os.FileInfo, error) }).Stat()
	if err != nil || runtime.GOOS != "windows" && st.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", st.Mode(), err)
	}
	if left, err := os.ReadDir(dir); err != nil || runtime.GOOS != "windows" && len(left) > 0 {
		t.Errorf("while it is open: %v, %v", left, err)
	}
	if err := f.Close(); err != nil {
		t.Error(err)
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) > 0 {
		t.Errorf("after it was closed: %v, %v", left, err)
	}
}

// TestEndingTells how much is left, every so often.
func TestEndingTells(t *testing.T) {
	var said strings.Builder
	e := newEnding(&lagged{}, streams{err: &said})
	e.tell()
	e.next.Store(time.Now().Add(time.Hour).UnixNano())
	e.tell()
	if said.Len() > 0 {
		t.Errorf("before its time: %s", said.String())
	}
	e.next.Store(1)
	e.tell()
	e.tell()
	if want := "httpscope: 17 packets, 1.5 s, are still to be analysed; an interrupt ends without them\n"; said.String() != want {
		t.Errorf("%q, want %q", said.String(), want)
	}
}

// lagged is a queue that is behind.
type lagged struct{ stopped, left chan struct{} }

func (l *lagged) Stop()  { close(l.stopped) }
func (l *lagged) Leave() { close(l.left) }

func (l *lagged) Lag() capture.QueueLag {
	return capture.QueueLag{Now: capture.Lag{Packets: 17, Time: 1500 * time.Millisecond}}
}
