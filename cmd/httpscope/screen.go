package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"runtime/debug"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"httpscope/internal/filter"
	"httpscope/internal/pane"
	"httpscope/internal/store"
	"httpscope/internal/texts"
	"httpscope/internal/trace"
	"httpscope/tui"
)

// screenFlags are the flags of every command that opens the terminal UI.
type screenFlags struct {
	keep    string
	ascii   bool
	noMouse bool
	color   string
	filter  string
	texts   texts.Catalogue
	assignmentFlags
}

func (f *screenFlags) add(cmd *cobra.Command, c texts.Catalogue) {
	f.texts = c
	cmd.Flags().StringVar(&f.keep, "keep", "512MB", c.Phrase("flag.screen.keep"))
	cmd.Flags().BoolVar(&f.ascii, "ascii", asciiLocale(), c.Phrase("flag.screen.ascii"))
	cmd.Flags().BoolVar(&f.noMouse, "no-mouse", false, c.Phrase("flag.screen.no-mouse"))
	cmd.Flags().StringVar(&f.color, "color", "dark", c.Phrase("flag.screen.color", strings.Join(tui.ThemeNames, ", ")))
	f.assignmentFlags.add(cmd, c)
	cmd.Flags().StringVarP(&f.filter, "display-filter", "Y", "", c.Phrase("flag.screen.display-filter"))
}

// asciiLocale reports a locale in which terminals may draw line characters two
// columns wide.
func asciiLocale() bool {
	for _, name := range []string{"LC_ALL", "LC_CTYPE", "LANG"} {
		if v := os.Getenv(name); v != "" {
			return strings.HasPrefix(v, "zh") || strings.HasPrefix(v, "ja") || strings.HasPrefix(v, "ko") ||
				v == "C" || v == "POSIX"
		}
	}
	return false
}

// spareMemory is what the program needs besides what it keeps: buffers,
// connections, the pages on the screen.
const spareMemory = 96 << 20

// store makes the store that the flags ask for.
func (f *screenFlags) store() (*store.Store, error) {
	n, err := parseSize(f.keep)
	if err != nil {
		return nil, &exitError{exitUsage, texts.Errorf("error.of", "--keep", err), texts.Say("hint.screen.keep")}
	}
	// Go lets a heap grow to twice what is in use before it collects.
	debug.SetGCPercent(40)
	debug.SetMemoryLimit(n + n/2 + spareMemory)
	return store.New(n), nil
}

// config is the part of the screen's configuration that all commands share.
func (f *screenFlags) config(s *store.Store) (tui.Config, error) {
	c := tui.Config{Store: s, ASCII: f.ascii, Mouse: !f.noMouse, Compile: compiler(s, f.texts),
		CompileBeside: compilerBeside(s, f.texts), Lang: f.texts.Lang(), Complete: filter.Complete, Initial: f.filter}
	c.Lesson, c.Lessons = pane.Lessons(f.texts, s), pane.LessonKinds(f.texts)
	name := f.color
	if name == "never" || os.Getenv("NO_COLOR") != "" {
		name = "mono"
	}
	var ok bool
	if c.Theme, ok = tui.NamedTheme(name); !ok {
		return c, &exitError{exitUsage, texts.Errorf("error.screen.theme", f.color),
			texts.Say("hint.screen.theme", strings.Join(tui.ThemeNames, ", "))}
	}
	if f.filter != "" {
		if _, err := filter.Compile(f.filter); err != nil {
			return c, filterError(f.filter, err)
		}
	}
	return c, nil
}

// asks lets the screen ask: the assignment that the flags name, answered for the
// capture so far, and a quiz about it.
func (f *screenFlags) asks(c *tui.Config, capture func(io.Writer) (string, error)) error {
	a, err := f.assignmentFlags.open(f.texts.Lang(), capture)
	if err != nil {
		return err
	}
	if a != nil {
		c.Assignment = a
	}
	c.Quiz = pane.NewQuiz(f.texts, capture)
	return nil
}

// terminal refuses to draw where nobody can see it.
func terminal(otherwise texts.Phrase) error {
	if term.IsTerminal(int(os.Stdout.Fd())) {
		return nil
	}
	return &exitError{exitUsage, texts.Errorf("error.screen.no-terminal"), otherwise}
}

// exchangeFilter is a display filter over whole exchanges, as the table shows them.
type exchangeFilter struct {
	*filter.Filter
	store *store.Store
	texts texts.Catalogue
}

// Match implements tui.Matcher.
func (f *exchangeFilter) Match(x *trace.Exchange) bool {
	return f.Filter.Match(&filter.Subject{X: x, Begin: f.store.Began()})
}

// Why implements tui.Matcher.
func (f *exchangeFilter) Why(x *trace.Exchange) (bool, []string) {
	v := f.Filter.Why(&filter.Subject{X: x, Begin: f.store.Began()})
	var reasons []string
	for _, r := range v.Reasons {
		reasons = append(reasons, f.texts.Of(r.Text))
	}
	return v.Match, reasons
}

// compiler makes display filters for the exchanges of a store.
func compiler(s *store.Store, c texts.Catalogue) func(expr string) (tui.Matcher, error) {
	return func(expr string) (tui.Matcher, error) {
		f, err := filter.Compile(expr)
		if err != nil {
			return nil, err
		}
		return &exchangeFilter{f, s, c}, nil
	}
}

// compilerBeside makes display filters that may refer to the selected exchange.
func compilerBeside(
	s *store.Store, c texts.Catalogue,
) func(expr string, selected *trace.Exchange) (tui.Matcher, error) {
	return func(expr string, selected *trace.Exchange) (tui.Matcher, error) {
		f, err := filter.CompileBeside(expr, false, &filter.Subject{X: selected, Begin: s.Began()})
		if err != nil {
			return nil, err
		}
		return &exchangeFilter{f, s, c}, nil
	}
}

// show runs the screen beside work, and ends work when the screen is left. A
// panic of work ends the screen first, so that the terminal is as it was.
func show(ctx context.Context, c tui.Config, work func(ctx context.Context) error) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	var crash any
	done := make(chan error, 1)
	go func() {
		defer func() {
			if p := recover(); p != nil {
				crash = fmt.Sprintf("%v\n\n%s", p, debug.Stack())
				cancel()
				done <- nil
			}
		}()
		done <- work(ctx)
	}()
	err := tui.Run(ctx, c)
	cancel()
	worked := <-done
	if crash != nil {
		panic(crash)
	}
	if err != nil {
		return &exitError{code: exitUsage, err: err, hint: texts.Say("hint.screen.term", os.Getenv("TERM"))}
	}
	return worked
}
