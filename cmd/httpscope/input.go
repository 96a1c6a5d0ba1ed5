package main

import (
	"context"
	"errors"
	"io"
	"os"

	"httpscope/capture"
	"httpscope/internal/texts"
)

// regular reports a path that is a file, which nobody is writing packet by packet.
func regular(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.Mode().IsRegular()
}

func open(path string, stdin io.Reader) (*capture.File, error) {
	var file *capture.File
	var err error
	if path == "-" {
		file, err = capture.NewFile(stdin)
	} else {
		file, err = capture.Open(path)
	}
	if err != nil {
		return nil, openError(path, err)
	}
	return file, nil
}

// openWithin is open that ends with ctx: who writes into a pipe may not have begun.
func openWithin(ctx context.Context, path string, stdin io.Reader) (*capture.File, error) {
	type result struct {
		file *capture.File
		err  error
	}
	opened := make(chan result, 1)
	go func() {
		file, err := open(path, stdin)
		opened <- result{file, err}
	}()
	select {
	case r := <-opened:
		return r.file, r.err
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// waits reports an input into which somebody may not have begun to write: the screen is there
// before it is open, and can be left.
func waits(path string) bool {
	st, err := os.Stat(path)
	return path == "-" || err == nil && !st.Mode().IsRegular() && !st.IsDir()
}

// openError explains why an input cannot be opened.
func openError(path string, err error) error {
	e := &exitError{code: exitUsage, err: err}
	switch {
	case errors.Is(err, os.ErrNotExist):
		e.hint = texts.Say("hint.input.name")
	case errors.Is(err, os.ErrPermission):
		e.hint = texts.Say("hint.input.permission", quoteArg(path))
	}
	return e
}
