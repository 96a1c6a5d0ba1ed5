// Package submission finds what a student has handed in: captures and a sheet
// of answers, in a folder, in a zip file, or as loose files that begin alike.
//
// It trusts no name and no size: links are not followed, nothing is unpacked to
// disk, and what is read is bounded. It reads no capture and no sheet itself.
package submission

import (
	"archive/zip"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"httpscope/internal/sheet"
)

// Limits of one submission: honest ones have three files.
const (
	maxFiles = 1000
	maxDepth = 6
)

// Submission is what one student has handed in.
type Submission struct {
	Name     string // of the folder, the zip file, or what loose files begin with
	Download string // of loose files from Canvas the name of one, which tells whose they are; else as Name
	Captures []File // in the order of their names
	Sheets   []File // the likeliest first
	Problem  string // why it cannot be read, "" when it can
}

// File is a file of a submission.
type File struct {
	Name string // within the submission, with slashes
	Size int64  // as its folder says; it may lie
	open func() (io.ReadCloser, error)
}

// Open opens it.
func (f *File) Open() (io.ReadCloser, error) { return f.open() }

// Read reads it whole, up to a number of bytes.
func (f *File) Read(limit int64) ([]byte, error) {
	r, err := f.open()
	if err != nil {
		return nil, err
	}
	defer r.Close()
	b, err := io.ReadAll(io.LimitReader(r, limit+1))
	if err == nil && int64(len(b)) > limit {
		err = fmt.Errorf("%s is larger than %d KB", f.Name, limit>>10)
	}
	return b, err
}

// captureNames end the names of captures.
var captureNames = []string{".pcap", ".pcapng", ".cap", ".pcap.gz", ".pcapng.gz", ".pcap.zst", ".pcapng.zst"}

func isCapture(name string) bool {
	return slices.ContainsFunc(captureNames, func(e string) bool { return strings.HasSuffix(strings.ToLower(name), e) })
}

// Open reads one submission: a folder or a zip file.
func Open(name string) (*Submission, error) {
	info, err := os.Stat(name)
	if err != nil {
		return nil, err
	}
	s := &Submission{Name: strings.TrimSuffix(filepath.Base(name), filepath.Ext(name))}
	if info.IsDir() {
		s.Name = filepath.Base(name)
		s.folder(name)
	} else {
		s.zip(name)
	}
	s.Download = s.Name
	s.sort()
	return s, nil
}

// add takes a file that is a capture or a sheet by its name.
func (s *Submission) add(f File) {
	base := path.Base(f.Name)
	switch {
	case strings.HasPrefix(base, ".") || strings.HasPrefix(base, "~$") || strings.Contains(f.Name, "__MACOSX"):
	case isCapture(base):
		s.Captures = append(s.Captures, f)
	case sheet.Is(base) && !strings.HasPrefix(strings.ToLower(base), "readme"):
		s.Sheets = append(s.Sheets, f)
	}
}

// folder takes the files of a folder and those below it.
func (s *Submission) folder(root string) {
	seen := 0
	err := filepath.WalkDir(root, func(name string, d os.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, _ := filepath.Rel(root, name)
		if d.IsDir() {
			if strings.Count(filepath.ToSlash(rel), "/") >= maxDepth {
				return filepath.SkipDir
			}
			return nil
		}
		if seen++; seen > maxFiles {
			return fmt.Errorf("more than %d files", maxFiles)
		}
		if d.Type().IsRegular() {
			info, err := d.Info()
			if err != nil {
				return err
			}
			s.add(File{filepath.ToSlash(rel), info.Size(), func() (io.ReadCloser, error) { return os.Open(name) }})
		}
		return nil
	})
	if err != nil {
		s.Problem = "The folder cannot be read: " + err.Error() + "."
	}
}

