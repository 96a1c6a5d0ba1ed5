package main

import (
	"bytes"
	"io"
	"net/netip"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"httpscope/internal/synth"
	"httpscope/internal/visible"
)

// obeyed is text that a terminal would obey, that shows nothing, or that turns what stands
// beside it around: one of each kind.
const obeyed = "\x1b[31m\x1b]0;t\x07\u009b31m\u202egnp\u2066\u200b\u3164\u00a0\u2800\ufe0f\U000e0041\x7f\xff"

// hostileExchanges are requests and responses with that text, for ~, in every place where a
// sender can put some.
var hostileExchanges = [][2]string{
	{
		"GET /~?a=~ HTTP/1.1\r\nHost: h~\r\nUser-Agent: ~\r\nReferer: ~\r\nCookie: a~=~; b=\"~\r\n" +
			"Authorization: Basic ~\r\n\r\n",
		"HTTP/1.1 200 O~K\r\nContent-Type: text/html; charset=~\r\nServer: ~\r\nX~Y: 1\r\n" +
			"Content-Length: LENGTH\r\n\r\n<p>~</p>\n",
	},
	{
		"POST /form HTTP/1.1\r\nHost: a\r\nContent-Type: application/x-www-form-urlencoded\r\n" +
			"Content-Length: 9\r\n\r\nn=%1B%C2%9B",
		"HTTP/1.1 302 ~\r\nLocation: /~\r\nSet-Cookie: s~=~; Path=/~; Domain=~; X=~\r\n" +
			"Content-Length: 0\r\n\r\n",
	},
	{"M~T /method HTTP/1.1\r\nHost: a\r\n\r\n", "HTTP/1.1 40~ x\r\n\r\n"},
	{
		"GET /json HTTP/1~.1\r\nHost: a\r\n\r\n",
		"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n" +
			"5;~=~\r\n\"a\u0085\"\r\n0\r\nT~: ~\r\n\r\n",
	},
	{
		"GET /range HTTP/1.1\r\nHost: a\r\nRange: bytes=~\r\nIf-None-Match: \"~\"\r\nIf-Range: ~\r\n\r\n",
		"HTTP/1.1 206 x\r\nContent-Type: multipart/byteranges; boundary=~\r\nContent-Range: ~\r\n" +
			"ETag: ~\r\nLast-Modified: ~\r\nContent-Length: 3\r\n\r\nabc",
	},
	{
		"GET /up HTTP/1.1\r\nHost: a\r\nUpgrade: ~\r\nConnection: upgrade\r\n\r\n",
		"HTTP/1.1 101 x\r\nUpgrade: ~\r\nConnection: upgrade\r\n\r\n",
	},
	{
		"GET /sse HTTP/1.1\r\nHost: a\r\n\r\n",
		"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Length: 99\r\n\r\n" +
			"event: ~\ndata: ~\n\n",
	},
	{"~ what is this\r\n", "~ and this\r\n"},
}

// hostileCapture writes them as a capture.
func hostileCapture(t *testing.T) string {
	var b bytes.Buffer
	c := synth.NewCapture(&b, time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC))
	client, server := netip.MustParseAddr("10.0.0.2"), netip.MustParseAddrPort("10.0.0.1:8000")
	dirty := strings.NewReplacer("~", obeyed, "LENGTH", strconv.Itoa(len("<p></p>\n"+obeyed)))
	for i, talk := range hostileExchanges {
		x := c.Conn(netip.AddrPortFrom(client, uint16(40001+i)), server, [2]uint32{1, 2})
		x.Open()
		x.Send(0, []byte(dirty.Replace(talk[0])))
		x.Send(1, []byte(dirty.Replace(talk[1])))
		x.Close(1)
	}
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

