//go:build clients && linux

package clients

import (
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
)

// tcpdump captures with tcpdump until the returned function is called, which
// waits for a number of packets. More may come: the last acknowledgment of a
// connection that is over for the program under test.
func (n network) tcpdump(t *testing.T, iface, filter string) (file string, stop func(packets int)) {
	t.Helper()
	file = filepath.Join(t.TempDir(), "tcpdump.pcap")
	// -Z: Debian's gives root up, and then cannot write here.
	p := start(t, n.command("tcpdump", "-i", iface, "-U", "--immediate-mode", "-Z", "root", "-w", file, filter))
	p.wait("tcpdump listens", func() bool { return strings.Contains(p.err.text(), "listening on") })
	return file, func(packets int) {
		t.Helper()
		p.wait("tcpdump has all packets", func() bool {
			out, err := exec.Command("capinfos", "-T", "-r", "-M", "-c", file).Output()
			words := strings.Fields(string(out))
			return err == nil && len(words) > 0 && whole(t, words[len(words)-1]) >= packets
		})
		p.cmd.Process.Signal(syscall.SIGINT)
		p.exits(0)
	}
}

// fetched is what curl itself knows of a request.
type fetched struct{ from, port, to, toPort, status, head string }

// fetch asks for a page and has curl say over which connection it went.
func (n network) fetch(t *testing.T, args ...string) fetched {
	t.Helper()
	out := n.curl(t, append([]string{"-D", "-", "-o", "/dev/null", "-w",
		"%{local_ip} %{local_port} %{remote_ip} %{remote_port} %{http_code}"}, args...)...)
	i := strings.LastIndexByte(out, '\n') + 1
	v := strings.Fields(out[i:])
	if len(v) != 5 {
		t.Fatalf("curl says %q", out)
	}
	return fetched{v[0], v[1], v[2], v[3], v[4], out[:i]}
}

func (f fetched) row() []string { return []string{f.from, f.port, f.to, f.toPort, f.status} }

// telnetEcho types "test" and "exit" to the echo server, as the slides do, and
// returns the row of its connection as the client's system has it.
func (n network) telnetEcho(t *testing.T) []string {
	t.Helper()
	x := n.newTerminal(t)
	x.enter("telnet 127.0.0.1 5555")
	x.shows("Escape character")
	sockets := strings.Fields(n.run(t, "ss", "-Htn", "state", "established", "dport = :5555"))
	if len(sockets) < 4 {
		t.Fatalf("ss shows no connection of telnet: %q", sockets)
	}
	port := sockets[2][strings.LastIndexByte(sockets[2], ':')+1:]
	x.enter("test")
	x.shows("test\ntest")
	x.enter("exit")
	x.shows("exit\nexit")
	x.press("C-]")
	x.shows("telnet>")
	x.enter("quit")
	x.shows("Connection closed.")
	return []string{"127.0.0.1", port, "127.0.0.1", "5555", "-"}
}

// demosDone runs the demos of practice 4.1 while the program and tcpdump
// capture.
func demosDone(t *testing.T) (p practice, dumped string) {
	t.Helper()
	const filter = "tcp port 5555 or tcp port 8080"
	n := newNetwork(t)
	live := n.live(t, "-i", "lo", "-f", filter)
	dumped, stop := n.tcpdump(t, "lo", filter)
	n.serve(t, "5555", n.demo(t, "echo.py"))
	n.serve(t, "8080", n.demo(t, "web_hello.py"))
	rows := [][]string{n.telnetEcho(t)}
	hello, missing := n.fetch(t, "http://127.0.0.1:8080/"), n.fetch(t, "http://127.0.0.1:8080/not-exist")
	rows = append(rows, hello.row(), missing.row())
	live.saw(2, 3)
	stop(live.stop().summaries[0].Packets)
	p = practice{assignment: "cs305-4.1", captures: []string{live.file}, blank: empty(t, "cs305-4.1"), sheet: []answer{
		{id: "1-1", kind: "table", rows: rows},
		{id: "1-2", kind: "interface", text: "Loopback: lo"},
		{id: "1-3", kind: "number", text: "2"},
		{id: "1-4", kind: "list", list: []string{hello.status, missing.status}},
		{id: "1-5", kind: "word", text: field(hello.head, "Connection")},
		{id: "1-6", kind: "choice", text: "c"},
		{id: "1-7", kind: "packet"},
		{id: "1-8", kind: "choice", text: "b"},
		{id: "1-9", kind: "free", text: "strip the line end before comparing with exit"},
	}}
	return p, dumped
}

