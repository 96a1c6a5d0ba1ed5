package main

import (
	"errors"
	"fmt"
	"io"
	"iter"
	"slices"

	"github.com/spf13/cobra"

	"httpscope/internal/doc"
	"httpscope/internal/lesson"
	"httpscope/internal/recording"
	"httpscope/internal/spelling"
	"httpscope/internal/trace"
)

// lessonWidth is the columns that the sentences of a lesson are wrapped to.
const lessonWidth = lesson.Width

func lessonCommand(s streams) *cobra.Command {
	var scope lesson.Scope
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "lesson [KIND FILE]",
		Short: "Show what a capture teaches: prices, readings, chunks, jars, hijacks, ranges, leaks",
		Long:  "Show one kind of lesson about a capture file. Without arguments, list the kinds.",
		Args:  lessonArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return listLessons(s.out, asJSON)
			}
			if !cmd.Flags().Changed("connection") {
				scope.Connection = lesson.Everything.Connection
			} else if scope.Connection < 0 {
				return noConnection(scope.Connection)
			}
			if cmd.Flags().Changed("exchange") && scope.Exchange < 1 {
				return noExchange(scope.Exchange)
			}
			return showLesson(s.out, args[0], args[1], scope, asJSON)
		},
	}
	cmd.Flags().Int64Var(&scope.Connection, "connection", 0, "only this connection, by its number from 0")
	cmd.Flags().Int64Var(&scope.Exchange, "exchange", 0, "only this exchange, by its number from 1")
	cmd.Flags().BoolVar(&asJSON, "json", false, "the lesson's data as a JSON object")
	return cmd
}

func lessonArgs(_ *cobra.Command, args []string) error {
	switch {
	case len(args) > 0 && !isLesson(args[0]):
		return unknownLesson(args[0])
	case len(args) == 1:
		return &exitError{exitUsage, fmt.Errorf("lesson %s needs a capture file", args[0]), "run it as: httpscope lesson " + args[0] + " FILE"}
	case len(args) > 2:
		return &exitError{exitUsage, errors.New("lesson reads one capture file"), "run it as: httpscope lesson " + args[0] + " " + quoteArg(args[1])}
	}
	return nil
}

func isLesson(name string) bool {
	_, ok := lesson.Lookup(name)
	return ok
}

// unknownLesson suggests the kind that may have been meant.
func unknownLesson(name string) error {
	var names []string
	for _, k := range lesson.Kinds {
		names = append(names, k.Name)
	}
	hint := "`httpscope lesson` lists the kinds"
	if near := spelling.Nearest(name, names); near != "" {
		hint = "did you mean " + near + "? " + hint
	}
	return &exitError{code: exitUsage, err: fmt.Errorf("there is no lesson %q", name), hint: hint}
}

// listLessons prints the kinds.
func listLessons(w io.Writer, asJSON bool) error {
	if asJSON {
		type kind struct {
			Name  string `json:"name"`
			Title string `json:"title"`
			About string `json:"about"`
		}
		var all []kind
		for _, k := range lesson.Kinds {
			all = append(all, kind{k.Name, k.Title, k.About})
		}
		return writeJSON(w, all)
	}
	var d doc.Lines
	for _, k := range lesson.Kinds {
		d = append(d, doc.Line{Spans: []doc.Span{{Text: k.Name, Role: doc.Key}}}, doc.Line{Spans: []doc.Span{{Text: "    " + k.About}}})
	}
	d = append(d, doc.Line{}, doc.Line{Spans: []doc.Span{{Text: "Show one: httpscope lesson KIND FILE"}}})
	return writePage(w, d)
}

func writePage(w io.Writer, d doc.Page) error {
	_, err := io.WriteString(w, doc.Text(doc.Wrap(d, lessonWidth)))
	return outputResult(err)
}

// showLesson reads a capture and prints a lesson about it.
func showLesson(w io.Writer, name, path string, scope lesson.Scope, asJSON bool) error {
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
	l := k.Make(recorded{r}, scope)
	if asJSON {
		err = writeJSON(w, l)
	} else {
		err = writePage(w, l.Page())
	}
	if err == nil && r.Damage != nil {
		return &exitError{code: exitDamaged, err: r.Damage}
	}
	return err
}

func lessonOpenError(path string, err error) error {
	var large *recording.TooLargeError
	if errors.As(err, &large) {
		return &exitError{exitUsage, err, "lessons hold the whole capture in memory; cut it with a filter first: editcap or tshark -r FILE -Y FILTER -w SMALL"}
	}
	return openError(path, err)
}

func noConnection(id int64) error {
	return &exitError{exitUsage, fmt.Errorf("there is no connection %d in the capture", id), "`httpscope read --connections FILE` lists them; they count from 0"}
}

func noExchange(id int64) error {
	return &exitError{exitUsage, fmt.Errorf("there is no exchange %d in the capture", id), "`httpscope read FILE` lists them; they count from 1"}
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
