//go:build clients && linux

package clients

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// change is a right answer made wrong.
type change struct {
	name string
	to   answer
	why  []string // the misconceptions of which one must be named; nil: any reason
}

// numberMistakes are what a wrong number may be taken for.
var numberMistakes = []string{"off-by-one", "packet-number", "other-message", "other-side", "middle-of-message",
	"counts-packets", "counts-connections",
	"counts-messages", "counts-exchanges", "counts-all", "stream-number", "header-length", "body-length",
	"segment-length", "relative-sequence"}

// changes are the ways in which an answer is made wrong.
func changes(a answer) []change {
	to := func(name, text string, why ...string) change {
		c := a
		c.text, c.list = text, nil
		return change{name, c, why}
	}
	all := []change{{"left out", answer{id: a.id, kind: a.kind, rows: blankRows(a)}, nil}}
	switch a.kind {
	case "free":
		return nil
	case "table":
		return append(all, tableChanges(a)...)
	case "list":
		return append(all, listChanges(a)...)
	case "number", "packet":
		n, _ := strconv.Atoi(a.text)
		all = append(all, to("in words", "a few"), to("none", "-"), to("a thousand times as many", fmt.Sprint(1000*n)))
		if a.kind == "number" {
			all = append(all, to("one more", fmt.Sprint(n+1), numberMistakes...),
				to("one less", fmt.Sprint(n-1), numberMistakes...))
		}
	case "word":
		all = append(all, to("another", "something else"), to("cut", a.text[:len(a.text)-1]),
			to("longer", a.text+"1"), to("a number", "42"))
	case "interface":
		all = append(all, interfaceChanges(a, to)...)
	case "choice":
		for _, letter := range []string{"a", "b", "c", "d"} {
			if letter != a.text {
				all = append(all, to("option "+letter, letter), to("two options", a.text+", "+letter))
			}
		}
		all = append(all, to("no option", "z"), to("words", "I do not know"))
	case "filter":
		for _, w := range wrongFilters {
			all = append(all, to("filter", w.filter, w.why...))
		}
	}
	return all
}

// blankRows leaves the table of the empty sheet as it is.
func blankRows(a answer) [][]string {
	if a.rows == nil {
		return nil
	}
	return [][]string{{"", "", "", "", ""}}
}

// wrongFilters are wrong on every capture of practice 4.3, with what they are
// taken for.
var wrongFilters = []struct {
	filter string
	why    []string
}{
	{`http.request.method == "GET"`, []string{"selects-too-much", "selects-too-little"}},
	{`http.request.method == "post"`, []string{"selects-nothing"}},
	{`http.request.method == "PUT"`, []string{"selects-nothing"}},
	{`http.request`, []string{"selects-too-much"}},
	{`http`, []string{"selects-too-much"}},
	{`tcp`, []string{"selects-too-much"}},
	{`http contains "POST"`, []string{"selects-too-much"}},
	{`http.request.method == "POST" && ip.src == 10.0.0.66`, []string{"selects-nothing"}},
	{`http.request.method == "POST" && tcp.stream == 1`, []string{"selects-too-little", "selects-nothing"}},
	{`http.request.method == "POST" || http.response`, []string{"selects-too-much"}},
	{`!(http.request.method == "GET")`, []string{"selects-too-much"}},
	{`http.request.method = "POST"`, []string{"not-a-filter"}},
	{`http.method == "POST"`, []string{"not-a-filter"}},
	{`tcp port 8000`, []string{"capture-filter"}},
	{`POST`, []string{"not-a-filter"}},
	{`http.request.method == "POST`, []string{"not-a-filter"}},
	{`http.request.method matches "(?i)post"`, []string{"right-here-only"}},
	{`http.request.method contains "POS"`, []string{"right-here-only"}},
	{`http.request.method == "POST" and tcp.dstport == 8000`, []string{"right-here-only"}},
	{`http.request.method != "GET"`, []string{"right-here-only"}},
}

