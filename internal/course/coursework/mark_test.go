package coursework

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"httpscope/internal/course/sheet"
)

// oneQuestion is an assignment of one question, whose fields are YAML in braces.
func oneQuestion(t *testing.T, fields string) *Assignment {
	t.Helper()
	a, err := Load([]byte("schema: " + Schema +
		"\nid: x\ntitle: X\nquestions:\n  - {id: q, prompt: why, points: 2, " + fields + "}\n"))
	if err != nil {
		t.Fatalf("%s: %v", fields, err)
	}
	return a
}

// given marks an answer to one question.
func given(t *testing.T, e *Evidence, fields string, a sheet.Answer) Marked {
	t.Helper()
	a.ID = "q"
	return oneQuestion(t, fields).Mark(e, &sheet.Sheet{Answers: []sheet.Answer{a}}, "en").Questions[0]
}

// row is a question, an answer, and what must come of it.
type row struct {
	question, answer string
	verdict          Verdict
	tag, says        string // one of the tags, a part of the feedback
}

func markRows(t *testing.T, e *Evidence, rows []row) {
	t.Helper()
	for _, c := range rows {
		m := given(t, e, c.question, sheet.Answer{Text: c.answer})
		said := strings.Join(m.Feedback, " ")
		if m.Verdict != c.verdict || c.tag != "" && !slices.Contains(m.Tags, c.tag) || c.tag == "" &&
			c.verdict == Right && len(m.Tags) > 0 || !strings.Contains(said, c.says) {
			t.Errorf("{%s} answered %q: %s %q %q; want %s %s %q", c.question, c.answer, m.Verdict, m.Tags, said,
				c.verdict, c.tag, c.says)
		}
	}
}

