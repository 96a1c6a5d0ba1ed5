package main

import (
	"bytes"
	"testing"

	"httpscope/capture"
	"httpscope/internal/session"
	"httpscope/internal/store"
)

// TestKeepBoundsOpenConnections: on the screen open connections share the memory of --keep.
func TestKeepBoundsOpenConnections(t *testing.T) {
	var b bytes.Buffer
	if err := writeCrowd(&b, 5000); err != nil {
		t.Fatal(err)
	}
	for keep, some := range map[int64]bool{16 << 20: true, 256 << 20: false} {
		w := session.NewWatch(store.New(keep), true)
		file, err := capture.NewFile(bytes.NewReader(b.Bytes()))
		if err != nil {
			t.Fatal(err)
		}
		if err := w.Run(t.Context(), file); err != nil {
			t.Fatal(err)
		}
		if n := w.Engine.Summary().GivenUp; (n > 0) != some {
			t.Errorf("with %d MB %d connections are given up", keep>>20, n)
		}
	}
}
