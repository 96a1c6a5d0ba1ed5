//go:build clients && linux

package clients

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"
)

// answers goes to a question of the assignment's pane by its heading, types an
// answer in place of what stands there, and waits until it is saved.
func (x *terminal) answers(heading, text, sheet string) {
	x.t.Helper()
	x.press("g", "f", "C-u")
	x.types(heading)
	x.press("Enter", "Enter")
	id, _, _ := strings.Cut(heading, " ")
	x.shows("\n" + id + ":")
	x.press("C-u")
	x.types(text)
	x.press("Enter")
	x.shows("Saved to " + sheet + ".")
}

// typed is an answer as it is typed on one line: the rows of a table are parted
// by semicolons.
func (a *answer) typed() string {
	var rows []string
	for _, row := range a.rows {
		rows = append(rows, strings.Join(row, ", "))
	}
	if rows != nil {
		return strings.Join(rows, "; ")
	}
	return a.line()
}

// onTheScreen answers practice 4.3 with keys beside its capture: a wrong filter
// first, which costs its points and is told why, then the right one.
func (p *practice) onTheScreen(t *testing.T) {
	n := newNetwork(t)
	x, dir := n.newTerminal(t), t.TempDir()
	x.enter(fmt.Sprintf("cd %s; stty -a >before; %s open %s --assignment %s --answers sheet.md; echo $? >code; stty -a >after", dir, httpscope, p.captures[0], p.assignment))
	x.shows("─ Assignment", "CS305 Lab 4, Practice 4.3", "3-1  1 p.")
	x.press("Tab", "Tab") // from the table past the page of the exchange
	points := map[string]string{"3-1": "1", "3-2": "1", "3-3": "3", "3-4": "1", "3-5": "1", "3-6": "1", "3-7": "4"}
	for _, a := range p.sheet {
		text := a.typed()
		if a.kind == "filter" {
			text = `http contains "POST"`
		}
		x.answers(a.id+"  "+points[a.id]+" p.", text, "sheet.md")
	}
	x.press("c")
	x.shows("9 of 12 points.")
	x.press("z")
	x.hides("[1 Wire]")
	x.press("g", "f", "C-u")
	x.types("3-3  3 p.")
	x.press("Enter", "Down", "Down", "Down", "Down", "Down")
	x.shows("3-3  3 p.  wrong, 0", `> http contains "POST"`, "The filter selects packets that were not asked for.")
	x.press("z")
	x.shows("[1 Wire]")
	x.answers("3-3  3 p.", answerTo(p.sheet, "3-3").text, "sheet.md")
	x.press("c")
	x.shows("12 of 12 points.")
	x.press("C-c")
	ended(t, x, dir, "0")
	m, code := p.check(t, filepath.Join(dir, "sheet.md"))
	if m.Score != 12 || m.Max != 12 || code != 0 {
		t.Errorf("the saved sheet has %g of %g points, exit code %d:\n%s", m.Score, m.Max, code,
			contents(t, dir+"/sheet.md"))
	}
}

// TestPracticeLive answers the textbook's first questions beside a live capture
// of the lab's site: nothing is right before the page was asked for.
func TestPracticeLive(t *testing.T) {
	n := newNetwork(t)
	x, dir := n.newTerminal(t), t.TempDir()
	x.enter(fmt.Sprintf("cd %s; stty -a >before; %s lab --assignment kurose-http-1 --answers x.md -w lab.pcapng; echo $? >code; stty -a >after", dir, httpscope))
	x.shows("LIVE lo", "─ Assignment", "HTTP lab, part 1")
	x.press("c")
	x.shows("0 of 9 points.")
	const languages = "zh-CN,en;q=0.7"
	page := n.fetch(t, "-H", "Accept-Language: "+languages, "-w",
		"%{local_ip} %{local_port} %{size_download} %{remote_port} %{http_code}", site+"/conditional")
	size := page.to // where the size stands in what curl prints
	x.shows("/conditional")
	n.browse(t, site+"/images")
	x.shows("/images")
	x.press("Tab", "Tab")
	for _, a := range [][2]string{
		{"1  2 p.", "HTTP/1.1, HTTP/1.1"}, {"2  1 p.", languages}, {"3  2 p.", "127.0.0.1; 127.0.0.1"},
		{"4  1 p.", page.status},
		{"5  1 p.", field(page.head, "Last-Modified")}, {"6  1 p.", size + "1"}, {"7  1 p.", "a"},
	} {
		x.answers(a[0], a[1], "x.md")
	}
	x.press("c")
	x.shows("8 of 9 points.")
	x.answers("6  1 p.", size, "x.md")
	x.press("c")
	x.shows("9 of 9 points.")
	x.press("q", "q") // to the table, and out
	ended(t, x, dir, "0")
	p := practice{assignment: "kurose-http-1", captures: []string{filepath.Join(dir, "lab.pcapng")}}
	if m, code := p.check(t, filepath.Join(dir, "x.md")); m.Score != 9 || m.Max != 9 || code != 0 {
		t.Errorf("the saved sheet has %g of %g points of the packets that were kept, exit code %d:\n%s", m.Score,
			m.Max, code, contents(t, dir+"/x.md"))
	}
}
