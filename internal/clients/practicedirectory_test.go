//go:build clients && linux

package clients

import (
	"slices"
	"testing"
)

// visits is what was captured of practice 4.2 or 4.3, three times at once.
type visits struct {
	both, loopback, wireless string // packet files: of both interfaces, and of each
	rows                     [][]string
}

// captured starts the three captures; the function stops them when so many
// requests are over, all and those of the classmate.
func (n network) captured(t *testing.T) (v visits, stop func(all, theirs int)) {
	t.Helper()
	const filter = "tcp port 8000"
	both := n.live(t, "-i", "lo", "-i", "wlan0", "-f", filter)
	lo, wlan := n.live(t, "-i", "lo", "-f", filter), n.live(t, "-i", "wlan0", "-f", filter)
	return visits{both: both.file, loopback: lo.file, wireless: wlan.file}, func(all, theirs int) {
		t.Helper()
		both.saw(all, all)
		lo.saw(all-theirs, all-theirs)
		wlan.saw(theirs, theirs)
		for _, p := range []*program{both, lo, wlan} {
			p.stop()
		}
	}
}

// directoryVisited is practice 4.2: python -m http.server as it stands there,
// visited from this machine by both addresses and by a classmate.
func directoryVisited(t *testing.T, withBrowser bool) visits {
	t.Helper()
	mine, theirs := classroom(t)
	dir := t.TempDir()
	write(t, dir+"/test.txt", "a text file\n")
	write(t, dir+"/Documents/report.txt", "lab report\n")
	v, stop := mine.captured(t)
	server := mine.command(python(), "-m", "http.server")
	server.Dir = dir
	mine.serve(t, "8000", server)
	visit := func(from network, url string) { v.rows = append(v.rows, from.fetch(t, url).row()) }
	visit(mine, "http://127.0.0.1:8000/")
	visit(mine, "http://"+own+":8000/test.txt")
	visit(theirs, "http://"+own+":8000/")
	visit(theirs, "http://"+own+":8000/Documents")
	visit(theirs, "http://"+own+":8000/missing")
	all := 5
	if withBrowser {
		mine.browse(t, "http://"+own+":8000/")
		all++
	}
	stop(all, 3)
	return v
}

// directorySheet is the sheet of who has done practice 4.2, with tshark's table.
func directorySheet(t *testing.T, v visits) (sheet []answer) {
	t.Helper()
	loopback, wireless := dissect(t, v.loopback), dissect(t, v.wireless)
	return []answer{
		{id: "2-1", kind: "choice", text: "c"},
		{id: "2-2", kind: "interface", text: "lo"},
		{id: "2-3", kind: "choice", text: "a"},
		{id: "2-4", kind: "interface", text: "wlan0"},
		{id: "2-5", kind: "table", rows: append(table(loopback, false), table(wireless, false)...)},
		{id: "2-6", kind: "word", text: first(t, loopback, func(p packet) bool { return p.Status != "" }).Version},
	}
}

// has holds that each row of the clients is in a table.
func has(t *testing.T, table, rows [][]string) {
	t.Helper()
	for _, row := range rows {
		if !slices.ContainsFunc(table, func(other []string) bool { return slices.Equal(row, other) }) {
			t.Errorf("tshark does not have the connection %q of a client: %q", row, table)
		}
	}
}

// TestPracticeDirectory is practice 4.2.
func TestPracticeDirectory(t *testing.T) {
	v := directoryVisited(t, true)
	p := practice{assignment: "cs305-4.2", captures: []string{v.loopback, v.wireless}, blank: empty(t, "cs305-4.2"),
		sheet: directorySheet(t, v)}
	has(t, answerTo(p.sheet, "2-5").rows, v.rows)
	one := p
	one.captures = []string{v.both}
	for _, f := range []form{asCSV, asYAML, inMarkdown} {
		p.right(t, f, p.sheet)
		one.right(t, f, p.sheet)
	}
	backwards := p
	backwards.captures = []string{v.wireless, v.loopback}
	backwards.right(t, asCSV, p.sheet)
	p.words(t, map[string][]string{
		"2-1": {"both", "Both will work", "C", "两个都可以"}, "2-2": {"loopback interface", "Loopback: lo", "回环"},
		"2-3": {"your address:8000", own + ":8000", "http://" + own + ":8000/"},
		"2-4": {"WLAN", "Wi-Fi", "eth0", "Ethernet", "以太网"}, "2-6": {"1.0", "http/1.0", "HTTP 1.0"},
	})
	p.everyChange(t, asCSV, change{"the version of the request", answer{id: "2-6", kind: "word", text: "HTTP/1.1"},
		[]string{"other-side"}},
		change{"the lab's own answer, with its wrong port", answer{id: "2-3", kind: "choice", text: own + ":8080"},
			[]string{"port-8080"}},
		change{"the machine of the classmate", answer{id: "2-3", kind: "choice", text: "http://127.0.0.1:8000/"},
			[]string{"loopback-is-local"}})
	t.Run("class", func(t *testing.T) { p.inClass(t) })
	t.Run("gradescope", func(t *testing.T) { p.onGradescope(t) })
}