// hostileCommands is every command that prints something of a capture or a sheet, in each of
// its formats.
const hostileCommands = `read CAPTURE
	read --why CAPTURE
	read --verbose CAPTURE
	read --connections CAPTURE
	read --json --hash CAPTURE
	read --json --full CAPTURE
	read --packets CAPTURE
	read --packets --json CAPTURE
	read -Y http.request CAPTURE
	read --why no-~-such-file
	read -e http.host -e http.user_agent -e http.request.uri -e http.cookie CAPTURE
	read -e http.set_cookie -e http.response.phrase -e http.request.line CAPTURE
	read -e http.host -E separator=, -E quote=d -E header=y CAPTURE
	read --format csv -e http.request.full_uri -e http.location -e http.request.method CAPTURE
	read --format no~ CAPTURE
	read -Y ~ CAPTURE
	read -e no.~ CAPTURE
	filter http.host --capture CAPTURE
	filter http.host --capture CAPTURE --packet 4
	filter http.cookie --capture CAPTURE --exchange 1
	filter ~
	filter http.host=="~" --against http.host
	quiz --list --questions 100 --seed 1 CAPTURE
	quiz --json --questions 100 --seed 1 CAPTURE
	explain ~
	explain --json GET
	lesson ~ CAPTURE
	coursework show ~
	coursework validate OWN
	coursework key OWN --capture CAPTURE
	coursework key OWN --capture CAPTURE -o OUT/key.yaml
	coursework new OWN -o OUT/new.md
	coursework variant CAPTURE --seed-file SEED --student s~ VARIANT
	check OWN --capture CAPTURE --answers SHEET --feedback full
	check OWN --capture CAPTURE --answers SHEET --json
	check OWN --capture CAPTURE --answers SHEET --gradescope OUT/gs.json --prairielearn OUT/pl.json
	grade CLASS --assignment OWN -o OUT/results
	grade CLASS --assignment OWN -o OUT/results2 --json --feedback full`

// TestNoOutputIsObeyed runs them over hostile text.
func TestNoOutputIsObeyed(t *testing.T) {
	dir := t.TempDir()
	lines := strings.Split(hostileCommands, "\n\t")
	for _, kind := range listedKinds(t) {
		lines = append(lines, "lesson "+kind+" CAPTURE", "lesson --json "+kind+" CAPTURE")
	}
	variant := strings.NewReplacer("VARIANT",
		"-o OUT/variant.bin --assignment OWN --answers OUT/variant.yaml --key OUT/variant.json")
	words := hostileInputs(t, dir)
	for _, line := range lines {
		line = variant.Replace(line)
		var args []string
		for _, word := range strings.Fields(line) { // before dirt brings blanks into words
			args = append(args, words.Replace(word))
		}
		checkPrinted(t, line, args)
	}
	checkFiles(t, filepath.Join(dir, "out"))
}

// hostileInputs makes the files that the commands read, and gives what to write for their names.
func hostileInputs(t *testing.T, dir string) *strings.Replacer {
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
	capture := hostileCapture(t)
	data, err := os.ReadFile(capture)
	if err != nil {
		t.Fatal(err)
	}
	file("class/st~udent/capture.pcap", string(data))
	file("class/student/capture.pcap", string(data))
	file("class/student/answers.md", "Student: ~\n\n## 1\nAnswer: ~\n\n## ~\nAnswer: ~\n")
	if err := os.Mkdir(filepath.Join(dir, "out"), 0o700); err != nil {
		t.Fatal(err)
	}
	return strings.NewReplacer("CAPTURE", capture, "OWN", file("own.yaml", ownAssignment),
		"SHEET", file("answers.md", ownSheet), "SEED", file("seed", strings.Repeat("0123456789", 4)),
		"OUT", filepath.Join(dir, "out"), "CLASS", filepath.Join(dir, "class"), "~", obeyed)
}

// checkPrinted runs a command, which prints something, and looks at all that it prints. A file is
// written instead where its line has OUT, and it may fail where it has dirt itself.
func checkPrinted(t *testing.T, line string, args []string) {
	t.Helper()
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

// ownSheet answers it.
const ownSheet = `Student: ~

## 1
Answer: ~

## 2
Answer: ~

## 3
Answer:
| a | ~ |
|---|---|
| ~ | 2 |

## ~
Answer: ~
`