// TestLabServer marks answers about the slides' server, whose response takes
// five segments: its status line is in packet 6, its last byte in 14, and
// Wireshark shows it at the FIN, packet 16.
func TestLabServer(t *testing.T) {
	const response, request = "kind: packet, filter: http.response.code == 200", "kind: packet, filter: http.request"
	markRows(t, evidence(t, "web-hello.pcap"), []row{
		{response, "6", Right, "", "Packet 6 carries the first byte of the response."},
		{response, "14", Right, "", "Packet 14 carries its last byte."},
		{response, "16", Right, "", "Wireshark lists the response there although it carries no byte of it"},
		{response, "packet 6", Right, "", ""},
		{response, "#１６", Right, "", ""},
		{response, "8", Partly, "middle-of-message", "neither its first nor its last byte"},
		{response, "4", Wrong, "other-side", "request and response are taken for one another"},
		{response, "7", Wrong, "off-by-one", ""},
		{response, "24", Wrong, "other-message", ""},
		{response, "first", Unread, "", "could not be read as the number of a packet"},
		{request, "4", Right, "", "and carries its last byte."},
		{"kind: packet, rows: packets, filter: tcp.flags.fin == 1", "16", Right, "", ""},
		{"kind: packet, rows: packets, filter: tcp.flags.fin == 1", "15", Wrong, "off-by-one", ""},
		{"kind: packet, filter: http.response.code == 500", "6", Wrong, "not-captured", "Capture again"},

		{"kind: value, filter: http.response, field: http.connection", "closeContent-Type:text/html; charset=utf-8",
			Right, "", ""},
		{"kind: value, filter: http.response, field: http.connection", "close", Wrong, "", ""},
		{"kind: value, filter: http.response, field: http.response.code, which: all", "200, 404", Right, "", ""},
		{"kind: value, filter: http.response, field: http.response.code, which: all", "200\n404", Right, "", ""},
		{"kind: value, filter: http.response, field: http.response.code, which: all", "404, 200", Wrong, "", ""},
		{"kind: value, filter: http.response, field: http.response.code, which: all", "200", Partly, "", "1 entries"},
		{"kind: value, filter: http.response, field: http.response.code, which: last", "404 Not Found", Right, "", ""},
		{"kind: value, filter: http.response, field: http.response.code, which: last", "404 OK", Unread, "", ""},
		{"kind: value, filter: http.response, field: http.response.code", "404", Wrong, "other-message", ""},
		{"kind: value, filter: http.response, field: http.content_type", "none", Right, "", ""},
		{"kind: value, filter: http.response, field: http.content_type", "无", Right, "", ""},
		{"kind: value, filter: http.response, field: http.content_type", "text/html", Wrong, "", ""},
		{"kind: value, filter: http.response, field: scope.body_bytes", "41", Right, "", ""},
		{"kind: value, filter: http.response, field: scope.body_bytes", "４１ 字节", Right, "", ""},
		{"kind: value, filter: http.response, field: scope.body_bytes", "41 bytes", Right, "", ""},
		{"kind: value, filter: http.response, field: scope.body_bytes", "0x29", Right, "", ""},
		{"kind: value, filter: http.response, field: scope.body_bytes", "116", Wrong, "message-length", ""},
		{"kind: value, filter: http.response, field: scope.body_bytes", "75", Wrong, "header-length", ""},
		{"kind: value, filter: http.response, field: scope.body_bytes", "83", Wrong, "frame-length", ""},
		{"kind: value, filter: http.response, field: scope.body_bytes", "42", Wrong, "", ""},
		{"kind: value, filter: http.request, field: http.request.version", "1.1", Right, "", ""},
		{"kind: value, filter: http.request, field: http.request.version", "HTTP/1.0", Wrong, "", ""},
		{"kind: value, filter: http.request, header: user-agent", "curl/7.88.1", Right, "", ""},
		{"kind: value, filter: http.request, field: tcp.dstport", "8080", Right, "", ""},
		{"kind: value, filter: http.request, field: tcp.srcport", "8080", Wrong, "server-port", ""},
		{"kind: value, rows: packets, filter: http.request, field: tcp.seq", "1", Right, "", ""},

		{"kind: count, filter: http.request", "2", Right, "", ""},
		{"kind: count, filter: http.request", "4", Wrong, "counts-all", ""},
		{"kind: count, filter: http", "2", Wrong, "counts-exchanges", ""},
		{"kind: count, rows: packets, filter: tcp.flags.syn == 1", "4", Right, "", ""},
		{"kind: count, rows: connections, filter: http", "2 个", Right, "", ""},
		{"kind: count, rows: connections", "3", Wrong, "off-by-one", ""},
		{"kind: count, filter: http.request", "some", Unread, "", "could not be read as a number"},
		{"kind: count, rows: segments, filter: http.response", "5", Right, "", ""},

		{"kind: yes-no, filter: http.response.code == 404", "yes", Right, "", ""},
		{"kind: yes-no, filter: http.response.code == 404", "有", Right, "", ""},
		{"kind: yes-no, filter: http.response.code == 404", "No, it is not.", Wrong, "", ""},
		{"kind: yes-no, filter: http.response.code == 404", "perhaps", Unread, "", "could not be read as yes or no"},

		{"kind: interface, filter: tcp.port == 8080", "lo", Right, "", ""},
		{"kind: interface, filter: tcp.port == 8080", "Adapter for loopback traffic capture", Right, "", ""},
		{"kind: interface, filter: tcp.port == 8080", "环回接口", Right, "", ""},
		{"kind: interface, filter: tcp.port == 8080", "WLAN", Wrong, "wrong-interface", ""},
		{"kind: interface, filter: tcp.port == 8080", "loopback or WLAN", Unread, "", "both kinds"},
		{"kind: interface, filter: tcp.port == 80, fallback: network", "wlan0", Right, "", ""},
		{"kind: interface, filter: tcp.port == 80", "wlan0", Wrong, "not-captured", ""},

		{"kind: overlap, filter: http.request", "serial", Right, "", ""},
		{"kind: overlap, filter: http.request", "in parallel", Wrong, "", ""},

		{"kind: display-filter, selects: http.response.code == 404", "http.response.code==404", Right, "", ""},
		{"kind: display-filter, selects: http.response.code == 404", "Filter: http.response.code eq 404", Right, "",
			""},
		{"kind: display-filter, selects: http.response.code == 404", "frame.number == 32", Wrong, "", ""},
		{"kind: display-filter, selects: http.response.code == 404", "http.response.code >= 400", Partly,
			"right-here-only", "Think of"},
		{"kind: display-filter, selects: http.response.code == 404", "http.response", Wrong, "selects-too-much",
			"1 packet too many"},
		{"kind: display-filter, selects: http.response", "http.response.code == 404", Wrong, "selects-too-little", ""},
		{"kind: display-filter, selects: http.response.code == 404", "http.responce.code == 404", Wrong,
			"not-a-filter", "Look the name up"},
		{"kind: display-filter, selects: tcp.port == 8080", "tcp port 8080", Wrong, "capture-filter", ""},
		{"kind: capture-filter, selects: tcp port 8080", "port 8080", Partly, "right-here-only", ""},
		{"kind: capture-filter, selects: port 8080", "port 8080", Right, "", ""},
		{"kind: capture-filter, selects: tcp port 8080", "tcp.port == 8080", Wrong, "display-filter", ""},
		{"kind: capture-filter, selects: tcp port 8080", "tcp dst port 8080", Wrong, "selects-too-little", ""},

		{"kind: text, accept: [three-way handshake]", "Three-Way  Handshake.", Right, "", ""},
		{"kind: text, pattern: '(the )?fin( segment)?'", "FIN", Right, "", ""},
		{"kind: text, pattern: fin", "finish", Wrong, "", ""},
		{"kind: text, accept: [a], wrong: [{answer: b, say: Not that one., tag: mine}]", "B", Wrong, "mine",
			"Not that one."},
		{"kind: free", "anything", Person, "", ""},
	})
}

