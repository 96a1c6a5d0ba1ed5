package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"sync"

	"github.com/spf13/cobra"

	"httpscope/internal/texts"
	"httpscope/internal/visible"
)

// Exit codes of the command line contract.
const (
	exitDone        = 0
	exitWrong       = 1   // a check found an answer that is not right
	exitUsage       = 2   // wrong usage, or an input that cannot be opened
	exitDamaged     = 3   // the input was damaged part-way
	exitInterrupted = 130 // `read` was interrupted, or a second interrupt ended it: as shells say that SIGINT did
)

// exitError carries an exit code and perhaps a hint to the one place that prints them.
type exitError struct {
	code int
	err  error
	hint texts.Phrase // the zero phrase for none
}

func (e *exitError) Error() string {
	if e.err == nil {
		return ""
	}
	return e.err.Error()
}

func (e *exitError) Unwrap() error { return e.err }

// streams are the program's standard streams, and the language that it speaks on them.
type streams struct {
	in       io.Reader
	out, err io.Writer
	texts    texts.Catalogue
}

// run is the program without the process around it. It prints errors as one
// line "httpscope: error: …" and one line "httpscope: hint: …".
func run(args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	lang, err := languageAsked(args)
	if err != nil {
		return streams{err: stderr, texts: texts.In(texts.LangOf(os.Getenv))}.report(err)
	}
	root := &cobra.Command{
		Use:           "httpscope",
		Short:         texts.In(lang).Phrase("command.httpscope.short"),
		SilenceErrors: true,
		SilenceUsage:  true,
		Args:          noArguments,
	}
	addLanguageFlag(root, texts.In(lang))
	root.CompletionOptions.DisableDefaultCmd = true
	out := &stickyWriter{w: stdout}
	s := streams{stdin, out, stderr, texts.In(lang)}
	root.SetIn(stdin)
	root.SetOut(out)
	root.SetErr(stderr)
	root.SetArgs(args)
	root.RunE = func(cmd *cobra.Command, _ []string) error { return cmd.Help() }
	root.AddCommand(readCommand(s), openCommand(s), liveCommand(s), labCommand(s), serveCommand(s),
		interfacesCommand(s), filterCommand(s), checkCommand(s), gradeCommand(s), courseworkCommand(s),
		lessonCommand(s), quizCommand(s), explainCommand(s), versionCommand(s))
	root.SetFlagErrorFunc(flagError)
	inLanguage(root, s.texts)
	err = root.Execute()
	if err == nil { // what prints help looks at no error
		err = outputError(out.failed())
	}
	return s.report(err)
}

// stickyWriter remembers the first error of a writer, for those that print and look at none.
type stickyWriter struct {
	w   io.Writer
	mu  sync.Mutex // servers write from many goroutines
	err error
}

// Write implements io.Writer.
func (n *stickyWriter) Write(b []byte) (int, error) {
	written, err := n.w.Write(b)
	if err != nil {
		n.mu.Lock()
		defer n.mu.Unlock()
		if n.err == nil {
			n.err = err
		}
	}
	return written, err
}

func (n *stickyWriter) failed() error {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.err
}

// report says how the program ended, and returns its exit code.
func (s streams) report(err error) int {
	if err == nil {
		return exitDone
	}
	e := &exitError{code: exitUsage, err: err}
	if errors.As(err, &e) && e.err == nil {
		return e.code // the output has said it
	}
	var hinted *texts.HintedError
	switch {
	case errors.As(err, &e):
	case errors.As(err, &hinted):
		e.hint = hinted.Hint
	default:
		e.hint = texts.Say("hint.commands")
	}
	s.tell("error", s.texts.Error(e.err))
	if !e.hint.IsZero() {
		s.hint(e.hint)
	}
	return e.code
}

// tell prints one line to standard error: "httpscope: ", what kind of line it is unless that is "", and what it says.
func (s streams) tell(kind, said string) {
	if kind != "" {
		kind += ": "
	}
	fmt.Fprintf(s.err, "httpscope: %s%s\n", kind, visible.Line(said))
}

// note tells what was done, by the key of a phrase.
func (s streams) note(key string, args ...any) { s.tell("", s.texts.Phrase(key, args...)) }

// warn tells what is not as asked for.
func (s streams) warn(key string, args ...any) { s.tell("warning", s.texts.Phrase(key, args...)) }

// hint tells what to do.
func (s streams) hint(said texts.Phrase) { s.tell("hint", s.texts.Of(said)) }
