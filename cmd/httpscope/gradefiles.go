package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode"

	"httpscope/internal/gradebook"
	"httpscope/internal/visible"
)

// classFiles writes the results of a class into a folder.
type classFiles struct {
	dir, feedback string
	notices       []gradebook.Notice
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
		{"canvas.csv", func(w io.Writer) error { return f.noticed(gradebook.Canvas(w, c.Entries, column, roster)) }},
		{"moodle.csv", func(w io.Writer) error { return f.noticed(gradebook.Moodle(w, f.told(c.Entries), column, roster)) }},
	}
	for _, file := range files {
		if err := writeFile(filepath.Join(f.dir, file.name), file.write); err != nil {
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
		seen := false
		for _, o := range f.notices {
			seen = seen || o == n
		}
		if !seen {
			f.notices = append(f.notices, n)
		}
	}
	return err
}

// student writes the files of one submission.
func (f *classFiles) student(e gradebook.Entry) error {
	name := f.fileName(e.Submission)
	r := e.Report.At(f.feedback)
	for _, file := range []struct {
		path  string
		write func(io.Writer) error
	}{
		{filepath.Join("gradescope", name, "results.json"), func(w io.Writer) error { return gradebook.Gradescope(w, r, gradebook.Options{}) }},
		{filepath.Join("prairielearn", name, "results.json"), func(w io.Writer) error { return gradebook.PrairieLearn(w, r) }},
		{filepath.Join("feedback", name+".txt"), func(w io.Writer) error { return writeReportText(w, r) }},
	} {
		path := filepath.Join(f.dir, file.path)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return &exitError{code: exitUsage, err: err}
		}
		if err := writeFile(path, file.write); err != nil {
			return err
		}
	}
	return nil
}

// fileName makes a name for files of a submission's name: nothing in it leads
// out of the folder, and no two submissions have the same.
func (f *classFiles) fileName(submission string) string {
	const longest = 100
	name := strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || strings.ContainsRune("-_.@ ", r) {
			return r
		}
		return '_'
	}, strings.ToValidUTF8(submission, "_"))
	name = strings.Trim(name, ". ")
	for len(name) > longest {
		name = name[:len(name)-1]
	}
	name = strings.ToValidUTF8(name, "")
	if name == "" {
		name = "submission"
	}
	whole := name
	for i := 2; f.used[strings.ToLower(whole)]; i++ {
		whole = fmt.Sprintf("%s-%d", name, i)
	}
	f.used[strings.ToLower(whole)] = true
	return whole
}

// writeClass prints a line for each submission, and what a teacher must look at.
func writeClass(w io.Writer, c gradebook.Class, dir string, notices []gradebook.Notice) error {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n\n", c.Title)
	longest, failed := 10, 0
	for _, e := range c.Entries {
		longest = min(max(longest, len([]rune(e.Submission))), 40)
	}
	for _, e := range c.Entries {
		name := visible.Text(e.Submission)
		if e.Report.Problem != "" {
			failed++
			fmt.Fprintf(&b, "%-*s  not marked: %s\n", longest, name, e.Report.Problem)
			continue
		}
		fmt.Fprintf(&b, "%-*s  %g of %g%s\n", longest, name, e.Report.Score, e.Report.Max, warnings(e))
	}
	for _, g := range c.Groups {
		fmt.Fprintf(&b, "\nThe same capture: %s\n", visible.Text(strings.Join(g.Submissions, ", ")))
		indented(&b, "  ", visible.Text(g.Why))
	}
	if len(notices) > 0 {
		b.WriteString("\n")
	}
	for _, n := range notices {
		indented(&b, "", visible.Text(strings.TrimSpace(n.Submission+" "+n.Text)))
	}
	fmt.Fprintf(&b, "\n%d submissions, %d marked, %d not. Results are in %s; look at overview.html first.\n", len(c.Entries), len(c.Entries)-failed, failed, dir)
	_, err := io.WriteString(w, b.String())
	return err
}

// warnings names the remarks on a capture that a teacher should look at.
func warnings(e gradebook.Entry) string {
	var codes []string
	for _, m := range e.Report.Remarks {
		if m.Severity == "warning" {
			codes = append(codes, m.Code)
		}
	}
	if len(codes) == 0 {
		return ""
	}
	return "  (" + strings.Join(codes, ", ") + ")"
}
