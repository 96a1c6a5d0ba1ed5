package lesson

import (
	"bytes"
	"strings"

	"httpscope/internal/grammar"
	"httpscope/internal/texts"
)

// input is bytes of a stream as a program would read them from a message on.
type input struct {
	response bool
	method   string // of the request that the message is, or answers; GET when it is not known
	latest   string // response only: method of the last request that was sent before it
	data     []byte // from the message's first byte on
	fin      bool   // the sender closed the stream after them
	reset    bool   // the connection was reset after them
}

// outcome is what a program makes of a message.
type outcome struct {
	accepts bool
	end     int // bytes of data that belong to the message; -1 when the program finds no end
	body    int // bytes of content
	closes  bool
	rule    texts.Phrase // where it is written
	says    texts.Phrase // a sentence without a full stop
}

// refused is a message that is thrown away with all that follows.
func refused(rule, says texts.Phrase) outcome {
	return outcome{end: -1, closes: true, rule: rule, says: says}
}

// waiting is a message whose end never comes.
func waiting(rule, says texts.Phrase) outcome { return outcome{end: -1, rule: rule, says: says} }

// program is a way to read messages.
type program struct {
	name string
	read func(input) outcome
}

// Names of the readers, as keys of phrases.
const (
	strictName = "lesson.reader.strict"
	ownName    = "lesson.reader.own"
	goName     = "lesson.reader.go"
	sharkName  = "lesson.reader.wireshark"
)

// section is a section of RFC 9112 as the place where a rule is written.
func section(number string) texts.Phrase { return texts.Say("lesson.section", number) }

// byRule is a rule for where bodies end.
func byRule(n int) texts.Phrase { return texts.Say("lesson.rule", n) }

// says is a sentence of a reader.
func says(key string, args ...any) texts.Phrase { return texts.Say("lesson.says."+key, args...) }

// programs are the readers that are modelled; httpscope's own reading comes
// from its records.
var programs = []program{{strictName, readStrict}, {goName, readGo}, {sharkName, readShark}}

// headEnd is the length of a head with its empty line, -1 when it has no end.
// Lines end with LF, with or without CR.
func headEnd(b []byte) int {
	for at := 0; ; {
		i := bytes.IndexByte(b[at:], '\n')
		if i < 0 {
			return -1
		}
		line := bytes.TrimSuffix(b[at:at+i], []byte("\r"))
		if len(line) == 0 && at > 0 {
			return at + i + 1
		}
		at += i + 1
	}
}

// startLine is the words of the first line.
func startLine(b []byte) (line string, words []string) {
	first, _, _ := bytes.Cut(b, []byte("\n"))
	line = strings.TrimSuffix(string(first), "\r")
	return line, strings.SplitN(line, " ", 3)
}

// statusIn is the status of a response's start line, 0 when it has none.
func statusIn(words []string) int {
	if len(words) < 2 || len(words[1]) != 3 {
		return 0
	}
	n := 0
	for _, c := range []byte(words[1]) {
		if c < '0' || c > '9' {
			return 0
		}
		n = 10*n + int(c-'0')
	}
	return n
}

// bodiless reports responses that end with their head (RFC 9112, Section 6.3,
// rule 1).
func bodiless(method string, status int) bool {
	return method == "HEAD" || status/100 == 1 || status == 204 || status == 304
}

// listed are the elements of a field that is a list.
func listed(values []string) []string {
	var out []string
	for _, v := range values {
		for e := range strings.SplitSeq(v, ",") {
			if e = grammar.Trim(e); e != "" {
				out = append(out, e)
			}
		}
	}
	return out
}

// has reports whether a list has an element, in any case.
func has(list []string, word string) bool {
	for _, e := range list {
		if strings.EqualFold(e, word) {
			return true
		}
	}
	return false
}
