//go:build clients && linux

package clients

import (
	"fmt"
	"strings"
	"testing"
)

// TestPortInUse: the error names the port, and the program that has it.
func TestPortInUse(t *testing.T) {
	n := newNetwork(t)
	owner := n.serve(t, "8080", n.command(python(), "-m", "http.server", "8080", "--bind", "127.0.0.1"))
	for _, command := range []string{"lab --headless", "serve"} {
		p := start(t, n.command(append([]string{httpscope}, strings.Fields(command)...)...))
		p.exits(2)
		said := p.err.text()
		if want := fmt.Sprintf("port 8080 of 127.0.0.1 is in use by %q (process %d)", "python3",
			owner.Process.Pid); !strings.Contains(said, want) {
			t.Errorf("%s: %q is not said:\n%s", command, want, said)
		}
		if strings.Count(said, "httpscope: error: ") != 1 || strings.Count(said, "httpscope: hint: ") != 1 {
			t.Errorf("%s: not one error and one hint:\n%s", command, said)
		}
	}
}

// TestPortZero: beside it, the servers take ports that are free.
func TestPortZero(t *testing.T) {
	n := newNetwork(t)
	n.serve(t, "8080", n.command(python(), "-m", "http.server", "8080", "--bind", "127.0.0.1"))
	p := n.lab(t, "--port", "0")
	ports := map[string]bool{}
	for _, line := range p.err.whole() {
		words := strings.Fields(line)
		if words[0] == "httpscope:" {
			continue
		}
		ports[words[1][strings.LastIndexByte(words[1], ':')+1:]] = true
		if words[0] == "site" {
			n.curl(t, words[1]+"/length/alphabet")
		}
	}
	if len(ports) != 9 || ports["8080"] || ports["0"] {
		t.Errorf("the servers have the ports %v", ports)
	}
	p.saw(1, 1)
	mustBe(t, "requests", p.stop().requests(), []string{"GET /length/alphabet 200"})
}