// zip takes the files of a zip file, which stays open only while they are read.
func (s *Submission) zip(name string) {
	z, err := zip.OpenReader(name)
	if err != nil {
		s.Problem = "The zip file cannot be read: " + err.Error() + "."
		return
	}
	defer z.Close()
	if len(z.File) > maxFiles {
		s.Problem = fmt.Sprintf("The zip file has more than %d files.", maxFiles)
		return
	}
	for i, f := range z.File {
		if f.Mode().IsRegular() {
			s.add(File{strings.ReplaceAll(f.Name, `\`, "/"), int64(f.UncompressedSize64), func() (io.ReadCloser, error) { return openZipped(name, i) }})
		}
	}
}

// zipped is a file within a zip file.
type zipped struct {
	io.ReadCloser
	z *zip.ReadCloser
}

// Close closes both.
func (f zipped) Close() error { return errors.Join(f.ReadCloser.Close(), f.z.Close()) }

func openZipped(name string, i int) (io.ReadCloser, error) {
	z, err := zip.OpenReader(name)
	if err != nil {
		return nil, err
	}
	if i >= len(z.File) {
		z.Close()
		return nil, errors.New("the zip file has changed")
	}
	r, err := z.File[i].Open()
	if err != nil {
		z.Close()
		return nil, err
	}
	return zipped{r, z}, nil
}

// sort brings captures into the order of their names, and the likeliest sheet
// to the front: one whose name says so, else by its format.
func (s *Submission) sort() {
	slices.SortFunc(s.Captures, func(a, b File) int { return strings.Compare(a.Name, b.Name) })
	slices.SortStableFunc(s.Sheets, func(a, b File) int {
		if d := likely(a.Name) - likely(b.Name); d != 0 {
			return d
		}
		return strings.Compare(a.Name, b.Name)
	})
}

func likely(name string) int {
	base := strings.ToLower(path.Base(name))
	rank := slices.Index(sheet.Formats, path.Ext(base))
	for _, word := range []string{"answer", "sheet", "答案", "作业", "lab"} {
		if strings.Contains(base, word) {
			return rank
		}
	}
	return rank + len(sheet.Formats)
}

// canvasName is how Canvas names the files of a download:
// lastfirst_LATE_12345_67890_file.md.
var canvasName = regexp.MustCompile(`^([^_]+(?:_LATE)?_\d+)_\d+_.+`)

// Class are the submissions in a folder: its folders, its zip files, and loose
// files that begin alike, in the order of their names.
func Class(dir string) ([]*Submission, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	var all []*Submission
	loose := map[string]*Submission{}
	for _, e := range entries {
		name := filepath.Join(dir, e.Name())
		switch {
		case strings.HasPrefix(e.Name(), ".") || strings.HasPrefix(e.Name(), "__"):
		case e.Type()&os.ModeSymlink != 0:
			all = append(all, &Submission{Name: e.Name(), Problem: "It is a link, and links are not followed."})
		case e.IsDir(), strings.EqualFold(filepath.Ext(name), ".zip"):
			s, err := Open(name)
			if err != nil {
				s = &Submission{Name: e.Name(), Problem: "It cannot be read: " + err.Error() + "."}
			}
			all = append(all, s)
		case e.Type().IsRegular():
			addLoose(loose, name, e)
		}
	}
	for _, s := range loose {
		s.sort()
		if len(s.Captures)+len(s.Sheets) > 0 {
			all = append(all, s)
		}
	}
	slices.SortFunc(all, func(a, b *Submission) int { return strings.Compare(a.Name, b.Name) })
	return all, nil
}

// addLoose takes a file to the submission that its name begins with.
func addLoose(loose map[string]*Submission, name string, e os.DirEntry) {
	base := e.Name()
	student, download := base, base
	if m := canvasName.FindStringSubmatch(base); m != nil {
		student = m[1]
	} else if i := strings.IndexByte(base, '.'); i > 0 {
		student, download = base[:i], base[:i]
	}
	s := loose[student]
	if s == nil {
		s = &Submission{Name: student, Download: download}
		loose[student] = s
	}
	size := int64(0)
	if info, err := e.Info(); err == nil {
		size = info.Size()
	}
	s.add(File{base, size, func() (io.ReadCloser, error) { return os.Open(name) }})
}
