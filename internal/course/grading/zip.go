package grading

import (
	"archive/zip"
	"errors"
	"io"
	"os"
	"strings"

	"httpscope/internal/texts"
)

// Limits of a zip file. Its directory is held in memory, and says itself how
// long it is.
const (
	maxZip       = 1 << 30 // bytes; captures that can be marked are far smaller
	maxDirectory = 4 << 20 // bytes; honest entries have some 150
)

// encrypted is the flag of an entry that needs a password (APPNOTE section 4.4.4).
const encrypted = 1

// zip takes the files of a zip file, which stays open only while they are read.
// Their names begin with a prefix. The problem is zero when it can be read.
func (s *Submission) zip(name, prefix string) (problem texts.Phrase) {
	z, err := openZip(name)
	if err != nil {
		return texts.Say("grading.zip-unreadable", err)
	}
	defer z.Close()
	if len(z.File) > maxFiles {
		return texts.Say("grading.zip-files", maxFiles)
	}
	for i, f := range z.File {
		inside := prefix + strings.ReplaceAll(f.Name, `\`, "/")
		switch {
		case strings.HasSuffix(inside, "/"):
		case !f.Mode().IsRegular():
			s.skip(inside, texts.Say("grading.link"))
		case f.Flags&encrypted != 0:
			s.skip(inside, texts.Say("grading.encrypted"))
		case isPacked(inside):
			s.skip(inside, texts.Say("grading.packed-twice"))
		default:
			s.add(File{inside, int64(min(f.UncompressedSize64, 1<<62)),
				func() (io.ReadCloser, error) { return openZipped(name, i) }})
		}
	}
	return problem
}

// archive is a zip file that is open.
type archive struct {
	*zip.Reader
	io.Closer
}

// openZip reads the directory of a zip file.
func openZip(name string) (*archive, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, bare(err)
	}
	info, err := f.Stat()
	if err == nil && info.Size() > maxZip {
		err = texts.Errorf("grading.larger-mb", maxZip>>20)
	}
	if err != nil {
		f.Close()
		return nil, bare(err)
	}
	in := &counted{f: f, left: maxDirectory}
	z, err := zip.NewReader(in, info.Size())
	if err != nil {
		f.Close()
		return nil, unprefixed(err)
	}
	in.left = -1
	return &archive{z, f}, nil
}

// unprefixed is an error of the zip library without the library's name.
func unprefixed(err error) error {
	var own *texts.Error
	if errors.As(err, &own) {
		return own
	}
	return errors.New(strings.TrimPrefix(err.Error(), "zip: "))
}

// errDirectory says that a directory is not an honest one.
var errDirectory = texts.Errorf("grading.directory", maxDirectory>>20)

// counted bounds the bytes that are read while a directory is read.
type counted struct {
	f    io.ReaderAt
	left int64 // -1: no bound
}

// ReadAt implements io.ReaderAt.
func (c *counted) ReadAt(b []byte, at int64) (int, error) {
	if c.left >= 0 {
		if c.left -= int64(len(b)); c.left < 0 {
			c.left = 0
			return 0, errDirectory
		}
	}
	return c.f.ReadAt(b, at)
}

// zipped is a file within a zip file.
type zipped struct {
	io.ReadCloser
	z io.Closer
}

// Close closes both.
func (f zipped) Close() error { return errors.Join(f.ReadCloser.Close(), f.z.Close()) }

func openZipped(name string, i int) (io.ReadCloser, error) {
	z, err := openZip(name)
	if err != nil {
		return nil, err
	}
	if i >= len(z.File) {
		z.Close()
		return nil, texts.Errorf("grading.zip-changed")
	}
	r, err := z.File[i].Open()
	if err != nil {
		z.Close()
		return nil, unprefixed(err)
	}
	return zipped{r, z}, nil
}
