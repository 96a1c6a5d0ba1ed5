package main

import (
	"context"
	"errors"
	"io"
	"os/signal"

	"github.com/spf13/cobra"

	"httpscope/capture"
	"httpscope/internal/pane"
	"httpscope/internal/session"
	"httpscope/internal/texts"
)

func openCommand(s streams) *cobra.Command {
	var f screenFlags
	cmd := &cobra.Command{
		Use:   "open FILE",
		Short: s.texts.Phrase("command.open.short"),
		Long:  s.texts.Phrase("command.open.long"),
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) != 1 {
				return &exitError{exitUsage, texts.Errorf("error.open.no-file"), texts.Say("hint.open.no-file")}
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error { return f.open(cmd.Context(), s, args[0]) },
	}
	f.add(cmd, s.texts)
	return cmd
}

// open shows a file. That it is damaged is told on the screen, and again when
// the screen is left.
func (f *screenFlags) open(ctx context.Context, s streams, path string) error {
	ctx, stop := signal.NotifyContext(ctx, endSignals()...)
	defer stop()
	st, err := f.store()
	if err != nil {
		return err
	}
	c, err := f.config(st)
	if err != nil {
		return err
	}
	var file *capture.File
	if !waits(path) {
		if file, err = open(path, s.in); err != nil {
			return err
		}
		file.LookAhead()
	}
	if err := terminal(texts.Say("hint.open.read", quoteArg(path))); err != nil {
		return err
	}
	w := session.NewWatch(st, regular(path))
	dropped := uint64(0) // as of the last packet: the file is being read meanwhile
	w.Packet = func(*capture.Packet) { dropped = file.Info().Dropped }
	w.Counts = func() (uint64, uint64) { return dropped, 0 }
	c.Source = s.texts.Phrase("screen.source.file", path)
	pane.Files{Store: st, Texts: s.texts, Capture: pane.CaptureFile(s.texts, path)}.Configure(&c)
	if err := f.asks(&c, pane.CaptureFile(s.texts, path)); err != nil {
		return err
	}
	err = show(ctx, c, func(ctx context.Context) (err error) {
		if file == nil {
			if file, err = openWatched(ctx, w, path, s.in); file == nil {
				return err
			}
		}
		err = w.Run(ctx, file)
		if ctx.Err() == nil { // else a read may still be under way
			file.Close()
		}
		return err
	})
	if err == nil && file != nil {
		summary := w.Engine.Summary()
		s.hintEmpty(ctx, err, &summary)
	}
	return damaged(path, err)
}

// damaged gives a damaged input its exit code.
func damaged(path string, err error) error {
	var d *capture.DamageError
	if errors.As(err, &d) {
		return &exitError{code: exitDamaged, err: texts.Errorf("error.of", path, d)}
	}
	return err
}

// openWatched opens an input into which somebody may not have begun to write. It returns neither a
// file nor an error when ctx ends before.
func openWatched(ctx context.Context, w *session.Watch, path string, stdin io.Reader) (*capture.File, error) {
	file, err := openWithin(ctx, path, stdin)
	if ctx.Err() != nil {
		return nil, nil
	}
	if err != nil {
		w.Fail(err)
	}
	return file, err
}
