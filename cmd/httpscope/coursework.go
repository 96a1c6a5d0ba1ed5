package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"os"
	"time"

	"github.com/spf13/cobra"

	"httpscope/internal/course/coursework"
	"httpscope/internal/course/gradebook"
	"httpscope/internal/course/variant"
	"httpscope/internal/recording"
	"httpscope/internal/texts"
	"httpscope/internal/visible"
	"httpscope/internal/wholefile"
)

func courseworkCommand(s streams) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "coursework",
		Short: s.texts.Phrase("command.coursework.short"),
		Args:  noArguments,
		RunE:  func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(listAssignments(s), showAssignment(s), newSheet(s), validAssignment(s), keySheet(s),
		variantCommand(s), autograderCommand(s))
	return cmd
}

// oneArgument asks for an argument, and says which by the key of a phrase.
func oneArgument(key string, hint texts.Phrase) cobra.PositionalArgs {
	return func(_ *cobra.Command, args []string) error {
		if len(args) != 1 {
			return &exitError{exitUsage, texts.Errorf(key), hint}
		}
		return nil
	}
}

// listHint is where to look for an assignment.
var listHint = texts.Say("hint.check.list")

func listAssignments(s streams) *cobra.Command {
	return &cobra.Command{Use: "list", Short: s.texts.Phrase("command.coursework.list.short"), Args: noArguments,
		RunE: func(*cobra.Command, []string) error {
			var b bytes.Buffer
			unit := s.texts.Phrase("coursework.listed")
			for _, a := range coursework.Builtins() {
				fmt.Fprintf(&b, "%-15s %2d %s  %s\n", a.ID, len(a.Questions), unit, a.Title.In(s.texts.Lang()))
			}
			_, err := s.out.Write(b.Bytes())
			return outputResult(err)
		}}
}

func showAssignment(s streams) *cobra.Command {
	return &cobra.Command{Use: "show ASSIGNMENT", Short: s.texts.Phrase("command.coursework.show.short"),
		Args: oneArgument("error.coursework.needs-name", listHint),
		RunE: func(_ *cobra.Command, args []string) error {
			b := coursework.Source(args[0])
			if b == nil {
				return &exitError{exitUsage, texts.Errorf("error.coursework.none-built-in", args[0]), listHint}
			}
			_, err := s.out.Write(b)
			return outputResult(err)
		}}
}

func validAssignment(s streams) *cobra.Command {
	return &cobra.Command{Use: "validate ASSIGNMENT", Short: s.texts.Phrase("command.coursework.validate.short"),
		Args: oneArgument("error.coursework.needs-assignment", texts.Plain("httpscope coursework validate my.yaml")),
		RunE: func(_ *cobra.Command, args []string) error {
			a, err := assignment(args[0])
			if err != nil {
				return err
			}
			points := 0.0
			for i := range a.Questions {
				points += a.Questions[i].Worth()
			}
			_, err = fmt.Fprintln(s.out, s.texts.Phrase("coursework.valid", a.ID, len(a.Questions), points))
			return outputError(err)
		}}
}

func newSheet(s streams) *cobra.Command {
	var out string
	cmd := &cobra.Command{Use: "new ASSIGNMENT", Short: s.texts.Phrase("command.coursework.new.short"),
		Args: oneArgument("error.coursework.needs-assignment", listHint),
		RunE: func(_ *cobra.Command, args []string) error {
			a, err := assignment(args[0])
			if err != nil {
				return err
			}
			return toFile(s, out, wholefile.Public, func(w io.Writer) error { return a.WriteBlank(w, s.texts.Lang()) })
		}}
	cmd.Flags().StringVarP(&out, "out", "o", "", s.texts.Phrase("flag.coursework.new.out"))
	return cmd
}

// toFile writes a new file, or standard output. What exists is left alone: it
// may be a sheet with answers.
func toFile(s streams, path string, mode fs.FileMode, write func(io.Writer) error) error {
	if path == "" {
		return outputResult(write(s.out))
	}
	return writing(path, wholefile.Create(path, mode, write))
}

func keySheet(s streams) *cobra.Command {
	var captures []string
	var out string
	cmd := &cobra.Command{Use: "key ASSIGNMENT --capture FILE", Short: s.texts.Phrase("command.coursework.key.short"),
		Args: oneArgument("error.coursework.needs-assignment", listHint),
		RunE: func(_ *cobra.Command, args []string) error {
			a, err := assignment(args[0])
			if err != nil {
				return err
			}
			all, damage, err := openRecordings(captures)
			if err != nil {
				return err
			}
			if len(all) == 0 {
				return &exitError{exitUsage, texts.Errorf("error.coursework.key-capture"),
					texts.Say("hint.check.capture")}
			}
			key := a.Key(coursework.NewEvidence(all...))
			if err := toFile(s, out, wholefile.Private, key.WriteYAML); err != nil {
				return err
			}
			return damage
		}}
	cmd.Flags().StringArrayVar(&captures, "capture", nil, s.texts.Phrase("flag.coursework.key.capture"))
	cmd.Flags().StringVarP(&out, "out", "o", "", s.texts.Phrase("flag.coursework.key.out"))
	return cmd
}

// variantFlags are the flags of `coursework variant`.
type variantFlags struct {
	seed, student, out, key, assignment, answers string
	o                                            variant.Options
}