// TestChoices holds how options can be named.
func TestChoices(t *testing.T) {
	const one = "kind: choice, options: [{text: requests, right: true, accept: [请求]}, {text: responses, say: No method.}, {text: both}]"
	const many = "kind: choice, many: true, options: [{text: GET, right: true}, {text: HEAD, right: true}, {text: POST}]"
	markRows(t, evidence(t), []row{
		{one, "a", Right, "", ""}, {one, "A)", Right, "", ""}, {one, "(a)", Right, "", ""}, {one, "1", Right, "", ""},
		{one, "Requests", Right, "", ""}, {one, "请求", Right, "", ""},
		{one, "b", Wrong, "", "No method."}, {one, "a, b", Unread, "", "names 2"}, {one, "abc", Unread, "", "names 3"},
		{one, "d", Unread, "", "one of the options"}, {one, "requests and responses", Unread, "", ""},
		{many, "a,b", Right, "", ""}, {many, "AB", Right, "", ""}, {many, "GET and HEAD", Right, "", ""},
		{many, "a", Partly, "", ""}, {many, "a, b, c", Partly, "", ""}, {many, "c", Wrong, "", ""},
		{many, "abc", Partly, "", ""},
	})
}

// TestConnectionTable holds the notations of the lab's table, and what is said to
// rows that are wrong.
func TestConnectionTable(t *testing.T) {
	e := evidence(t, "web-hello.pcap")
	key := oneQuestion(t, "kind: connections").Key(e).Answers[0].Rows
	port := []string{key[0][1], key[1][1]}
	table := func(header []string, rows ...[]string) sheet.Answer { return sheet.Answer{Header: header, Rows: rows} }
	five := []string{"source ip", "source port", "destination ip", "destination port", "status"}
	for _, c := range []struct {
		name    string
		a       sheet.Answer
		verdict Verdict
		points  float64
		tag     string
	}{
		{"as it is", table(five, key...), Right, 2, ""},
		{"rows in another order", table(five, key[1], key[0]), Right, 2, ""},
		{"columns in another order", table([]string{"状态码", "目的端口", "目的IP", "源端口", "源IP"},
			[]string{"200", "8080", "127.0.0.1", port[0], "127.0.0.1"},
			[]string{"404", "8080", "127.0.0.1", port[1], "127.0.0.1"}), Right, 2, ""},
		{"no header", table(nil, key...), Right, 2, ""},
		{"address and port in a cell", table([]string{"Source", "Destination", "Status"},
			[]string{"127.0.0.1:" + port[0], "127.0.0.1:8080", "200 OK"},
			[]string{"127.0.0.1:" + port[1], "127.0.0.1:8080", "404 Not Found"}), Right, 2, ""},
		{"as text", sheet.Answer{Text: "127.0.0.1, " + port[0] + ", 127.0.0.1, 8080, 200\n127.0.0.1, " + port[1] +
			", localhost, 8080, 404"}, Right, 2, ""},
		{"more columns", table([]string{"No.", "source ip", "source port", "destination ip", "destination port",
			"code", "remarks"}, append([]string{"1"}, append(slices.Clone(key[0]), "x")...),
			append([]string{"2"}, append(slices.Clone(key[1]), "")...)), Right, 2, ""},
		{"one row missing", table(five, key[0]), Partly, 1, "missing-row"},
		{"one row twice", table(five, key[0], key[0], key[1]), Partly, 1.8, ""},
		{"one row too many", table(five, key[0], key[1], []string{"1.2.3.4", "5", "6.7.8.9", "10", "200"}), Partly, 1,
			"extra-row"},
		{"a status wrong", table(five, []string{"127.0.0.1", port[0], "127.0.0.1", "8080", "404"}, key[1]), Partly,
			1.8, ""},
		{"ports swapped", table(five, []string{"127.0.0.1", "8080", "127.0.0.1", port[0], "200"}, key[1]), Partly,
			1.6, "client-port"},
		{"all rows of the responses", table(five, []string{"127.0.0.1", "8080", "127.0.0.1", port[0], "200"},
			[]string{"127.0.0.1", "8080", "127.0.0.1", port[1], "404"}), Partly, 1.2, "response-direction"},
		{"a row for the request and one for the response", table(five,
			[]string{"127.0.0.1", port[0], "127.0.0.1", "8080", "-"}, []string{"127.0.0.1", "8080", "127.0.0.1",
				port[0], "200"}, key[1]), Right, 2, ""},
		{"arrows", sheet.Answer{Text: "The table:\n127.0.0.1:" + port[0] + " -> 127.0.0.1:8080 200\n127.0.0.1:" +
			port[1] + " -> 127.0.0.1:8080 404"}, Right, 2, ""},
		{"spaces, and a heading", sheet.Answer{Text: "sourceIP sourcePort destIP destPort status\n127.0.0.1 " +
			port[0] + " 127.0.0.1 8080 200\n127.0.0.1 " + port[1] + " 127.0.0.1 8080 404"}, Right, 2, ""},
		{"no table", sheet.Answer{Text: "two connections"}, Unread, 0, ""},
	} {
		m := given(t, e, "kind: connections", c.a)
		if m.Verdict != c.verdict || m.Points != c.points || c.tag != "" && !slices.Contains(m.Tags, c.tag) {
			t.Errorf("%s: %s, %v points, %q %+v; want %s, %v, %s", c.name, m.Verdict, m.Points, m.Tags, m.Cells,
				c.verdict, c.points, c.tag)
		}
	}
}

