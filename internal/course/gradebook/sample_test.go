package gradebook

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"time"

	"httpscope/internal/course/coursework"
)

// markedAt is when every class of these tests was marked.
var markedAt = time.Date(2026, time.November, 25, 14, 30, 0, 0, time.UTC)

// answered is one question with its points, for tables of tests.
func answered(id string, v coursework.Verdict, points, max float64, given string) coursework.Marked {
	m := coursework.Marked{ID: id, Kind: "text", Prompt: "What is " + id + "?", Verdict: v, Points: points,
		Max: max, Given: given}
	if v == coursework.Person || v == coursework.Unread {
		m.Open = max
	}
	return m
}

// report adds up questions as package coursework does.
func report(questions ...coursework.Marked) *coursework.Report {
	r := &coursework.Report{Assignment: "lab4", Title: "Lab 4: HTTP on the wire", Questions: questions}
	for _, q := range questions {
		r.Open += q.Open
		r.Score += q.Points
		r.Max += q.Max - q.Open
	}
	return r
}

// prompts of a lab, as a teacher writes them.
var prompts = []string{
	"Which packet carries the request for the page?", "What is the status code of the first response?",
	"How many bytes does the body of the first response have?", "By which rule of RFC 9112 does the body end?",
	"Which TCP connections are there? List source and destination, IP address and port, and the status of each response.",
	"Write a display filter that selects the POST requests and nothing else.",
	"Which cookie does the server set, and how long does it live?",
	"Why does the browser open a second connection?", "Which range does the second request ask for?",
	"How many chunks does the body have?",
}

var wrongGiven = []string{"482", "37", "HTTP/1.0", "the frame's length", "==POST", "port 80", "client closes", "8080"}

// sampleClass is a class of n students and k questions, good and weak ones, the
// same for the same numbers. One could not be marked, two are in no roster.
func sampleClass(n, k int) Class {
	rnd := rand.New(rand.NewPCG(7, uint64(n*1000+k)))
	c := Class{Assignment: "lab4", Title: "Lab 4: HTTP on the wire", Marked: markedAt}
	for i := range n {
		c.Entries = append(c.Entries, sampleEntry(rnd, i, k))
	}
	if n > 12 {
		c.Entries[3].Report = &coursework.Report{Assignment: "lab4",
			Problem: "There is no capture in the submission: hand in a .pcap or .pcapng file beside the answers."}
		c.Entries[7].Student = nil
		c.Groups = []Group{
			{[]string{c.Entries[5].Submission, c.Entries[9].Submission, c.Entries[11].Submission},
				"All 212 packets are equal, with equal times."},
			{[]string{c.Entries[2].Submission, c.Entries[8].Submission},
				"118 of 120 packets are equal; the first two are missing in one of them."},
		}
		c.Entries[9].Report.Remarks = []coursework.Remark{{Code: "time-before-lab", Severity: "warning",
			Text: "The capture was made on 3 November, before the lab was handed out."}}
	}
	return c
}

func sampleEntry(rnd *rand.Rand, i, k int) Entry {
	names := []string{"Ada", "Bo", "Chiara", "Dmitri", "Emeka", "Fatima", "Grace", "Hana", "Igor", "Jürgen", "Kenji",
		"Léa"}
	families := []string{"Anders", "Okafor", "Rossi", "Petrov", "Zhang", "Haddad", "Nguyen", "Müller", "O'Brien",
		"Silva", "Tanaka"}
	first, last := names[i%len(names)], families[(i*5+i/12)%len(families)]
	id := fmt.Sprint(100234 + i*37)
	skill := rnd.Float64()*.8 + .2
	var questions []coursework.Marked
	for j := range k {
		questions = append(questions, sampleAnswer(rnd, j, skill))
	}
	r := report(questions...)
	return Entry{
		Submission: strings.ToLower(last+first) + "_" + id + "_88" + id + "_lab4.zip", Report: r,
		Student: &Student{Name: last + ", " + first, ID: id, SISUser: "s" + id,
			Login: strings.ToLower(first[:1]) + id, Section: "Group " + string('A'+rune(i%3))},
	}
}

func sampleAnswer(rnd *rand.Rand, j int, skill float64) coursework.Marked {
	m := coursework.Marked{ID: fmt.Sprintf("%d.%d", j/5+1, j%5+1), Kind: "packet", Prompt: prompts[j%len(prompts)],
		Max: float64(1 + j%3)}
	if j%10 == 7 {
		m.Verdict, m.Open, m.Kind, m.Given = coursework.Person, m.Max, "text",
			"The browser guesses that it will need one more,\nand opens it before it has asked for anything."
		return m
	}
	switch p := rnd.Float64(); {
	case p < skill:
		m.Verdict, m.Points, m.Given = coursework.Right, m.Max, "128"
	case p < skill+.12 && j%5 == 4:
		m.Verdict, m.Points, m.Given = coursework.Partly, m.Max/2, "10.0.0.7,43324,10.0.0.1,80,200"
		m.Cells = []coursework.Cell{{Row: 1, Column: "destination port", Given: "80", Expected: "8000",
			Verdict: coursework.Wrong, Tag: "default-port", Comment: "The server listens on 8000."}}
	case p < .93:
		m.Verdict, m.Given = coursework.Wrong, wrongGiven[(j+int(rnd.Float64()*rnd.Float64()*8))%len(wrongGiven)]
		m.Expected, m.Feedback = "128", []string{"That is the length of the frame on the wire, not of the body."}
		m.Tags, m.Hints = []string{"frame-length"}, []string{"Content-Length counts the bytes of the body."}
		m.Proof = []coursework.Proof{{Frame: 36, Text: "Content-Length: 128\\r\\n"}}
	default:
		m.Verdict = coursework.Missing
	}
	return m
}
