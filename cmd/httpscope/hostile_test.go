package main

import (
	"bytes"
	"fmt"
	"io"
	"net/netip"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
	"unicode/utf8"

	"httpscope/internal/synth"
	"httpscope/internal/visible"
)

// obeyed is text that a terminal would obey, that shows nothing, or that turns what stands
// beside it around: one of each kind.
const obeyed = "\x1b[31m\x1b]0;t\x07\u009b31m\u202egnp\u2066\u200b\u3164\u00a0\u2800\ufe0f\U000e0041\x7f\xff"

// hostileCapture is traffic with that text in every place where a sender can put some.
func hostileCapture(t *testing.T) string {
	var b bytes.Buffer
	c := synth.NewCapture(&b, time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC))
	port := uint16(40000)
	talk := func(request, response string) {
		port++
		x := c.Conn(netip.AddrPortFrom(netip.MustParseAddr("10.0.0.2"), port), netip.MustParseAddrPort("10.0.0.1:8000"), [2]uint32{1, 2})
		x.Open()
		x.Send(0, []byte(strings.ReplaceAll(request, "~", obeyed)))
		x.Send(1, []byte(strings.ReplaceAll(response, "~", obeyed)))
		x.Close(1)
	}
	page := "HTTP/1.1 200 O~K\r\nContent-Type: text/html; charset=~\r\nServer: ~\r\nX~Y: 1\r\nContent-Length: %d\r\n\r\n%s"
	body := "<p>~</p>\n"
	whole := fmt.Sprintf(page, len(strings.ReplaceAll(body, "~", obeyed)), body)
	talk("GET /~?a=~ HTTP/1.1\r\nHost: h~\r\nUser-Agent: ~\r\nReferer: ~\r\nCookie: a~=~; b=\"~\r\nAuthorization: Basic ~\r\n\r\n", whole)
	talk("POST /form HTTP/1.1\r\nHost: a\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 9\r\n\r\nn=%1B%C2%9B", "HTTP/1.1 302 ~\r\nLocation: /~\r\nSet-Cookie: s~=~; Path=/~; Domain=~; X=~\r\nContent-Length: 0\r\n\r\n")
	talk("M~T /method HTTP/1.1\r\nHost: a\r\n\r\n", "HTTP/1.1 40~ x\r\n\r\n")
	talk("GET /json HTTP/1~.1\r\nHost: a\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n5;~=~\r\n\"a\u0085\"\r\n0\r\nT~: ~\r\n\r\n")
	talk("GET /range HTTP/1.1\r\nHost: a\r\nRange: bytes=~\r\nIf-None-Match: \"~\"\r\nIf-Range: ~\r\n\r\n", "HTTP/1.1 206 x\r\nContent-Type: multipart/byteranges; boundary=~\r\nContent-Range: ~\r\nETag: ~\r\nLast-Modified: ~\r\nContent-Length: 3\r\n\r\nabc")
	talk("GET /up HTTP/1.1\r\nHost: a\r\nUpgrade: ~\r\nConnection: upgrade\r\n\r\n", "HTTP/1.1 101 x\r\nUpgrade: ~\r\nConnection: upgrade\r\n\r\n")
	talk("GET /sse HTTP/1.1\r\nHost: a\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Length: 99\r\n\r\nevent: ~\ndata: ~\n\n")
	talk("~ what is this\r\n", "~ and this\r\n")
	path := filepath.Join(t.TempDir(), "hostile.pcap")
	if err := os.WriteFile(path, b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// checkShown holds that an output can be printed: nothing hidden but line ends, and tabs
// between columns.
func checkShown(t *testing.T, name string, text []byte) {
	t.Helper()
	if !utf8.Valid(text) {
		t.Errorf("%s is not UTF-8", name)
	}
	for i, line := range strings.Split(string(text), "\n") {
		line = strings.ReplaceAll(strings.TrimSuffix(line, "\r"), "\t", " ")
		if at := strings.IndexFunc(line, visible.Hidden); at >= 0 {
			t.Errorf("%s, line %d holds %q", name, i+1, line[at:min(len(line), at+60)])
			return
		}
	}
}

// TestNoOutputIsObeyed runs every command that prints something of a capture or a sheet, in
// each of its formats, over hostile text.
func TestNoOutputIsObeyed(t *testing.T) {
	capture := hostileCapture(t)
	dir := t.TempDir()
	dirty := strings.NewReplacer("~", strings.TrimSuffix(obeyed, "\xff")) // a sheet that is no text is refused
	file := func(name, text string) string {
		path := filepath.Join(dir, dirty.Replace(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(dirty.Replace(text)), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	assignment := file("own.yaml", ownAssignment)
	sheet := file("answers.md", "Student: ~\n\n## 1\nAnswer: ~\n\n## 2\nAnswer: ~\n\n## 3\nAnswer:\n| a | ~ |\n|---|---|\n| ~ | 2 |\n\n## ~\nAnswer: ~\n")
	seed := file("seed", strings.Repeat("0123456789", 4))
	data, err := os.ReadFile(capture)
	if err != nil {
		t.Fatal(err)
	}
	file("class/st~udent/capture.pcap", string(data))
	file("class/student/capture.pcap", string(data))
	file("class/student/answers.md", "Student: ~\n\n## 1\nAnswer: ~\n\n## ~\nAnswer: ~\n")
	out := func(name string) string { return filepath.Join(dir, "out", name) }
	if err := os.Mkdir(filepath.Join(dir, "out"), 0o700); err != nil {
		t.Fatal(err)
	}
	lines := []string{
		"read CAPTURE", "read --why CAPTURE", "read --verbose CAPTURE", "read --connections CAPTURE", "read --json --hash CAPTURE", "read --json --full CAPTURE",
		"read --packets CAPTURE", "read --packets --json CAPTURE", "read -Y http.request CAPTURE", "read --why no-~-such-file",
		"read -e http.host -e http.user_agent -e http.request.uri -e http.cookie -e http.set_cookie -e http.response.phrase -e http.request.line CAPTURE",
		"read -e http.host -E separator=, -E quote=d -E header=y CAPTURE", "read --format csv -e http.request.full_uri -e http.location -e http.request.method CAPTURE",
		"read --format no~ CAPTURE", "read -Y ~ CAPTURE", "read -e no.~ CAPTURE",
		"filter http.host --capture CAPTURE", "filter http.host --capture CAPTURE --packet 4", "filter http.cookie --capture CAPTURE --exchange 1", "filter ~", "filter http.host==\"~\" --against http.host",
		"quiz --list --questions 100 --seed 1 CAPTURE", "quiz --json --questions 100 --seed 1 CAPTURE",
		"explain ~", "explain --json GET", "lesson ~ CAPTURE", "coursework show ~", "coursework validate OWN",
		"coursework key OWN --capture CAPTURE", "coursework key OWN --capture CAPTURE -o OUT/key.yaml", "coursework new OWN -o OUT/new.md",
		"coursework variant CAPTURE --seed-file SEED --student s~ -o OUT/variant.bin --assignment OWN --answers OUT/variant.yaml --key OUT/variant.json",
		"check OWN --capture CAPTURE --answers SHEET --feedback full", "check OWN --capture CAPTURE --answers SHEET --json",
		"check OWN --capture CAPTURE --answers SHEET --gradescope OUT/gs.json --prairielearn OUT/pl.json",
		"grade CLASS --assignment OWN -o OUT/results", "grade CLASS --assignment OWN -o OUT/results2 --json --feedback full",
	}
	for _, kind := range listedKinds(t) {
		lines = append(lines, "lesson "+kind+" CAPTURE", "lesson --json "+kind+" CAPTURE")
	}
	words := strings.NewReplacer("CAPTURE", capture, "OWN", assignment, "SHEET", sheet, "SEED", seed, "OUT", filepath.Join(dir, "out"), "CLASS", filepath.Join(dir, "class"), "~", obeyed)
	for _, line := range lines {
		var args []string
		for _, word := range strings.Fields(line) { // before dirt brings blanks into words
			args = append(args, words.Replace(word))
		}
		var stdout, stderr bytes.Buffer
		run(args, strings.NewReader(""), &stdout, &stderr)
		if stdout.Len()+stderr.Len() == 0 && !strings.Contains(line, "OUT") {
			t.Errorf("%s prints nothing", line)
		}
		if strings.Contains(stderr.String(), "error:") && !strings.Contains(line, "~") {
			t.Errorf("%s: %s", line, stderr.String())
		}
		checkShown(t, line, stdout.Bytes())
		checkShown(t, line+" on standard error", stderr.Bytes())
	}
	checkFiles(t, out(""))
}

// listedKinds are the kinds that `lesson` lists.
func listedKinds(t *testing.T) []string {
	var list bytes.Buffer
	run([]string{"lesson"}, strings.NewReader(""), &list, io.Discard)
	var kinds []string
	for line := range strings.Lines(list.String()) {
		if words := strings.Fields(line); len(words) == 1 {
			kinds = append(kinds, words[0])
		}
	}
	if len(kinds) < 5 {
		t.Fatalf("lesson lists %q", list.String())
	}
	return kinds
}

// checkFiles looks at every file that was written, but for captures.
func checkFiles(t *testing.T, dir string) {
	n := 0
	err := filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Ext(path) == ".bin" {
			return err
		}
		text, err := os.ReadFile(path)
		n++
		checkShown(t, path, text)
		return err
	})
	if err != nil || n < 8 {
		t.Errorf("%d files were written: %v", n, err)
	}
}

// ownAssignment asks for text of the network.
const ownAssignment = `schema: httpscope-assignment/1
id: own
title: Lab
questions:
  - id: "1"
    kind: value
    prompt: Which user agent?
    filter: http.user_agent
    field: http.user_agent
    which: all
  - id: "2"
    kind: value
    prompt: Which target?
    filter: http.request
    field: http.request.uri
    which: all
  - id: "3"
    kind: value
    prompt: Which cookie?
    filter: http.cookie
    field: http.cookie
`

// full takes nothing, as a device or a disk that is full.
type full struct{}

func (full) Write([]byte) (int, error) { return 0, syscall.ENOSPC }

// TestFullOutput: every command that prints says once, in a line and no more than a hint, that it
// could not, and its code says so, too.
func TestFullOutput(t *testing.T) {
	for _, line := range []string{
		"--help", "help read", "read --help", "coursework --help", "version", "explain GET", "explain --json GET", "explain", "interfaces", "lesson",
		"read FILE", "read --json FILE", "read --why FILE", "read --verbose FILE", "read -e http.host FILE", "read --format csv -e http.host FILE", "read --packets FILE",
		"read --packets --json FILE", "filter http", "filter http --capture FILE", "lesson jar FILE", "lesson --json jar FILE", "quiz --list FILE", "quiz --json FILE",
		"coursework list", "coursework show cs305-4.2", "coursework new cs305-4.2", "coursework key cs305-4.2 --capture FILE",
	} {
		var stderr bytes.Buffer
		args := strings.Fields(strings.ReplaceAll(line, "FILE", "../../pcaps/demo.pcapng"))
		code := run(args, strings.NewReader(""), full{}, &stderr)
		said := strings.Split(strings.TrimSuffix(stderr.String(), "\n"), "\n")
		if code != exitUsage || len(said) != 1 || !strings.HasPrefix(said[0], "httpscope: error: writing the output: ") || strings.Contains(said[0], `\n`) {
			t.Errorf("%s ends with %d and says %q", line, code, said)
		}
	}
}