// TestTablesOfOddConnections: reused ports, two captures of one connection,
// IPv6, connections without a response, many responses with one status.
func TestTablesOfOddConnections(t *testing.T) {
	for _, captures := range [][]string{{"port-reuse.pcap"}, {"any-interface.pcap"}, {"any-interface-sll1.pcap"},
		{"ipv6.pcap"}, {"echo-telnet.pcap"}, {"http-server-classmate.pcap", "http-server-classmate-side.pcap"}} {
		e := evidence(t, captures...)
		key := oneQuestion(t, "kind: connections").Key(e).Answers[0]
		if m := given(t, e, "kind: connections", key); m.Verdict != Right {
			t.Errorf("the key of %v is %s: %q %+v", captures, m.Verdict, m.Tags, m.Cells)
		}
	}
	for _, text := range []string{"[::1]:%s, [::1]:8080, 200", "::1, %s, ::1, 8080, 200"} {
		e := evidence(t, "ipv6.pcap")
		row := oneQuestion(t, "kind: connections").Key(e).Answers[0].Rows[0]
		if m := given(t, e, "kind: connections", sheet.Answer{
			Text: fmt.Sprintf(strings.ReplaceAll(text, "8080", row[3]), row[1])}); len(m.Cells) < 5 ||
			m.Cells[0].Verdict != Right || m.Cells[3].Verdict != Right {
			t.Errorf("%s: %+v", text, m.Cells)
		}
	}
	five := evidence(t, "persistent.pcap")
	row := slices.Clone(oneQuestion(t, "kind: connections").Key(five).Answers[0].Rows[0])
	row[4] = "200"
	if m := given(t, five, "kind: connections", sheet.Answer{Rows: [][]string{row}}); m.Verdict != Right {
		t.Errorf("one status for five equal ones: %+v", m.Cells)
	}
}

