package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"time"

	"github.com/spf13/cobra"

	"httpscope/internal/course/coursework"
	"httpscope/internal/course/gradebook"
	"httpscope/internal/course/sheet"
	"httpscope/internal/course/variant"
	"httpscope/internal/recording"
	"httpscope/internal/visible"
	"httpscope/internal/wholefile"
)

func courseworkCommand(s streams) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "coursework",
		Short: "Write assignments and sheets, make a capture for each student, an upload for Gradescope",
		Args:  cobra.NoArgs,
		RunE:  func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(listAssignments(s), showAssignment(s), newSheet(s), validAssignment(s), keySheet(s), variantCommand(s), autograderCommand(s))
	return cmd
}

// oneArgument asks for an argument, and says which.
func oneArgument(what, hint string) cobra.PositionalArgs {
	return func(_ *cobra.Command, args []string) error {
		if len(args) != 1 {
			return &exitError{exitUsage, errors.New("this needs " + what), hint}
		}
		return nil
	}
}

const listHint = "`httpscope coursework list` lists the assignments that come with the program"

func listAssignments(s streams) *cobra.Command {
	cmd := &cobra.Command{Use: "list", Short: "List the assignments that come with the program", Args: cobra.NoArgs, RunE: func(*cobra.Command, []string) error {
		var b bytes.Buffer
		for _, a := range coursework.Builtins() {
			fmt.Fprintf(&b, "%-15s %2d questions  %s\n", a.ID, len(a.Questions), a.Title.In(s.texts.Lang()))
		}
		_, err := s.out.Write(b.Bytes())
		return outputResult(err)
	}}
	return cmd
}

func showAssignment(s streams) *cobra.Command {
	return &cobra.Command{Use: "show ASSIGNMENT", Short: "Print the YAML of an assignment that comes with the program, to begin your own with",
		Args: oneArgument("the name of an assignment", listHint),
		RunE: func(_ *cobra.Command, args []string) error {
			b := coursework.Source(args[0])
			if b == nil {
				return &exitError{exitUsage, fmt.Errorf("no assignment %q comes with the program", args[0]), listHint}
			}
			_, err := s.out.Write(b)
			return outputResult(err)
		}}
}

func validAssignment(s streams) *cobra.Command {
	return &cobra.Command{Use: "validate ASSIGNMENT", Short: "Say whether an assignment is right, and where it is not",
		Args: oneArgument("an assignment", "httpscope coursework validate my.yaml"),
		RunE: func(_ *cobra.Command, args []string) error {
			a, err := assignment(args[0])
			if err != nil {
				return err
			}
			points := 0.0
			for i := range a.Questions {
				points += a.Questions[i].Worth()
			}
			_, err = fmt.Fprintf(s.out, "valid\n%s: %d questions, %g points\n", a.ID, len(a.Questions), points)
			return outputError(err)
		}}
}

func newSheet(s streams) *cobra.Command {
	var out string
	cmd := &cobra.Command{Use: "new ASSIGNMENT", Short: "Write the empty sheet of an assignment, for a student to fill in",
		Args: oneArgument("an assignment", listHint),
		RunE: func(_ *cobra.Command, args []string) error {
			a, err := assignment(args[0])
			if err != nil {
				return err
			}
			return toFile(s, out, wholefile.Public, func(w io.Writer) error { return a.WriteBlank(w, s.texts.Lang()) })
		}}
	cmd.Flags().StringVarP(&out, "out", "o", "", "the file to write; it must not exist yet. By default standard output")
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
	cmd := &cobra.Command{Use: "key ASSIGNMENT --capture FILE", Short: "For teachers: the sheet of right answers for a capture, in YAML",
		Args: oneArgument("an assignment", listHint),
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
				return &exitError{exitUsage, errors.New("key needs --capture"), "the capture that the answers are about"}
			}
			key := a.Key(coursework.NewEvidence(all...))
			if err := toFile(s, out, wholefile.Private, key.WriteYAML); err != nil {
				return err
			}
			return damage
		}}
	cmd.Flags().StringArrayVar(&captures, "capture", nil, "the capture; repeat it for more")
	cmd.Flags().StringVarP(&out, "out", "o", "", "the file to write; by default standard output")
	return cmd
}

