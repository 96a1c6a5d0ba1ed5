package target

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"path"
	"slices"
	"strings"
	"time"
)

// copyBlock is how much of a file goes out in one send: shutil.COPY_BUFSIZE.
const copyBlock = 64 << 10

// directory is python3 -m http.server: HTTP/1.0, the head as a send of its own
// and the body behind it, a listing for a folder without index.html. Where
// Python follows any symbolic link, the folder here is an os.Root, which none
// leads out of.
type directory struct {
	root     fs.FS
	modified time.Time // of files that have no time of their own
	now      func() time.Time
	names    hosts
}

// serve answers the one request of a connection.
func (d *directory) serve(c timed) {
	defer c.Close()
	h := newPythonHandler(c, "HTTP/1.0", d.now)
	if h.read() && !d.names.turnsAway(h, c.LocalAddr()) {
		d.answer(h)
	}
	// An error means that the client has gone already.
	_ = c.CloseWrite()
}

// answer does GET and HEAD.
func (d *directory) answer(h *pythonHandler) {
	if h.method != "GET" && h.method != "HEAD" {
		h.sendError(501, "Unsupported method ("+pythonRepr(h.method)+")", "")
		return
	}
	name, slash := directoryName(h.target)
	if !isDir(d.root, name) {
		d.file(h, name, slash)
		return
	}
	if location, ok := withSlash(h.target); ok {
		redirect(h, location)
		return
	}
	for _, index := range []string{"index.html", "index.htm"} {
		if index = path.Join(name, index); isFile(d.root, index) {
			d.file(h, index, false)
			return
		}
	}
	d.listing(h, name)
}

// directoryName is the name in the folder that a target asks for, and whether
// the target ends with a slash. Dot segments, also escaped ones, are undone
// here and cannot lead above the folder; the file system refuses what else is
// no name.
func directoryName(target string) (name string, slash bool) {
	p, _, _ := strings.Cut(target, "?")
	p, _, _ = strings.Cut(p, "#")
	slash = strings.HasSuffix(strings.TrimRightFunc(p, pythonSpace), "/")
	if p = path.Clean("/" + pythonUnquote(p))[1:]; p == "" {
		return ".", slash
	}
	return p, slash
}

func isDir(root fs.FS, name string) bool {
	info, err := fs.Stat(root, name)
	return err == nil && info.IsDir()
}

// isFile is false for pipes and devices: opening one can wait for ever.
func isFile(root fs.FS, name string) bool {
	info, err := fs.Stat(root, name)
	return err == nil && info.Mode().IsRegular()
}

// withSlash is where a folder's target without a slash at its end is
// redirected to: relative links in the listing need the slash.
func withSlash(target string) (string, bool) {
	end := strings.IndexAny(target, "?#")
	if end < 0 {
		end = len(target)
	}
	rest := target[end:]
	if rest == "?" || rest == "#" {
		rest = ""
	}
	return target[:end] + "/" + rest, !strings.HasSuffix(target[:end], "/")
}

func redirect(h *pythonHandler, location string) {
	h.status(http.StatusMovedPermanently, "Moved Permanently")
	h.set("Location", location)
	h.set("Content-Length", "0")
	_ = h.sendHead() // the connection closes behind it in any case
}

// file sends a file.
func (d *directory) file(h *pythonHandler, name string, slash bool) {
	f, info, err := d.open(name)
	if err != nil || slash {
		h.sendError(404, "File not found", "")
		return
	}
	defer f.Close()
	modified := info.ModTime()
	if modified.IsZero() {
		modified = d.modified
	}
	if notModified(h, modified) {
		h.status(http.StatusNotModified, "Not Modified")
		_ = h.sendHead()
		return
	}
	h.status(http.StatusOK, "OK")
	h.set("Content-type", mediaType(name))
	h.set("Content-Length", fmt.Sprint(info.Size()))
	h.set("Last-Modified", httpDate(modified))
	if err := h.sendHead(); err != nil || h.method == "HEAD" {
		return
	}
	// A file that grows meanwhile must not grow beyond what the head said.
	send(h.w, io.LimitReader(f, info.Size()))
}

var errNotAFile = errors.New("not a regular file")

func (d *directory) open(name string) (fs.File, fs.FileInfo, error) {
	if !isFile(d.root, name) {
		return nil, nil, errNotAFile
	}
	f, err := d.root.Open(name)
	if err != nil {
		return nil, nil, err
	}
	info, err := f.Stat()
	if err != nil {
		f.Close()
		return nil, nil, err
	}
	return f, info, nil
}

// notModified looks at If-Modified-Since as Python does: only without
// If-None-Match, and to the second.
func notModified(h *pythonHandler, modified time.Time) bool {
	value, ok := h.field("If-Modified-Since")
	if _, etag := h.field("If-None-Match"); !ok || etag {
		return false
	}
	since, err := http.ParseTime(strings.TrimSpace(value))
	return err == nil && !modified.Truncate(time.Second).After(since)
}

// send sends block by block. Not by io.Copy: that would let the system send
// the file, in other pieces.
func send(w io.Writer, r io.Reader) {
	buf := make([]byte, copyBlock)
	for {
		n, err := io.ReadFull(r, buf)
		if n > 0 {
			if _, err := w.Write(buf[:n]); err != nil {
				return
			}
		}
		if err != nil {
			return
		}
	}
}

// listing sends the page of a folder, built as Python builds it.
func (d *directory) listing(h *pythonHandler, name string) {
	entries, err := fs.ReadDir(d.root, name)
	if err != nil {
		h.sendError(404, "No permission to list directory", "")
		return
	}
	slices.SortStableFunc(entries, func(a, b fs.DirEntry) int {
		return strings.Compare(strings.ToLower(a.Name()), strings.ToLower(b.Name()))
	})
	title := "Directory listing for " + pythonEscape(pythonUnquote(h.target))
	var page strings.Builder
	fmt.Fprintf(&page, "<!DOCTYPE HTML>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>%s</title>\n</head>\n", title)
	fmt.Fprintf(&page, "<body>\n<h1>%s</h1>\n<hr>\n<ul>\n", title)
	for _, e := range entries {
		link, shown := e.Name(), e.Name()
		if isDir(d.root, path.Join(name, e.Name())) {
			link, shown = link+"/", shown+"/"
		}
		if e.Type()&fs.ModeSymlink != 0 {
			shown = e.Name() + "@"
		}
		fmt.Fprintf(&page, "<li><a href=\"%s\">%s</a></li>\n", pythonQuote(link), pythonEscape(shown))
	}
	page.WriteString("</ul>\n<hr>\n</body>\n</html>\n")
	h.status(http.StatusOK, "OK")
	h.set("Content-type", "text/html; charset=utf-8")
	h.set("Content-Length", fmt.Sprint(page.Len()))
	if err := h.sendHead(); err != nil || h.method == "HEAD" {
		return
	}
	send(h.w, strings.NewReader(page.String()))
}
