package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"httpscope/internal/course/gradebook"
	"httpscope/internal/course/report"
	"httpscope/internal/texts"
	"httpscope/internal/wholefile"
)

// classFiles writes the results of a class into a folder.
type classFiles struct {
	texts         texts.Catalogue
	dir, feedback string
	notices       []report.Notice
	used          map[string]bool // names of files that are taken
}

// all writes the files of the class, and those of each student.
func (f *classFiles) all(c gradebook.Class, column string, roster *gradebook.Roster) error {
	for _, sub := range []string{"gradescope", "prairielearn", "feedback"} {
		if err := os.MkdirAll(filepath.Join(f.dir, sub), 0o755); err != nil {
			return &exitError{code: exitUsage, err: err}
		}
	}
	files := []struct {
		name  string
		write func(io.Writer) error
	}{
		{"class.json", func(w io.Writer) error { return gradebook.JSON(w, c) }},
		{"overview.html", func(w io.Writer) error { return gradebook.HTML(w, c) }},
		{"pending.csv", func(w io.Writer) error { return gradebook.Pending(w, c.Entries) }},
		{"canvas.csv", func(w io.Writer) error { return f.noticed(gradebook.Canvas(w, c.Entries, column, roster)) }},
		{"moodle.csv", func(w io.Writer) error {
			return f.noticed(gradebook.Moodle(w, f.told(c.Entries), column, roster))
		}},
	}
	for _, file := range files {
		if err := writeFile(filepath.Join(f.dir, file.name), wholefile.Private, file.write); err != nil {
			return err
		}
	}
	f.used = map[string]bool{}
	for _, e := range c.Entries {
		if err := f.student(e); err != nil {
			return err
		}
	}
	return nil
}

// told are the entries with what students may be told: Moodle shows them the
// feedback of its file.
func (f *classFiles) told(all []gradebook.Entry) []gradebook.Entry {
	out := slices.Clone(all)
	for i := range out {
		if out[i].Report != nil {
			out[i].Report = out[i].Report.At(f.feedback)
		}
	}
	return out
}

func (f *classFiles) noticed(all []gradebook.Notice, err error) error {
	for _, n := range all {
		f.notice(n)
	}
	return err
}

// notice keeps what is to be told, once.
func (f *classFiles) notice(n gradebook.Notice) {
	said := report.Notice{Submission: n.Submission, Text: f.texts.Of(n.Text)}
	if !slices.Contains(f.notices, said) {
		f.notices = append(f.notices, said)
	}
}

// student writes the files of one submission.
func (f *classFiles) student(e gradebook.Entry) error {
	name := f.fileName(e.Submission)
	r := e.Report.At(f.feedback)
	for _, file := range []struct {
		path  string
		write func(io.Writer) error
	}{
		{filepath.Join("gradescope", name, "results.json"),
			func(w io.Writer) error { return gradebook.Gradescope(w, r, gradebook.Options{}) }},
		{filepath.Join("prairielearn", name, "results.json"),
			func(w io.Writer) error { return gradebook.PrairieLearn(w, r) }},
		{filepath.Join("feedback", name+".txt"), func(w io.Writer) error { return report.Write(w, r) }},
	} {
		path := filepath.Join(f.dir, file.path)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return &exitError{code: exitUsage, err: err}
		}
		if err := writeFile(path, wholefile.Public, file.write); err != nil {
			return err
		}
	}
	return nil
}

// fileName makes a name for files of a submission's name: nothing in it leads
// out of the folder, no system takes it for a device, and no two submissions have
// the same, also where case and the encoding of accents do not matter.
func (f *classFiles) fileName(submission string) string {
	const longest = 100
	name := strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || strings.ContainsRune("-_.@ ", r) {
			return r
		}
		return '_'
	}, norm.NFC.String(strings.ToValidUTF8(submission, "_")))
	name = strings.Trim(name, ". ")
	if len(name) > longest {
		name = strings.Trim(strings.ToValidUTF8(name[:longest], ""), ". ")
	}
	if name == "" {
		name = "submission"
	}
	if device.MatchString(name) {
		name = "_" + name
	}
	whole := name
	for i := 2; f.used[strings.ToLower(whole)]; i++ {
		whole = fmt.Sprintf("%s-%d", name, i)
	}
	f.used[strings.ToLower(whole)] = true
	return whole
}

// device are names that Windows takes for devices, whatever their extension.
var device = regexp.MustCompile(`(?i)^(con|prn|aux|nul|com[0-9]|lpt[0-9])(\.|$)`)
