//go:build clients && linux

package clients

import (
	"slices"
	"strings"
	"testing"
)

// Addresses as in the lab's pictures.
const (
	own       = "10.24.118.137"
	classmate = "10.24.114.91"
)

// classroom is two machines on one Ethernet, wlan0 on both.
func classroom(t *testing.T) (mine, theirs network) {
	t.Helper()
	mine, theirs = newNetwork(t), newNetwork(t)
	cable(t, mine, "wlan0", own+"/16", theirs, "wlan0", classmate+"/16")
	return mine, theirs
}

// TestClassmate: the lab's questions 2-1 to 2-4 and 3-1, 3-2. What this machine
// sends to its own address goes over loopback, what a classmate sends comes in
// by the network's interface, and the program says so beforehand.
func TestClassmate(t *testing.T) {
	mine, theirs := classroom(t)
	dir := t.TempDir()
	write(t, dir+"/index.html", "This is a test demo of CS305\n")
	mine.serve(t, "8000", mine.command(python(), "-m", "http.server", "8000", "--directory", dir))
	loopback, wireless := mine.live(t, "-i", "lo", "-f", "tcp port 8000"),
		mine.live(t, "-i", "wlan0", "-f", "tcp port 8000")
	url := "http://" + own + ":8000/"
	mine.curl(t, url+"?from=own")
	mine.curl(t, "http://127.0.0.1:8000/?from=127.0.0.1")
	theirs.curl(t, url+"?from=classmate")
	wireless.saw(1, 1)
	loopback.saw(2, 2)
	w, l := wireless.stop(), loopback.stop()
	mustBe(t, "on wlan0", w.requests(), []string{"GET /?from=classmate 200"})
	mustBe(t, "on lo", l.requests(), []string{"GET /?from=own 200", "GET /?from=127.0.0.1 200"})
	fromOutside(t, w.connections[0])
	mustBe(t, "the server's address", l.connections[0].Server, own+":8000")
	said := mine.run(t, httpscope, "interfaces", "--url", url)
	carries(t, said, "from this machine:", "lo", "wlan0")
	carries(t, said, "from a classmate's:", "wlan0", "lo")
}

// fromOutside checks a connection that came over the cable.
func fromOutside(t *testing.T, c connection) {
	t.Helper()
	if !strings.HasPrefix(c.Client, classmate+":") || c.Server != own+":8000" {
		t.Errorf("from %s to %s", c.Client, c.Server)
	}
	mustBe(t, "handshake", c.Handshake, true)
	mustBe(t, "link", c.Link, "ethernet")
}

// carries checks the line that `interfaces --url` prints for one side: a
// command or an interface of its own, and the other interface not as a command.
func carries(t *testing.T, said, side, name, other string) {
	t.Helper()
	for line := range strings.Lines(said) {
		if !strings.Contains(line, side) {
			continue
		}
		if words := strings.FieldsFunc(line, func(r rune) bool {
			return strings.ContainsRune(" ,.:;\n", r)
		}); !contains(words, name) ||
			strings.Contains(line, "-i "+other) {
			t.Errorf("%s is not said of %s:\n%s", name, side, line)
		}
		return
	}
	t.Errorf("nothing is said %s\n%s", side, said)
}

func contains(words []string, word string) bool {
	for _, w := range words {
		if w == word {
			return true
		}
	}
	return false
}

// TestClassmateVisitsTheLab: with --bind, others reach the servers, the program
// warns of it, and captures on their interface as well.
func TestClassmateVisitsTheLab(t *testing.T) {
	mine, theirs := classroom(t)
	p := mine.lab(t, "--bind", own)
	if said := p.err.text(); !strings.Contains(said, "httpscope: warning: Anybody that can reach "+own) {
		t.Errorf("no warning:\n%s", said)
	}
	theirs.curl(t, "http://"+own+":8080/length/alphabet")
	mine.curl(t, "http://"+own+":8080/chunked/alphabet")
	p.saw(2, 2)
	r := p.stop()
	if c := r.of(t, r.one(t, "/length/alphabet")); !strings.HasPrefix(c.Client, classmate+":") || !c.Handshake {
		t.Errorf("the classmate's connection: %+v", c)
	}
	if c := r.of(t, r.one(t, "/chunked/alphabet")); !strings.HasPrefix(c.Client, own+":") {
		t.Errorf("the own connection: %+v", c)
	}
}

// TestSeveralInterfaces: one that goes away is a message, and the capture goes
// on with the others.
func TestSeveralInterfaces(t *testing.T) {
	mine, theirs := classroom(t)
	dir := t.TempDir()
	write(t, dir+"/index.html", "hello\n")
	mine.serve(t, "8000", mine.command(python(), "-m", "http.server", "8000", "--directory", dir))
	for _, backend := range []string{"libpcap", "af_packet"} {
		t.Run(backend, func(t *testing.T) {
			spare := "spare" + backend[:2]
			mine.ip(t, "link", "add", spare, "type", "veth", "peer", "name", spare+"x")
			mine.ip(t, "link", "set", spare, "up")
			mine.ip(t, "link", "set", spare+"x", "up")
			p := mine.live(t, "--backend", backend, "-i", "lo", "-i", "wlan0", "-i", spare, "-f", "tcp port 8000")
			mine.curl(t, "http://"+own+":8000/?before")
			theirs.curl(t, "http://"+own+":8000/?classmate")
			mine.ip(t, "link", "del", spare)
			p.wait("the message", func() bool { return strings.Contains(p.err.text(), "is gone") })
			mine.curl(t, "http://"+own+":8000/?after")
			theirs.curl(t, "http://"+own+":8000/?still")
			p.saw(4, 4)
			r := p.stop()
			// Packets of different interfaces come in the order in which the kernel
			// hands them over, not quite that of their times.
			mustBe(t, "requests", slices.Sorted(slices.Values(r.requests())),
				[]string{"GET /?after 200", "GET /?before 200", "GET /?classmate 200", "GET /?still 200"})
			mustBe(t, "standard error", p.err.whole()[:2],
				[]string{`httpscope: capturing on lo+wlan0+` + spare + `, filter "tcp port 8000"`,
					`httpscope: Interface "` + spare + `" is gone. The capture goes on without it.`})
		})
	}
}
