package target

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// scenario is one connection: what a client sends, what the server sends, in
// its sends, and how the connection ends.
type scenario struct {
	name  string
	steps []step
	end   string // "closed" or "reset"
	fatal bool   // the lab's program ends with it
}

type step struct {
	from byte // '>' client, '<' server, '|' the client's end of stream
	data string
	text string // the client's lines in the file
}

// traceFile is a file of testdata/traces. Lines beginning with > are what the
// client sends, several in a row in one write; < is one send of the server.
//
//	== name of the scenario
//	> "GET / HTTP/1.0\r\n\r\n"
//	> "x" * 3000
//	> end
//	< "HTTP/1.0 200 OK\r\n"
//	closed
//	python ends
type traceFile struct {
	comment   string
	scenarios []scenario
}

func readTraces(t *testing.T, name string) traceFile {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("testdata", "traces", name))
	if err != nil {
		t.Fatal(err)
	}
	var f traceFile
	for i, line := range strings.Split(string(text), "\n") {
		if err := f.readLine(line); err != nil {
			t.Fatalf("%s:%d: %v", name, i+1, err)
		}
	}
	return f
}

func (f *traceFile) readLine(line string) error {
	kind, rest, _ := strings.Cut(line, " ")
	switch {
	case line == "":
		return nil
	case kind == "#":
		f.comment += line + "\n"
		return nil
	case kind == "==":
		f.scenarios = append(f.scenarios, scenario{name: rest})
		return nil
	}
	s := &f.scenarios[len(f.scenarios)-1]
	switch {
	case line == "> end":
		s.steps = append(s.steps, step{from: '|'})
	case kind == ">" || kind == "<":
		data, err := unquote(rest)
		if err != nil {
			return err
		}
		if last := len(s.steps) - 1; kind == ">" && last >= 0 && s.steps[last].from == '>' {
			s.steps[last].data += data
			s.steps[last].text += line + "\n"
			return nil
		}
		s.steps = append(s.steps, step{kind[0], data, line + "\n"})
	case line == "closed" || line == "reset":
		s.end = line
	case line == "python ends":
		s.fatal = true
	default:
		return fmt.Errorf("no such line: %q", line)
	}
	return nil
}

// unquote reads `"text"` and `"text" * 3`.
func unquote(s string) (string, error) {
	quoted, err := strconv.QuotedPrefix(s)
	if err != nil {
		return "", fmt.Errorf("%q: %w", s, err)
	}
	text, err := strconv.Unquote(quoted)
	if err != nil {
		return "", fmt.Errorf("%q: %w", s, err)
	}
	times := 1
	if rest := s[len(quoted):]; rest != "" {
		if times, err = strconv.Atoi(strings.TrimPrefix(rest, " * ")); err != nil {
			return "", fmt.Errorf("%q: %w", s, err)
		}
	}
	return strings.Repeat(text, times), nil
}

// quote is the way back. Long texts that repeat themselves become short.
func quote(s string) string {
	for period := 1; period <= 16 && len(s) > 256; period++ {
		if len(s)%period == 0 && strings.Repeat(s[:period], len(s)/period) == s {
			return fmt.Sprintf("%q * %d", s[:period], len(s)/period)
		}
	}
	return strconv.Quote(s)
}

func (f traceFile) write(t *testing.T, name string) {
	t.Helper()
	var out strings.Builder
	out.WriteString(f.comment)
	for _, s := range f.scenarios {
		fmt.Fprintf(&out, "\n== %s\n%s", s.name, s.String())
	}
	if err := os.WriteFile(filepath.Join("testdata", "traces", name), []byte(out.String()), 0o644); err != nil {
		t.Fatal(err)
	}
}

func (s scenario) String() string {
	var out strings.Builder
	for _, st := range s.steps {
		switch st.from {
		case '|':
			out.WriteString("> end\n")
		case '>':
			out.WriteString(st.text)
		default:
			fmt.Fprintf(&out, "< %s\n", quote(st.data))
		}
	}
	out.WriteString(s.end + "\n")
	if s.fatal {
		out.WriteString("python ends\n")
	}
	return out.String()
}

// recorded replaces the server's part of a scenario by what was recorded: as
// many sends where the scenario has some, and the rest at the end.
func (s scenario) recorded(sends []string, end string) scenario {
	out := scenario{name: s.name, end: end, fatal: s.fatal}
	for _, st := range s.steps {
		if st.from == '<' {
			if len(sends) == 0 {
				continue
			}
			st.data, sends = sends[0], sends[1:]
		}
		out.steps = append(out.steps, st)
	}
	for _, send := range sends {
		out.steps = append(out.steps, step{from: '<', data: send})
	}
	return out
}