// interfaceChanges name the other interface, in the words of students, or none.
func interfaceChanges(a answer, to func(name, text string, why ...string) change) []change {
	wrong := []string{"WLAN", "eth0", "wlan0", "Wi-Fi", "Ethernet", "无线网卡"}
	if !strings.Contains("lo loopback", a.text) && !strings.Contains(strings.ToLower(a.text), "loopback") {
		wrong = []string{"lo", "loopback", "Loopback: lo", "Adapter for loopback traffic capture", "lo0", "环回接口"}
	}
	var all []change
	for _, w := range wrong {
		all = append(all, to("the other", w, "wrong-interface"))
	}
	return append(all, to("both", "lo and wlan0"), to("none of them", "bluetooth"))
}

func listChanges(a answer) []change {
	to := func(name string, list ...string) change {
		c := a
		c.list = list
		return change{name, c, nil}
	}
	backwards := slices.Clone(a.list)
	slices.Reverse(backwards)
	all := []change{to("backwards", backwards...), to("one more", append(slices.Clone(a.list), a.list[0])...),
		to("the last missing", a.list[:len(a.list)-1]...), to("the first missing", a.list[1:]...)}
	for i := range a.list {
		other := slices.Clone(a.list)
		other[i] = "500"
		all = append(all, to(fmt.Sprintf("entry %d", i+1), other...))
	}
	return all
}

// tableChanges change each row and each cell of a table.
func tableChanges(a answer) []change {
	var all []change
	add := func(name string, why []string, edit func(rows [][]string) [][]string) {
		c := a
		c.rows = make([][]string, len(a.rows))
		for i := range a.rows {
			c.rows[i] = slices.Clone(a.rows[i])
		}
		c.rows = edit(c.rows)
		all = append(all, change{name, c, why})
	}
	for i, row := range a.rows {
		name := fmt.Sprintf("row %d ", i+1)
		add(name+"removed", []string{"missing-row"}, func(r [][]string) [][]string { return slices.Delete(r, i, i+1) })
		if row[4] != "-" { // no response, said twice, is still none
			add(name+"twice", nil, func(r [][]string) [][]string { return append(r, r[i]) })
		}
		add(name+"with its ports swapped", []string{"client-port"}, func(r [][]string) [][]string {
			r[i][1],
				r[i][3] = r[i][3], r[i][1]
			return r
		})
		if row[0] != row[2] {
			add(name+"with its addresses swapped", []string{"client-address"},
				func(r [][]string) [][]string { r[i][0], r[i][2] = r[i][2], r[i][0]; return r })
		}
		add(name+"of the response", []string{"response-direction"}, func(r [][]string) [][]string {
			r[i][0], r[i][1], r[i][2], r[i][3] = r[i][2], r[i][3], r[i][0], r[i][1]
			return r
		})
		for j, wrong := range []string{"10.9.8.7", oneMore(row[1]), "10.9.8.7", oneMore(row[3]), "503"} {
			if i > 1 && j != i%5 { // each cell of two rows, then one of each row
				continue
			}
			add(fmt.Sprintf("%scell %d", name, j+1), nil, func(r [][]string) [][]string { r[i][j] = wrong; return r })
			if row[j] != "-" { // an empty status is taken for none
				add(fmt.Sprintf("%scell %d empty", name, j+1), nil,
					func(r [][]string) [][]string { r[i][j] = ""; return r })
			}
		}
	}
	add("a row added", []string{"extra-row"}, func(r [][]string) [][]string {
		return append(r, []string{"10.9.8.7", "40000", "10.9.8.6", "8000", "200"})
	})
	add("all of responses", []string{"response-direction"}, func(r [][]string) [][]string {
		for _, row := range r {
			row[0], row[1], row[2], row[3] = row[2], row[3], row[0], row[1]
		}
		return r
	})
	heads := a
	heads.head = []string{"source ip", "destination port", "destination ip", "source port", "status"}
	return append(all, change{"ports under each other's heads", heads, []string{"client-port", "server-port"}})
}

// oneMore is the next port. An empty status has none.
func oneMore(port string) string {
	n, _ := strconv.Atoi(port)
	return fmt.Sprint(n + 1)
}
