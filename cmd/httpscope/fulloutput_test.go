package main

import (
	"bytes"
	"strings"
	"syscall"
	"testing"
)

// full takes nothing, as a device or a disk that is full.
type full struct{}

func (full) Write([]byte) (int, error) { return 0, syscall.ENOSPC }

// printing is every command that prints.
const printing = `--help
	help read
	read --help
	coursework --help
	version
	explain GET
	explain --json GET
	explain
	interfaces
	lesson
	read FILE
	read --json FILE
	read --why FILE
	read --verbose FILE
	read -e http.host FILE
	read --format csv -e http.host FILE
	read --packets FILE
	read --packets --json FILE
	filter http
	filter http --capture FILE
	lesson jar FILE
	lesson --json jar FILE
	quiz --list FILE
	quiz --json FILE
	coursework list
	coursework show cs305-4.2
	coursework new cs305-4.2
	coursework key cs305-4.2 --capture FILE`

// TestFullOutput: every command that prints says once, in a line and no more than a hint, that it
// could not, and its code says so, too.
func TestFullOutput(t *testing.T) {
	for _, line := range strings.Split(printing, "\n\t") {
		var stderr bytes.Buffer
		args := strings.Fields(strings.ReplaceAll(line, "FILE", "../../pcaps/demo.pcapng"))
		code := run(args, strings.NewReader(""), full{}, &stderr)
		said := strings.TrimSuffix(stderr.String(), "\n")
		began := strings.HasPrefix(said, "httpscope: error: writing the output: ")
		if code != exitUsage || !began || strings.Contains(said, "\n") || strings.Contains(said, `\n`) {
			t.Errorf("%s ends with %d and says %q", line, code, said)
		}
	}
}