// TestLengths holds the misconceptions about lengths that only coded and
// chunked bodies have.
func TestLengths(t *testing.T) {
	gzip := evidence(t, "gzip.pcap")
	decoded := ""
	for _, h := range gzip.find(&Question{Filter: "http.response and http.content_encoding"}, "") {
		decoded = decodedLength(h.row.M)[0]
		break
	}
	markRows(t, gzip, []row{{"kind: value, filter: http.response and http.content_encoding, field: scope.body_bytes",
		decoded, Wrong, "decoded-length", "Content-Encoding"}})
	chunked := evidence(t, "chunked-42.pcap")
	markRows(t, chunked, []row{
		{"kind: value, filter: http.response, field: scope.body_bytes", "42", Right, "", ""},
		{"kind: value, filter: http.response, field: scope.body_bytes", "59", Wrong, "wire-length", "chunk"},
		{"kind: value, filter: http.response, field: http.chunk_size, which: all", "26, 16, 0", Right, "", ""},
		{"kind: value, filter: http.response, field: http.chunk_size, which: all", "0x1a, 0x10, 0", Right, "", ""},
		{"kind: count, filter: http.request", "1", Right, "", ""},
	})
	m := given(t, chunked, "kind: value, filter: http.response, field: http.chunk_size, which: '1'",
		sheet.Answer{Text: "10"})
	if m.Verdict != Wrong {
		t.Errorf("10 for 16: %+v", m)
	}
}

// TestEmptyCapture marks everything against a capture that has nothing.
func TestEmptyCapture(t *testing.T) {
	e := evidence(t, "ssh-banner.pcap")
	for _, a := range Builtins() {
		for _, ev := range []*Evidence{e, NewEvidence()} {
			r := a.Mark(ev, a.Key(evidence(t, "flask-form.pcap")), "zh")
			if r.Score > r.Max || len(r.Questions) != len(a.Questions) {
				t.Errorf("%s: %v of %v", a.ID, r.Score, r.Max)
			}
		}
	}
}

// TestAnswersOfOthers: answers to no question, and a second answer to one, are remarked on.
func TestAnswersOfOthers(t *testing.T) {
	a := oneQuestion(t, "kind: text, accept: [x]")
	r := a.Mark(evidence(t), &sheet.Sheet{Answers: []sheet.Answer{{ID: "Question Q.", Text: "x", Line: 1},
		{ID: "q", Text: "y", Line: 2}, {ID: "p", Text: "z", Line: 3}}}, "en")
	if r.Score != 2 || fmt.Sprint(r.Remarks) != fmt.Sprint([]Remark{
		{"answer-twice", "warning", "Line 2 answers q again; the first answer counts."},
		{"answer-unknown", "note", `Line 3 answers "p", which is no question of this assignment.`},
	}) {
		t.Errorf("%v points, %+v", r.Score, r.Remarks)
	}
}
