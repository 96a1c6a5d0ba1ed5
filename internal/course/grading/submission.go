package grading

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"httpscope/internal/course/sheet"
	"httpscope/internal/texts"
)

// Limits of one submission: honest ones have three files.
const (
	maxFiles  = 1000
	maxDepth  = 6
	maxPacked = 4 // zip files in a folder that are looked into
)

// Submission is what one student has handed in.
type Submission struct {
	Name     string       // of the folder, the zip file, or what loose files begin with
	Download string       // of loose files from Canvas the name of one, which tells whose they are; else as Name
	Captures []File       // in the order of their names
	Sheets   []File       // the likeliest first
	Problem  texts.Phrase // why it cannot be read, zero when it can

	skipped []texts.Phrase // why files are not among them
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
		err = texts.Errorf("grading.larger-kb", limit>>10)
	}
	if errors.Is(err, io.ErrUnexpectedEOF) {
		err = texts.Errorf("grading.ends-early")
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
	name, err := filepath.Abs(name)
	if err != nil {
		return nil, err
	}
	info, err := os.Stat(name)
	if err != nil {
		return nil, err
	}
	s := &Submission{Name: strings.TrimSuffix(filepath.Base(name), filepath.Ext(name))}
	switch {
	case info.IsDir():
		s.Name = filepath.Base(name)
		s.folder(name)
	case info.Mode().IsRegular():
		s.Problem = s.zip(name, "")
	default: // a pipe or a device could be read forever
		s.Problem = texts.Say("grading.not-a-file")
	}
	s.Download = s.Name
	s.sort()
	s.explain()
	return s, nil
}

// bare is an error without the path of a file on this machine: students read it.
func bare(err error) error {
	var p *fs.PathError
	if errors.As(err, &p) {
		return p.Err
	}
	return err
}

// onDisk is a file of a folder.
func onDisk(inside, name string, d fs.DirEntry) File {
	f := File{Name: inside, open: func() (io.ReadCloser, error) {
		in, err := os.Open(name)
		if err != nil {
			return nil, bare(err)
		}
		return in, nil
	}}
	if info, err := d.Info(); err == nil {
		f.Size = info.Size()
	}
	return f
}

// add takes a file that is a capture or a sheet by its name.
func (s *Submission) add(f File) {
	switch base := path.Base(f.Name); {
	case ignored(f.Name):
	case isCapture(base):
		s.Captures = append(s.Captures, f)
	case sheet.Is(base) && !strings.HasPrefix(strings.ToLower(base), "readme"):
		s.Sheets = append(s.Sheets, f)
	}
}

// ignored are files that systems and editors leave behind.
func ignored(name string) bool {
	base := path.Base(name)
	return strings.HasPrefix(base, ".") || strings.HasPrefix(base, "~$") || strings.Contains(name, "__MACOSX")
}

// packedNames end the names of files that hold other files.
var packedNames = []string{".zip", ".rar", ".7z", ".tar", ".tgz", ".tar.gz"}

func isPacked(name string) bool {
	return slices.ContainsFunc(packedNames, func(e string) bool { return strings.HasSuffix(strings.ToLower(name), e) })
}

// skip remembers why a file is not read.
func (s *Submission) skip(name string, why texts.Phrase) {
	if !why.IsZero() && !ignored(name) && (isCapture(name) || sheet.Is(name) || isPacked(name)) {
		s.skipped = append(s.skipped, texts.Say("grading.in-file", path.Base(name), why))
	}
}

// explain says why files are missing, where some are there and are not read.
func (s *Submission) explain() {
	if s.Problem.IsZero() && len(s.skipped) > 0 && (len(s.Captures) == 0 || len(s.Sheets) == 0) {
		s.Problem = s.skipped[0]
	}
}

// folder takes the files of a folder and those below it. Zip files in it are
// looked into: Moodle puts what a student uploaded into a folder.
func (s *Submission) folder(root string) {
	if real, err := filepath.EvalSymlinks(root); err == nil {
		root = real
	}
	seen, packed := 0, 0
	err := filepath.WalkDir(root, func(name string, d os.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, _ := filepath.Rel(root, name)
		rel = filepath.ToSlash(rel)
		if d.IsDir() && strings.Count(rel, "/") >= maxDepth {
			return filepath.SkipDir
		}
		if seen++; seen > maxFiles {
			return texts.Errorf("grading.many-files", maxFiles)
		}
		if d.Type().IsRegular() && isZip(rel) && packed < maxPacked {
			packed++
			s.skip(rel, s.zip(name, rel+"/"))
		} else if !d.IsDir() {
			s.entry(rel, name, d)
		}
		return nil
	})
	if err != nil {
		s.Problem = texts.Say("grading.folder-unreadable", bare(err))
	}
}

// entry takes a file of a folder, if it is one that can be read.
func (s *Submission) entry(rel, name string, d fs.DirEntry) {
	switch {
	case d.Type()&os.ModeSymlink != 0: // it may lead anywhere
		s.skip(rel, texts.Say("grading.link"))
	case !d.Type().IsRegular():
		s.skip(rel, texts.Say("grading.pipe"))
	case isPacked(rel):
		s.skip(rel, texts.Say("grading.packed"))
	default:
		s.add(onDisk(rel, name, d))
	}
}

func isZip(name string) bool { return strings.EqualFold(path.Ext(name), ".zip") }

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