func variantCommand(s streams) *cobra.Command {
	var f variantFlags
	cmd := &cobra.Command{Use: "variant CAPTURE --seed-file FILE --student NAME -o FILE",
		Short: s.texts.Phrase("command.coursework.variant.short"),
		Long:  s.texts.Phrase("command.coursework.variant.long"),
		Args: oneArgument("error.coursework.needs-capture",
			texts.Plain("httpscope coursework variant base.pcap --seed-file seed --student alice -o alice.pcapng")),
		RunE: func(_ *cobra.Command, args []string) error { return f.run(s, args[0]) }}
	cmd.Flags().StringVar(&f.seed, "seed-file", "", s.texts.Phrase("flag.coursework.variant.seed-file"))
	cmd.Flags().StringVar(&f.student, "student", "", s.texts.Phrase("flag.coursework.variant.student"))
	cmd.Flags().StringVarP(&f.out, "out", "o", "", s.texts.Phrase("flag.coursework.variant.out"))
	cmd.Flags().StringVar(&f.key, "key", "", s.texts.Phrase("flag.coursework.variant.key"))
	cmd.Flags().StringVar(&f.assignment, "assignment", "", s.texts.Phrase("flag.coursework.variant.assignment"))
	cmd.Flags().StringVar(&f.answers, "answers", "", s.texts.Phrase("flag.coursework.variant.answers"))
	cmd.Flags().BoolVar(&f.o.Private, "private", false, s.texts.Phrase("flag.coursework.variant.private"))
	cmd.Flags().BoolVar(&f.o.Shuffle, "shuffle", false, s.texts.Phrase("flag.coursework.variant.shuffle"))
	return cmd
}

func (f *variantFlags) run(s streams, path string) error {
	switch {
	case f.seed == "" || f.student == "" || f.out == "":
		return &exitError{exitUsage, texts.Errorf("error.coursework.variant"),
			texts.Plain("head -c 32 /dev/urandom | base64 > seed")}
	case (f.assignment == "") != (f.answers == ""):
		return &exitError{exitUsage, texts.Errorf("error.coursework.answers"), texts.Say("hint.coursework.answers")}
	}
	base, err := openRecording(path)
	if err != nil {
		return err
	}
	seed, err := readSeed(f.seed)
	if err != nil {
		return err
	}
	var b bytes.Buffer
	key, err := variant.Make(base, &b, seed, f.student, f.o)
	if err != nil {
		return &exitError{code: exitUsage, err: texts.Errorf("error.of", path, err)}
	}
	if err := toFile(s, f.out, wholefile.Private, func(w io.Writer) error {
		_, err := w.Write(b.Bytes()) // b is read again below, so it is not emptied
		return err
	}); err != nil {
		return err
	}
	if f.key != "" {
		if err := toFile(s, f.key, wholefile.Private, func(w io.Writer) error {
			e := json.NewEncoder(visible.JSONWriter(w))
			e.SetIndent("", "  ")
			return e.Encode(key.In(s.texts))
		}); err != nil {
			return err
		}
	}
	if f.assignment == "" {
		return nil
	}
	return f.writeAnswers(s, b.Bytes())
}

func (f *variantFlags) writeAnswers(s streams, made []byte) error {
	a, err := assignment(f.assignment)
	if err != nil {
		return err
	}
	r, err := recording.Read(bytes.NewReader(made), 0)
	if err != nil {
		return &exitError{code: exitUsage, err: err}
	}
	key := a.Key(coursework.NewEvidence(r))
	key.Student = f.student
	return toFile(s, f.answers, wholefile.Private, key.WriteYAML)
}

func autograderCommand(s streams) *cobra.Command {
	var out, binary, feedback string
	cmd := &cobra.Command{Use: "autograder ASSIGNMENT -o FILE",
		Short: s.texts.Phrase("command.coursework.autograder.short"),
		Args:  oneArgument("error.coursework.needs-assignment", listHint),
		RunE: func(_ *cobra.Command, args []string) error {
			if out == "" {
				return &exitError{exitUsage, texts.Errorf("error.coursework.autograder"),
					texts.Plain("-o autograder.zip")}
			}
			if err := feedbackLevel(feedback); err != nil {
				return err
			}
			a, err := assignment(args[0])
			if err != nil {
				return err
			}
			yaml := coursework.Source(a.ID)
			if coursework.Builtin(args[0]) == nil {
				if yaml, err = os.ReadFile(args[0]); err != nil {
					return openError(args[0], err)
				}
			}
			if binary == "" {
				if binary, err = os.Executable(); err != nil {
					return &exitError{exitUsage, err, texts.Say("hint.coursework.binary")}
				}
			}
			return toFile(s, out, wholefile.Private, func(w io.Writer) error {
				o := gradebook.AutograderOptions{Binary: binary, Assignment: yaml, Feedback: feedback,
					Lang: s.texts.Lang(),
					Time: time.Now()}
				if err := gradebook.Autograder(w, o); err != nil {
					return &exitError{exitUsage, err, texts.Say("hint.coursework.static")}
				}
				return nil
			})
		}}
	cmd.Flags().StringVarP(&out, "out", "o", "", s.texts.Phrase("flag.coursework.autograder.out"))
	cmd.Flags().StringVar(&binary, "binary", "", s.texts.Phrase("flag.coursework.autograder.binary"))
	cmd.Flags().StringVar(&feedback, "feedback", "hints", s.texts.Phrase("flag.coursework.autograder.feedback"))
	return cmd
}
