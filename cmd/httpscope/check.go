package main

import (
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"httpscope/capture"
	"httpscope/internal/course/coursework"
	"httpscope/internal/course/gradebook"
	"httpscope/internal/course/grading"
	"httpscope/internal/course/report"
	"httpscope/internal/course/sheet"
	"httpscope/internal/recording"
	"httpscope/internal/texts"
	"httpscope/internal/visible"
	"httpscope/internal/wholefile"
)

// feedbackLevels are what a report may say.
var feedbackLevels = []string{"none", "hints", "full"}

// checkFlags are the flags of `check`.
type checkFlags struct {
	captures                 []string
	answers, submission      string
	json                     bool
	feedback                 string
	gradescope, prairielearn string
}

func checkCommand(s streams) *cobra.Command {
	var f checkFlags
	cmd := &cobra.Command{
		Use:   "check ASSIGNMENT --capture FILE --answers FILE",
		Short: s.texts.Phrase("command.check.short"),
		Long:  s.texts.Phrase("command.check.long"),
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) != 1 {
				return &exitError{exitUsage, texts.Errorf("error.check.no-assignment"),
					texts.Plain("httpscope check cs305-4.2 --capture my.pcap --answers my.md")}
			}
			return nil
		},
		RunE: func(_ *cobra.Command, args []string) error { return f.run(s, args[0]) },
	}
	cmd.Flags().StringArrayVar(&f.captures, "capture", nil, s.texts.Phrase("flag.check.capture"))
	cmd.Flags().StringVar(&f.answers, "answers", "", s.texts.Phrase("flag.check.answers"))
	cmd.Flags().StringVar(&f.submission, "submission", "", s.texts.Phrase("flag.check.submission"))
	cmd.Flags().BoolVar(&f.json, "json", false, s.texts.Phrase("flag.check.json"))
	cmd.Flags().StringVar(&f.feedback, "feedback", "hints", s.texts.Phrase("flag.check.feedback"))
	cmd.Flags().StringVar(&f.gradescope, "gradescope", "", s.texts.Phrase("flag.check.gradescope"))
	cmd.Flags().StringVar(&f.prairielearn, "prairielearn", "", s.texts.Phrase("flag.check.prairielearn"))
	return cmd
}

func (f *checkFlags) run(s streams, name string) error {
	if err := f.valid(); err != nil {
		return err
	}
	a, err := assignment(name)
	if err != nil {
		return err
	}
	full, err := f.mark(a, s.texts.Lang())
	if err != nil {
		return err
	}
	shown := full.At(f.feedback)
	if err := f.gradebooks(shown); err != nil {
		return err
	}
	if f.json {
		err = writeReport(s.out, shown)
	} else {
		err = outputResult(report.Write(s.out, shown))
	}
	switch damage := damageOf(full); {
	case err != nil:
		return err
	case damage != "":
		return &exitError{code: exitDamaged, err: errors.New(damage)}
	case !full.AllRight():
		return &exitError{code: exitWrong}
	}
	return nil
}

// damageOf is what a report says of a damaged capture, "" when none is.
func damageOf(r *coursework.Report) string {
	for _, m := range r.Remarks {
		if m.Code == "capture-damaged" {
			return strings.TrimSuffix(m.Text, ".")
		}
	}
	return ""
}

func (f *checkFlags) valid() error {
	if err := feedbackLevel(f.feedback); err != nil {
		return err
	}
	switch {
	case f.submission != "" && (f.answers != "" || len(f.captures) > 0):
		return &exitError{exitUsage, texts.Errorf("error.check.submission"), texts.Say("hint.check.both")}
	case f.submission == "" && f.answers == "":
		return &exitError{exitUsage, texts.Errorf("error.check.no-answers"), texts.Say("hint.check.new")}
	case f.submission == "" && len(f.captures) == 0:
		return &exitError{exitUsage, texts.Errorf("error.check.no-capture"), texts.Say("hint.check.capture")}
	}
	return nil
}

// feedbackLevel refuses a level of feedback that there is not.
func feedbackLevel(level string) error {
	if !slices.Contains(feedbackLevels, level) {
		return &exitError{exitUsage, texts.Errorf("error.check.level", level),
			texts.Plain(strings.Join(feedbackLevels, ", "))}
	}
	return nil
}

