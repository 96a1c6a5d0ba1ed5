package capture

import (
	"bytes"
	"errors"
	"io"
	"runtime"
	"testing"
	"time"
)

// goroutines checks at the end of a test that none was left.
func goroutines(t *testing.T) {
	before := runtime.NumGoroutine()
	t.Cleanup(func() {
		for range 200 {
			if runtime.NumGoroutine() <= before {
				return
			}
			time.Sleep(5 * time.Millisecond)
		}
		t.Errorf("%d goroutines, %d before", runtime.NumGoroutine(), before)
	})
}

func ahead(t *testing.T, r io.Reader, wait func()) *Ahead {
	t.Helper()
	f, err := NewFile(r)
	if err != nil {
		t.Fatal(err)
	}
	return ReadAhead(f, wait)
}

// Reading ahead gives the same packets, in order, and the same end.
func TestReadAhead(t *testing.T) {
	goroutines(t)
	b, ends := conversation(1000)
	cut := ends[900] + 5
	for _, c := range []struct {
		file []byte
		n    int
		want error
	}{{b, 1000, io.EOF}, {b[:cut], 901, &DamageError{Offset: int64(ends[900]), Packet: 901, Reason: "a packet header needs 16 bytes and the file ends after 5"}}} {
		want, _, _ := readAll(t, bytes.NewReader(c.file))
		a := ahead(t, bytes.NewReader(c.file), nil)
		for i := range c.n {
			p, err := a.Next()
			if err != nil {
				t.Fatal(err)
			}
			if got := line(p); got != want[i].text || p.Number != int64(i+1) || p.Nano != want[i].Nano {
				t.Fatalf("packet %d: %s, want %s", i+1, got, want[i].text)
			}
		}
		for range 2 {
			if _, err := a.Next(); err.Error() != c.want.Error() {
				t.Errorf("%v, want %v", err, c.want)
			}
		}
		if a.Position() != int64(len(c.file)) || a.Dropped() != 0 {
			t.Errorf("position %d of %d", a.Position(), len(c.file))
		}
		a.Stop()
		a.Stop()
	}
}

// What has been read is passed on before a read that blocks.
func TestReadAheadOfGrowingFile(t *testing.T) {
	goroutines(t)
	b, ends := conversation(30)
	r, w := io.Pipe()
	waits := make(chan bool, 1000)
	go w.Write(b[:24])
	a := ahead(t, r, func() { waits <- true })
	packets := make(chan int64, 100)
	done := make(chan error)
	go func() {
		for {
			p, err := a.Next()
			if err != nil {
				done <- err
				return
			}
			packets <- p.Number
		}
	}()
	at := 24
	for i, end := range ends {
		receive(t, waits)
		w.Write(b[at:end])
		at = end
		if n := receive(t, packets); n != int64(i+1) {
			t.Fatalf("packet %d, want %d", n, i+1)
		}
	}
	w.Close()
	if err := receive(t, done); err != io.EOF {
		t.Error(err)
	}
}

// Stop, at any time, ends both sides.
func TestReadAheadStop(t *testing.T) {
	goroutines(t)
	b, ends := conversation(3000)
	for n := 0; n < 3000; n += 271 { // some packets are used
		a := ahead(t, bytes.NewReader(b), nil)
		for range n {
			if _, err := a.Next(); err != nil {
				t.Fatal(err)
			}
		}
		a.Stop()
	}
	// While Next waits for a file that does not grow.
	r, w := io.Pipe()
	go w.Write(b[:ends[5]])
	a := ahead(t, r, nil)
	done, packets := make(chan error), make(chan bool, 10)
	go func() {
		for {
			if _, err := a.Next(); err != nil {
				done <- err
				return
			}
			packets <- true
		}
	}()
	for range 6 {
		receive(t, packets)
	}
	a.Stop()
	if err := receive(t, done); !errors.Is(err, ErrStopped) {
		t.Errorf("%v", err)
	}
	if _, err := a.Next(); !errors.Is(err, ErrStopped) {
		t.Errorf("%v", err)
	}
	// The goroutine that waits for input ends with the next packets.
	w.Write(b[ends[5]:ends[8]])
	w.Close()
}

// A packet that was stopped in the middle of a batch is not changed by what is read afterwards.
func TestReadAheadStopKeepsBatch(t *testing.T) {
	goroutines(t)
	b, ends := conversation(100)
	r, w := io.Pipe()
	go w.Write(b[:ends[9]])
	a := ahead(t, r, nil)
	p, err := a.Next()
	if err != nil {
		t.Fatal(err)
	}
	a.Stop()
	want := line(p)
	w.Write(b[ends[9]:ends[60]])
	w.Close()
	for i := 1; i < 10; i++ {
		p, err := a.Next()
		if errors.Is(err, ErrStopped) {
			break
		}
		if err != nil || p.Number != int64(i+1) {
			t.Fatalf("packet %d: %v", i+1, err)
		}
	}
	if line(p) != want {
		t.Errorf("%s, before %s", line(p), want)
	}
}
