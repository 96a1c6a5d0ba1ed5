// Package wholefile writes files whole or not at all: who looks at a path sees what was there
// before, or all that was written, also after a full disk, a crash or a killed program. It does
// not lock files, and knows nothing of what they hold.
package wholefile

import (
	"bufio"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// Modes of files.
const (
	Private fs.FileMode = 0o600 // captures, keys, answers, grades
	Public  fs.FileMode = 0o644 // what is made to be handed on
)

// prefix begins the name of a file that is not complete. One that a killed program left may be removed.
const prefix = ".httpscope-"

// Replace writes a file, in the place of one that may exist. An existing one keeps its mode, and
// a link what it leads to; one that may not be written stays. A device or a pipe is written to as
// it is, and so is what is open already under a name of the system's, such as /dev/stdout.
func Replace(path string, mode fs.FileMode, write func(io.Writer) error) error {
	target := behindLinks(path)
	switch st, err := os.Stat(target); {
	case openAlready(path), err == nil && !st.Mode().IsRegular() && !st.IsDir():
		return through(path, write)
	case err != nil && !errors.Is(err, fs.ErrNotExist):
		return err
	case err == nil && st.Mode().Perm()&0o222 == 0:
		return &fs.PathError{Op: "open", Path: path, Err: fs.ErrPermission}
	case err == nil && st.Mode().IsRegular():
		mode = st.Mode().Perm()
	}
	return put(target, mode, os.Rename, write)
}

// openAlready reports a name for a file that this program was given open: whoever gave it reads
// on in the same file, and would not see another in its place.
func openAlready(path string) bool {
	return path == "/dev/stdout" || path == "/dev/stderr" ||
		strings.HasPrefix(path, "/dev/fd/") || strings.HasPrefix(path, "/proc/self/fd/")
}

// behindLinks is the path that a path leads to, also where nothing is there yet.
func behindLinks(path string) string {
	const most = 32 // links, one leading to the next: more are a circle, and opening it says so
	for range most {
		to, err := os.Readlink(path)
		if err != nil {
			break
		}
		if !filepath.IsAbs(to) {
			to = filepath.Join(filepath.Dir(path), to)
		}
		path = to
	}
	return path
}

// Create writes a new file. The error wraps [fs.ErrExist] when there is something at the path;
// that is left alone.
func Create(path string, mode fs.FileMode, write func(io.Writer) error) error {
	if _, err := os.Lstat(path); err == nil {
		return &fs.PathError{Op: "create", Path: path, Err: fs.ErrExist}
	}
	return put(path, mode, moveNew, write)
}

// moveNew gives a file its name if nothing else has it.
func moveNew(from, to string) error {
	err := os.Link(from, to)
	if err == nil || errors.Is(err, fs.ErrExist) {
		_ = os.Remove(from)
		return err
	}
	// Some file systems have no links. Then there is a moment in which somebody else could
	// take the name.
	if _, err := os.Lstat(to); err == nil {
		return &fs.PathError{Op: "create", Path: to, Err: fs.ErrExist}
	}
	return os.Rename(from, to)
}

// put writes a file beside the path, and moves it there when all of it is on the disk.
func put(path string, mode fs.FileMode, move func(from, to string) error, write func(io.Writer) error) error {
	f, err := os.CreateTemp(filepath.Dir(path), prefix+"*")
	if err != nil {
		return err
	}
	err = fill(f, mode, write)
	if cerr := f.Close(); err == nil {
		err = cerr
	}
	if err == nil {
		err = move(f.Name(), path)
	}
	if err != nil {
		_ = os.Remove(f.Name())
		return err
	}
	syncFolder(filepath.Dir(path))
	return nil
}

func fill(f *os.File, mode fs.FileMode, write func(io.Writer) error) error {
	if err := buffered(f, write); err != nil {
		return err
	}
	if err := f.Chmod(mode); err != nil && !errors.Is(err, errors.ErrUnsupported) {
		return err
	}
	return f.Sync()
}

func buffered(f *os.File, write func(io.Writer) error) error {
	b := bufio.NewWriter(f)
	if err := write(b); err != nil {
		return err
	}
	return b.Flush()
}

// through writes to what is no file: nothing there can be half.
func through(path string, write func(io.Writer) error) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_APPEND, 0)
	if err != nil {
		return err
	}
	err = buffered(f, write)
	if cerr := f.Close(); err == nil {
		err = cerr
	}
	return err
}

// syncFolder has the name on the disk too, where the system can do that.
func syncFolder(dir string) {
	if d, err := os.Open(dir); err == nil {
		_ = d.Sync()
		d.Close()
	}
}
