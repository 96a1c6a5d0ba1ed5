//go:build unix

package main

import (
	"io"
	"syscall"
	"testing"
)

// TestSecondInterrupt: the first ends the capture, the second the analysis.
func TestSecondInterrupt(t *testing.T) {
	q := &lagged{make(chan struct{}), make(chan struct{})}
	e, ended := newEnding(q, streams{err: io.Discard}), make(chan struct{})
	go func() {
		e.begin()
		close(ended)
	}()
	<-q.stopped
	select {
	case <-q.left:
		t.Error("the first interrupt has ended the analysis")
	default:
	}
	if err := syscall.Kill(syscall.Getpid(), syscall.SIGINT); err != nil {
		t.Fatal(err)
	}
	<-q.left
	e.over()
	<-ended
}
