package main

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/signal"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"httpscope/internal/course/coursework"
	"httpscope/internal/course/gradebook"
	"httpscope/internal/course/grading"
	"httpscope/internal/course/report"
	"httpscope/internal/course/variant"
	"httpscope/internal/recording"
	"httpscope/internal/texts"
)

// gradeFlags are the flags of `grade`.
type gradeFlags struct {
	assignment, out, roster, column string
	feedback                        string
	json                            bool
	base, seed                      string
	private, shuffle                bool
}

func gradeCommand(s streams) *cobra.Command {
	var f gradeFlags
	cmd := &cobra.Command{
		Use:   "grade DIR --assignment ASSIGNMENT",
		Short: s.texts.Phrase("command.grade.short"),
		Long:  s.texts.Phrase("command.grade.long"),
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) != 1 {
				return &exitError{exitUsage, texts.Errorf("error.grade.no-folder"),
					texts.Plain("httpscope grade submissions --assignment cs305-4.2")}
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error { return f.run(cmd.Context(), s, args[0]) },
	}
	cmd.Flags().StringVar(&f.assignment, "assignment", "", s.texts.Phrase("flag.grade.assignment"))
	cmd.Flags().StringVarP(&f.out, "out", "o", "", s.texts.Phrase("flag.grade.out"))
	cmd.Flags().StringVar(&f.roster, "roster", "", s.texts.Phrase("flag.grade.roster"))
	cmd.Flags().StringVar(&f.column, "column", "", s.texts.Phrase("flag.grade.column"))
	cmd.Flags().StringVar(&f.feedback, "feedback", "hints", s.texts.Phrase("flag.grade.feedback"))
	cmd.Flags().BoolVar(&f.json, "json", false, s.texts.Phrase("flag.grade.json"))
	cmd.Flags().StringVar(&f.base, "base", "", s.texts.Phrase("flag.grade.base"))
	cmd.Flags().StringVar(&f.seed, "seed-file", "", s.texts.Phrase("flag.grade.seed-file"))
	cmd.Flags().BoolVar(&f.private, "private", false, s.texts.Phrase("flag.grade.private"))
	cmd.Flags().BoolVar(&f.shuffle, "shuffle", false, s.texts.Phrase("flag.grade.shuffle"))
	return cmd
}

func (f *gradeFlags) run(ctx context.Context, s streams, dir string) error {
	a, err := f.valid(dir)
	if err != nil {
		return err
	}
	o := grading.Options{Lang: s.texts.Lang(), Now: time.Now()}
	var roster *gradebook.Roster
	if f.roster != "" {
		if roster, err = readRoster(f.roster); err != nil {
			return err
		}
	}
	if err := f.given(&o, roster); err != nil {
		return err
	}
	overrides, err := readOverrides(filepath.Join(dir, "overrides.csv"))
	if err != nil {
		return err
	}
	all, err := classIn(dir)
	if err != nil {
		return err
	}
	ctx, stop := signal.NotifyContext(ctx, endSignals()...)
	defer stop()
	bar := newBar(s, len(all))
	results := grading.Class(ctx, a, all, o, bar.show)
	bar.clear()
	return f.write(s, a, results, roster, overrides)
}

// valid checks the flags, fills in what they leave open, and loads the assignment.
func (f *gradeFlags) valid(dir string) (*coursework.Assignment, error) {
	if err := feedbackLevel(f.feedback); err != nil {
		return nil, err
	}
	if f.assignment == "" {
		f.assignment = filepath.Join(dir, "assignment.yaml")
	}
	if f.out == "" {
		f.out = filepath.Clean(dir) + "-results"
	}
	return assignment(f.assignment)
}

// classIn finds the submissions in a folder; what else a teacher keeps there is
// none.
func classIn(dir string) ([]*grading.Submission, error) {
	all, err := grading.SubmissionsIn(dir)
	if err != nil {
		return nil, openError(dir, err)
	}
	all = slices.DeleteFunc(all, func(s *grading.Submission) bool {
		return slices.Contains([]string{"assignment", "roster", "overrides"}, s.Name) && len(s.Captures) == 0
	})
	if len(all) == 0 {
		return nil, &exitError{exitUsage, texts.Errorf("error.grade.no-submissions", dir),
			texts.Say("hint.grade.submissions")}
	}
	return all, nil
}