// variantFlags are the flags of `coursework variant`.
type variantFlags struct {
	seed, student, out, key, assignment, answers string
	o                                            variant.Options
}

func variantCommand(s streams) *cobra.Command {
	var f variantFlags
	cmd := &cobra.Command{Use: "variant CAPTURE --seed-file FILE --student NAME -o FILE", Short: "Make a student's own variant of a capture: other addresses, ports, times and cookies",
		Long: "Make a variant of a capture for one student. The same seed and student give the same variant; without the seed\n" +
			"nobody can make it again. --assignment with --answers writes the right answers for it.",
		Args: oneArgument("a capture", "httpscope coursework variant base.pcap --seed-file seed --student alice -o alice.pcapng"),
		RunE: func(_ *cobra.Command, args []string) error { return f.run(s, args[0]) }}
	cmd.Flags().StringVar(&f.seed, "seed-file", "", "a file with the seed, at least 16 bytes that nobody can guess")
	cmd.Flags().StringVar(&f.student, "student", "", "who the variant is for; `grade --base` takes the submission's name")
	cmd.Flags().StringVarP(&f.out, "out", "o", "", "the capture file to write")
	cmd.Flags().StringVar(&f.key, "key", "", "write what became of addresses, ports and values to this file, as JSON")
	cmd.Flags().StringVar(&f.assignment, "assignment", "", "an assignment, for --answers")
	cmd.Flags().StringVar(&f.answers, "answers", "", "write the right answers for the variant to this file")
	cmd.Flags().BoolVar(&f.o.Private, "private", false, "loopback addresses become private ones")
	cmd.Flags().BoolVar(&f.o.Shuffle, "shuffle", false, "connections that do not depend on each other change places")
	return cmd
}

func (f *variantFlags) run(s streams, path string) error {
	switch {
	case f.seed == "" || f.student == "" || f.out == "":
		return &exitError{exitUsage, errors.New("variant needs --seed-file, --student and -o"), "head -c 32 /dev/urandom | base64 > seed"}
	case (f.assignment == "") != (f.answers == ""):
		return &exitError{exitUsage, errors.New("--assignment and --answers go together"), "which questions, and where their answers go"}
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
		return &exitError{exitUsage, fmt.Errorf("%s: %w", path, err), ""}
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
			return e.Encode(key)
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
	var key *sheet.Sheet = a.Key(coursework.NewEvidence(r))
	key.Student = f.student
	return toFile(s, f.answers, wholefile.Private, key.WriteYAML)
}

func autograderCommand(s streams) *cobra.Command {
	var out, binary, feedback string
	cmd := &cobra.Command{Use: "autograder ASSIGNMENT -o FILE", Short: "Write a zip file that Gradescope takes as the autograder of a programming assignment",
		Args: oneArgument("an assignment", listHint),
		RunE: func(_ *cobra.Command, args []string) error {
			if out == "" {
				return &exitError{exitUsage, errors.New("autograder needs -o"), "-o autograder.zip"}
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
					return &exitError{exitUsage, err, "name the program with --binary"}
				}
			}
			return toFile(s, out, wholefile.Private, func(w io.Writer) error {
				err := gradebook.Autograder(w, gradebook.AutograderOptions{Binary: binary, Assignment: yaml, Feedback: feedback, Time: time.Now()})
				if err != nil {
					return &exitError{exitUsage, err, "CGO_ENABLED=0 go build ./cmd/httpscope makes a static program for --binary"}
				}
				return nil
			})
		}}
	cmd.Flags().StringVarP(&out, "out", "o", "", "the zip file to write")
	cmd.Flags().StringVar(&binary, "binary", "", "a static build of httpscope for Linux; by default this program")
	cmd.Flags().StringVar(&feedback, "feedback", "hints", "what students are told: none, hints or full")
	return cmd
}
