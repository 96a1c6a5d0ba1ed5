package main

import (
	"errors"
	"io"
	"iter"
	"slices"

	"github.com/spf13/cobra"

	"httpscope/internal/doc"
	"httpscope/internal/lesson"
	"httpscope/internal/recording"
	"httpscope/internal/texts"
	"httpscope/internal/trace"
)

func lessonCommand(s streams) *cobra.Command {
	var scope lesson.Scope
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "lesson [KIND FILE]",
		Short: s.texts.Phrase("command.lesson.short"),
		Long:  s.texts.Phrase("command.lesson.long"),
		Args:  lessonArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return listLessons(s, asJSON)
			}
			if !cmd.Flags().Changed("connection") {
				scope.Connection = lesson.Everything.Connection
			} else if scope.Connection < 0 {
				return noConnection(scope.Connection)
			}
			if cmd.Flags().Changed("exchange") && scope.Exchange < 1 {
				return noExchange(scope.Exchange)
			}
			return showLesson(s, args[0], args[1], scope, asJSON)
		},
	}
	cmd.Flags().Int64Var(&scope.Connection, "connection", 0, s.texts.Phrase("flag.lesson.connection"))
	cmd.Flags().Int64Var(&scope.Exchange, "exchange", 0, s.texts.Phrase("flag.lesson.exchange"))
	cmd.Flags().BoolVar(&asJSON, "json", false, s.texts.Phrase("flag.lesson.json"))
	return cmd
}

func lessonArgs(_ *cobra.Command, args []string) error {
	wrong := func(err error, command string) error {
		return &exitError{exitUsage, err, texts.Say("hint.lesson.run", command)}
	}
	switch {
	case len(args) > 0 && !isLesson(args[0]):
		return lesson.Unknown(args[0])
	case len(args) == 1:
		return wrong(texts.Errorf("error.lesson.no-file", args[0]), "httpscope lesson "+args[0]+" FILE")
	case len(args) > 2:
		return wrong(texts.Errorf("error.lesson.one-file"), "httpscope lesson "+args[0]+" "+quoteArg(args[1]))
	}
	return nil
}

func isLesson(name string) bool {
	_, ok := lesson.Lookup(name)
	return ok
}

// listLessons prints the kinds.
func listLessons(s streams, asJSON bool) error {
	if asJSON {
		return writeJSON(s.out, lessonKindsAsJSON(s.texts))
	}
	w := doc.NewWriter(s.texts)
	for _, k := range lesson.Kinds {
		w.About(doc.Ref{}, doc.Span{Text: k.Name, Role: doc.Key})
		w.About(doc.Ref{}, doc.Space(4), w.Span(doc.Plain, k.About.Key))
	}
	w.Empty()
	w.Say(doc.Plain, "command.lesson.show-one")
	return writePage(s.out, w.Lines)
}

// jsonKind is a kind of lesson in JSON.
type jsonKind struct {
	Name  string `json:"name"`
	Title string `json:"title"`
	About string `json:"about"`
}

func lessonKindsAsJSON(c texts.Catalogue) []jsonKind {
	var all []jsonKind
	for _, k := range lesson.Kinds {
		all = append(all, jsonKind{k.Name, c.Of(k.Title), c.Of(k.About)})
	}
	return all
}

// writePage prints a page, wrapped as lessons are.
func writePage(w io.Writer, d doc.Page) error {
	_, err := io.WriteString(w, doc.Text(doc.Wrap(d, lesson.Width)))
	return outputResult(err)
}

// showLesson reads a capture and prints a lesson about it.
func showLesson(s streams, name, path string, scope lesson.Scope, asJSON bool) error {
	r, err := recording.Open(path, 0)
	if err != nil {
		return lessonOpenError(path, err)
	}
	if scope.Connection >= 0 && r.Connection(scope.Connection) == nil {
		return noConnection(scope.Connection)
	}
	if scope.Exchange > int64(len(r.Exchanges)) {
		return noExchange(scope.Exchange)
	}
	k, _ := lesson.Lookup(name)
	l := k.Make(s.texts.Lang(), recorded{r}, scope)
	if asJSON {
		err = writeJSON(s.out, l)
	} else {
		err = writePage(s.out, l.Page())
	}
	if err == nil && r.Damage != nil {
		return &exitError{code: exitDamaged, err: r.Damage}
	}
	return err
}

func lessonOpenError(path string, err error) error {
	var large *recording.TooLargeError
	if errors.As(err, &large) {
		return &exitError{exitUsage, err, texts.Say("hint.lesson.too-large")}
	}
	return openError(path, err)
}

func noConnection(id int64) error {
	return &exitError{exitUsage, texts.Errorf("error.lesson.no-connection", id), texts.Say("hint.lesson.connections")}
}

func noExchange(id int64) error {
	return &exitError{exitUsage, texts.Errorf("error.lesson.no-exchange", id), texts.Say("hint.lesson.exchanges")}
}

// recorded is a recording as lessons look at it.
type recorded struct{ r *recording.Recording }

// Connections implements lesson.Source.
func (s recorded) Connections() iter.Seq[*trace.Connection] { return slices.Values(s.r.Connections) }

// Exchanges implements lesson.Source.
func (s recorded) Exchanges() iter.Seq[*trace.Exchange] { return slices.Values(s.r.Exchanges) }

// Tape implements lesson.Source.
func (s recorded) Tape(connection int64) *trace.Tape { return s.r.Tape(connection) }

// WireLen implements lesson.Source.
func (s recorded) WireLen(frame int64) int {
	if p := s.r.Packet(frame); p != nil {
		return p.WireLen
	}
	return 0
}

// Begin implements lesson.Source.
func (s recorded) Begin() int64 { return s.r.Begin }