// given has students marked against their variants of one capture.
func (f *gradeFlags) given(o *grading.Options, roster *gradebook.Roster) error {
	switch {
	case f.base == "" && f.seed == "":
		return nil
	case f.base == "" || f.seed == "":
		return &exitError{exitUsage, texts.Errorf("error.grade.base-seed"), texts.Say("hint.grade.base-seed")}
	}
	base, err := openRecording(f.base)
	if err != nil {
		return err
	}
	seed, err := readSeed(f.seed)
	if err != nil {
		return err
	}
	o.Given = func(student string) (*recording.Recording, error) {
		var b bytes.Buffer
		if _, err := variant.Make(base, &b, seed, student,
			variant.Options{Private: f.private, Shuffle: f.shuffle}); err != nil {
			return nil, err
		}
		return recording.Read(&b, 0)
	}
	o.Own = func(student string, r *recording.Recording) bool { return variant.Belongs(r, base, seed, student) }
	o.Called = func(submission string) []string { return called(submission, roster) }
	return nil
}

// called are the names by which a variant may have been made for the student of
// a submission.
func called(submission string, roster *gradebook.Roster) []string {
	bare := strings.TrimSuffix(strings.TrimSuffix(submission, "_LATE"), "_late")
	names := []string{submission, bare, strings.ToLower(bare)}
	if roster != nil {
		if s, _ := roster.Match(submission); s != nil {
			names = append(names, s.ID, s.Login, s.SISUser, s.Email, s.Name)
		}
	}
	names = slices.DeleteFunc(names, func(n string) bool { return n == "" })
	return names
}

// readSeed reads a seed without the line end behind it.
func readSeed(path string) ([]byte, error) {
	b, err := os.ReadFile(path)
	if err != nil {
		return nil, openError(path, err)
	}
	return bytes.TrimRight(b, "\r\n"), nil
}

// readList reads a file that a teacher wrote or exported for a class; the hint says what it should be.
func readList[T any](path string, read func(io.Reader) (T, error), hint texts.Phrase) (list T, err error) {
	in, err := os.Open(path)
	if err != nil {
		return list, openError(path, err)
	}
	defer in.Close()
	if list, err = read(in); err != nil {
		return list, &exitError{exitUsage, texts.Errorf("error.of", path, err), hint}
	}
	return list, nil
}

func readRoster(path string) (*gradebook.Roster, error) {
	return readList(path, gradebook.ReadRoster, texts.Say("hint.grade.roster"))
}

// readOverrides reads the points that a teacher gives, where there is a file of them.
func readOverrides(path string) ([]gradebook.Override, error) {
	if _, err := os.Lstat(path); errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	return readList(path, gradebook.ReadOverrides, texts.Say("hint.grade.overrides"))
}

// write writes the results and prints what came of it.
func (f *gradeFlags) write(s streams, a *coursework.Assignment, results []grading.Result,
	roster *gradebook.Roster, overrides []gradebook.Override) error {
	lang := s.texts.Lang()
	c := gradebook.Class{Lang: lang, Assignment: a.ID, Title: a.Title.In(lang),
		Marked: time.Now().UTC().Truncate(time.Second), Groups: grading.Groups(lang, results)}
	w := classFiles{texts: s.texts, dir: f.out, feedback: f.feedback}
	for _, r := range results {
		e := gradebook.Entry{Submission: r.Name, Report: r.Report}
		if roster != nil {
			student, why := roster.Match(cmp.Or(r.Download, r.Name))
			if e.Student = student; student == nil {
				w.notices = append(w.notices, report.Notice{Submission: r.Name, Text: s.texts.Of(why)})
			}
		}
		c.Entries = append(c.Entries, e)
	}
	if roster != nil {
		c.Missing = roster.Without(c.Entries)
		for i := range c.Missing {
			w.notice(c.Missing[i].HandedInNothing())
		}
	}
	for _, n := range gradebook.ApplyOverrides(c.Entries, overrides) {
		w.notice(n)
	}
	column := f.column
	if column == "" {
		column = a.Title.In(texts.English)
	}
	if err := w.all(c, column, roster); err != nil {
		return err
	}
	if f.json {
		return outputResult(gradebook.JSON(s.out, c))
	}
	return outputResult(report.WriteClass(s.out, c, f.out, w.notices))
}

// bar shows on a terminal how many submissions are marked.
type bar struct {
	w     io.Writer // nil: show nothing
	texts texts.Catalogue
	total int
}

func newBar(s streams, total int) *bar {
	b := &bar{texts: s.texts, total: total}
	if f, ok := s.err.(*os.File); ok && term.IsTerminal(int(f.Fd())) {
		b.w = s.err
	}
	return b
}

func (b *bar) show(n int) {
	const width = 30
	if b.w != nil {
		full := width * n / b.total
		fmt.Fprintf(b.w, "\r[%s%s] %s", strings.Repeat("#", full), strings.Repeat(".", width-full),
			b.texts.Phrase("grade.progress", n, b.total))
	}
}

func (b *bar) clear() {
	if b.w != nil {
		fmt.Fprintf(b.w, "\r%70s\r", "")
	}
}