// TestPracticeDemos is practice 4.1: telnet at the echo server, curl at the
// simple web server.
func TestPracticeDemos(t *testing.T) {
	p, dumped := demosDone(t)
	packets := dissect(t, p.captures[0])
	mustBe(t, "what tshark finds in both captures", dissect(t, dumped)[:len(packets)], packets)
	mustBe(t, "the table of the clients and that of tshark", table(packets, false), p.sheet[0].rows)
	right, middle := carriers(t, packets, p.sheet[0].rows[1][1])
	for _, n := range right {
		answerTo(p.sheet, "1-7").text = n
		p.right(t, inMarkdown, p.sheet)
	}
	p.right(t, asCSV, p.sheet)
	p.right(t, asYAML, p.sheet)
	p.right(t, inMarkdown, bothWays(p.sheet))
	p.words(t, map[string][]string{
		"1-2": {"lo", "loopback", "Loopback", "loopback interface", "Adapter for loopback traffic capture", "环回接口"},
		"1-3": {"２", "2 connections", "2."}, "1-4": {"200 and 404", "200, 404", "200；404"},
		"1-6": {"C", "(c)", "the server closes the connection", "服务器关闭连接"},
	})
	with := p
	with.captures = []string{dumped}
	with.right(t, inMarkdown, p.sheet)
	p.everyChange(t, inMarkdown, packetChanges(packets, middle)...)
}

// bothWays is a sheet whose table has each connection twice: as its request goes,
// without a status, and as its response comes.
func bothWays(sheet []answer) []answer {
	sheet = slices.Clone(sheet)
	for i := range sheet {
		var rows [][]string
		for _, r := range sheet[i].rows {
			rows = append(rows, []string{r[0], r[1], r[2], r[3], "-"}, []string{r[2], r[3], r[0], r[1], r[4]})
		}
		sheet[i].rows = rows
	}
	return sheet
}

// words holds that other spellings of right answers are right as well.
func (p *practice) words(t *testing.T, spellings map[string][]string) {
	t.Helper()
	for id, all := range spellings {
		for _, s := range all {
			sheet := slices.Clone(p.sheet)
			a := answerTo(sheet, id)
			a.text, a.list = s, nil
			m, code := p.check(t, p.hand(t, inMarkdown, sheet))
			if q := m.of(id); q.Verdict != "right" || code != 0 {
				t.Errorf("%s %q is not taken: %+v", id, s, q)
			}
		}
	}
}

// carriers are the packets of the response 200 to a port: those that are right
// as "the packet that carries it", and the others with bytes of it.
func carriers(t *testing.T, packets []packet, port string) (right, middle []string) {
	t.Helper()
	for _, p := range packets {
		if p.Ends[1] != "8080" || p.Ends[3] != port {
			continue
		}
		if p.Length > 0 {
			middle = append(middle, strconv.Itoa(p.Number))
		}
		if p.Status == "200" {
			right = append(right, strconv.Itoa(p.Number))
		}
	}
	if len(right) != 1 || len(middle) == 0 {
		t.Fatalf("tshark shows the response at %q, its bytes in %q", right, middle)
	}
	right = append(right, middle[0], middle[len(middle)-1])
	return slices.Compact(right), slices.DeleteFunc(middle, func(n string) bool { return slices.Contains(right, n) })
}

// packetChanges name other packets: within the response, of its request, of the
// other response.
func packetChanges(packets []packet, middle []string) []change {
	to := func(name, n string, why ...string) change {
		return change{name, answer{id: "1-7", kind: "packet", text: n}, why}
	}
	var all []change
	for _, n := range middle {
		all = append(all, to("in the middle", n, "middle-of-message"))
	}
	for _, p := range packets {
		n := strconv.Itoa(p.Number)
		switch {
		case p.Method != "" && len(all) == len(middle):
			all = append(all, to("the request", n, "other-side"))
		case p.Status == "404":
			all = append(all, to("the other response", n, "other-message"))
		case p.Opens && p.Ends[3] == "8080":
			all = append(all, to("a SYN", n))
		}
	}
	return append(all, to("beyond the last", strconv.Itoa(len(packets)+1)), to("no number", "the last one"))
}
