package grading

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"httpscope/internal/course/sheet"
	"httpscope/internal/texts"
)

// canvasName is how Canvas names the files of a download:
// lastfirst_LATE_12345_67890_file.md.
var canvasName = regexp.MustCompile(`^([^_]+(?:_LATE)?_\d+)_\d+_.+`)

// SubmissionsIn are the submissions in a folder: its folders, its zip files, and loose
// files that begin alike, in the order of their names. The error does not name
// the folder.
func SubmissionsIn(dir string) ([]*Submission, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	var all []*Submission
	loose := map[string][]File{}
	for _, e := range entries {
		name := filepath.Join(dir, e.Name())
		switch {
		case strings.HasPrefix(e.Name(), ".") || strings.HasPrefix(e.Name(), "__"):
		case e.Type()&os.ModeSymlink != 0:
			all = append(all, unread(e.Name(), texts.Say("grading.link")))
		case e.IsDir() || isZip(name) && e.Type().IsRegular():
			s, err := Open(name)
			if err != nil {
				s = unread(e.Name(), texts.Say("grading.unreadable", bare(err)))
			}
			all = append(all, s)
		case isZip(name):
			all = append(all, unread(e.Name(), texts.Say("grading.not-a-file")))
		case e.Type().IsRegular():
			first := beginning(e.Name())
			loose[first] = append(loose[first], onDisk(e.Name(), name, e))
		}
	}
	for first, files := range loose {
		all = append(all, parted(first, files)...)
	}
	slices.SortFunc(all, func(a, b *Submission) int { return strings.Compare(a.Name, b.Name) })
	return all, nil
}

// unread is a submission that cannot be read.
func unread(name string, problem texts.Phrase) *Submission {
	return &Submission{Name: name, Download: name, Problem: problem}
}

// beginning is what the names of a student's loose files have in common: what
// Canvas puts before its number, else what stands before the first dot.
func beginning(base string) string {
	if m := canvasName.FindStringSubmatch(base); m != nil {
		return m[1]
	}
	if i := strings.IndexByte(base, '.'); i > 0 {
		return base[:i]
	}
	return base
}

// stem is a name without what tells its format.
func stem(base string) string {
	for _, e := range append(slices.Clone(captureNames), sheet.Formats...) {
		if s := base[:max(len(base)-len(e), 0)]; s != "" && strings.EqualFold(base[len(s):], e) && !isCapture(s) {
			return s
		}
	}
	return base
}

// parted makes submissions of loose files that have the same beginning: one, but
// john.smith.md and john.doe.md with a capture for each are of two students.
func parted(first string, files []File) []*Submission {
	students := map[string][]File{}
	names := owners(files)
	for _, f := range files {
		student := first
		for _, n := range names {
			if belongs(f.Name, n) && (student == first || len(n) > len(student)) {
				student = n
			}
		}
		students[student] = append(students[student], f)
	}
	var all []*Submission
	for student, files := range students {
		s := &Submission{Name: student, Download: student}
		if canvasName.MatchString(files[0].Name) {
			s.Download = files[0].Name
		}
		for _, f := range files {
			s.add(f)
		}
		s.sort()
		if len(s.Captures)+len(s.Sheets) > 0 {
			all = append(all, s)
		}
	}
	return all
}

// belongs reports whether a file's name begins with that of a student.
func belongs(name, student string) bool {
	return stem(name) == student || strings.HasPrefix(name, student+".")
}

// owners are the stems of sheets that have a capture, when there are several.
func owners(files []File) []string {
	var names []string
	for _, f := range files {
		n := stem(f.Name)
		if sheet.Is(f.Name) && !slices.Contains(names, n) &&
			slices.ContainsFunc(files, func(c File) bool { return isCapture(c.Name) && belongs(c.Name, n) }) {
			names = append(names, n)
		}
	}
	if len(names) < 2 || canvasName.MatchString(files[0].Name) {
		return nil
	}
	return names
}