// assignment loads an assignment: a file, or one that comes with the program.
func assignment(name string) (*coursework.Assignment, error) {
	if a := coursework.Builtin(name); a != nil {
		return a, nil
	}
	const most = 2 << 20
	f, err := os.Open(name)
	if err != nil {
		e := openError(name, err).(*exitError)
		if errors.Is(err, os.ErrNotExist) {
			e.hint = texts.Say("hint.check.list")
		}
		return nil, e
	}
	defer f.Close()
	b, err := io.ReadAll(io.LimitReader(f, most))
	if err != nil {
		return nil, &exitError{code: exitUsage, err: texts.Errorf("error.of", name, err)}
	}
	a, err := coursework.Load(b)
	var wrong *coursework.LoadError
	if errors.As(err, &wrong) {
		e := &exitError{code: exitUsage, err: texts.Errorf("error.of", name, err)}
		if !wrong.Hint.IsZero() {
			e.hint = wrong.Hint
		}
		return nil, e
	}
	return a, err
}

// mark marks the submission, or the files that the flags name.
func (f *checkFlags) mark(a *coursework.Assignment, lang texts.Lang) (*coursework.Report, error) {
	if f.submission != "" {
		sub, err := grading.Open(f.submission)
		if err != nil {
			return nil, openError(f.submission, err)
		}
		return grading.One(a, sub, grading.Options{Lang: lang, Now: time.Now()}).Report, nil
	}
	sh, err := readAnswers(f.answers)
	if err != nil {
		return nil, err
	}
	recordings, _, err := openRecordings(f.captures)
	if err != nil {
		return nil, err
	}
	return a.Mark(coursework.NewEvidence(recordings...), sh, lang), nil
}

// readAnswers reads a sheet of answers.
func readAnswers(path string) (*sheet.Sheet, error) {
	in, err := os.Open(path)
	if err != nil {
		return nil, openError(path, err)
	}
	defer in.Close()
	b, err := io.ReadAll(io.LimitReader(in, sheet.MaxSize+1))
	if err != nil {
		return nil, &exitError{code: exitUsage, err: err}
	}
	sh, err := sheet.Parse(path, b)
	if err != nil {
		return nil, &exitError{exitUsage, texts.Errorf("error.of", path, err), texts.Say("hint.check.sheet")}
	}
	return sh, nil
}

// openRecording reads a capture whole.
func openRecording(path string) (*recording.Recording, error) {
	r, err := recording.Open(path, 0)
	var large *recording.TooLargeError
	switch {
	case errors.As(err, &large):
		return nil, &exitError{exitUsage, texts.Errorf("error.of", path, err), texts.Say("hint.check.large")}
	case errors.Is(err, capture.ErrFormat):
		return nil, &exitError{exitUsage, err, texts.Say("hint.check.format")}
	case err != nil:
		return nil, openError(path, err)
	}
	return r, nil
}

// openRecordings reads captures whole. damage is the error of the first that is
// damaged part-way; what stands before the damage is read.
func openRecordings(paths []string) (all []*recording.Recording, damage, err error) {
	for _, path := range paths {
		r, err := openRecording(path)
		if err != nil {
			return nil, nil, err
		}
		if r.Damage != nil && damage == nil {
			damage = &exitError{code: exitDamaged, err: texts.Errorf("error.of", path, r.Damage)}
		}
		all = append(all, r)
	}
	return all, damage, nil
}

// gradebooks writes what the flags ask for besides.
func (f *checkFlags) gradebooks(r *coursework.Report) error {
	for _, g := range []struct {
		path  string
		write func(io.Writer) error
	}{
		{f.gradescope, func(w io.Writer) error { return gradebook.Gradescope(w, r, gradebook.Options{}) }},
		{f.prairielearn, func(w io.Writer) error { return gradebook.PrairieLearn(w, r) }},
	} {
		if g.path == "" {
			continue
		}
		if err := os.MkdirAll(filepath.Dir(g.path), 0o755); err != nil {
			return &exitError{code: exitUsage, err: err}
		}
		if err := writeFile(g.path, wholefile.Public, g.write); err != nil {
			return err
		}
	}
	return nil
}

// writeFile writes a file whole or not at all, in the place of one that may exist, and says when
// that fails.
func writeFile(path string, mode fs.FileMode, write func(io.Writer) error) error {
	return writing(path, wholefile.Replace(path, mode, write))
}

// writing says what could not be written.
func writing(path string, err error) error {
	var e *exitError
	switch {
	case err == nil || errors.As(err, &e):
		return err
	case errors.Is(err, fs.ErrExist):
		return &exitError{exitUsage, texts.Errorf("error.check.exists", path), texts.Say("hint.check.another-name")}
	}
	return &exitError{code: exitUsage, err: texts.Errorf("error.check.writing", path, err)}
}

// writeReport writes a report as a JSON object on a line.
func writeReport(w io.Writer, r *coursework.Report) error {
	e := json.NewEncoder(visible.JSONWriter(w))
	e.SetEscapeHTML(false)
	return outputResult(e.Encode(r))
}
