package sheet

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"
)

// TestForms reads the same answers in every form of a sheet.
func TestForms(t *testing.T) {
	header := []string{"source ip", "source port", "status"}
	rows := [][]string{{"127.0.0.1", "50001", "200"}, {"127.0.0.1", "50002", "-"}}
	want := []Answer{{ID: "2-1", Text: "both"}, {ID: "2-2", Text: "http.request.method == \"POST\""},
		{ID: "2-5", Header: header, Rows: rows}}
	for _, c := range []struct{ name, text string }{
		{"a.yaml", "student: alice\nanswers:\n  2-1: both\n  2-2: http.request.method == \"POST\"\n  2-5:\n    - [source ip, source port, status]\n    - [127.0.0.1, 50001, 200]\n    - [127.0.0.1, 50002, '-']\n"},
		{"maps.yml", "2-1: both\n2-2: 'http.request.method == \"POST\"'\n2-5:\n- {source ip: 127.0.0.1, source port: 50001, status: 200}\n- {source ip: 127.0.0.1, source port: 50002, status: '-'}\n"},
		{"a.csv", "question,answer\n2-1,both\n2-2,\"http.request.method == \"\"POST\"\"\"\nquestion,source ip,source port,status\n2-5,127.0.0.1,50001,200\n2-5,127.0.0.1,50002,-\n"},
		{"semicolons.csv", "question;answer\r\n2-1;both\r\n2-2;\"http.request.method == \"\"POST\"\"\"\r\nquestion;source ip;source port;status\r\n2-5;127.0.0.1;50001;200\r\n2-5;127.0.0.1;50002;-\r\n"},
		{"sheet.md", "# Lab 4\n\nStudent: alice\n\n## 2-1 (1 point)\n\nWhich?\n\nAnswer: both\n\n## 2-2 (1 point)\n\n**Answer:** `http.request.method == \"POST\"`\n\n## 2-5\n\nAnswer:\n\n| source ip | source port | status |\n|---|---|---|\n| 127.0.0.1 | 50001 | 200 |\n| 127.0.0.1 | 50002 | - |\n"},
		{"table.md", "| question | answer |\n|---|---|\n| 2-1 | both |\n| 2-2 | http.request.method == \"POST\" |\n\n| question | source ip | source port | status |\n|---|---|---|---|\n| 2-5 | 127.0.0.1 | 50001 | 200 |\n| 2-5 | 127.0.0.1 | 50002 | - |\n"},
		{"chinese.md", "学号：12012345\n\n## 2-1\n答案：both\n\n## 2-2\n答：http.request.method == \"POST\"\n\n## 2-5\n答案：\n| source ip | source port | status |\n|--|--|--|\n|127.0.0.1|50001|200|\n|127.0.0.1|50002|-|\n"},
	} {
		s, err := Parse(c.name, []byte(c.text))
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		if d := cmp.Diff(want, s.Answers, cmpopts.IgnoreFields(Answer{}, "Line"), cmpopts.EquateEmpty()); d != "" {
			t.Errorf("%s: %s", c.name, d)
		}
	}
}

func TestStudentAndEncodings(t *testing.T) {
	for name, text := range map[string]string{
		"a.md":       "Student: alice\n",
		"bom.md":     "\xef\xbb\xbfStudent: alice\n",
		"utf16.md":   "\xff\xfeS\x00t\x00u\x00d\x00e\x00n\x00t\x00:\x00 \x00a\x00l\x00i\x00c\x00e\x00\n\x00",
		"gb18030.md": "\xd1\xa7\xba\xc5\xa3\xbaalice\n", // 学号：alice
		"cr.md":      "# x\rStudent: alice\r",
		"a.yaml":     "student: alice\nanswers:\n",
	} {
		s, err := Parse(name, []byte(text))
		if err != nil || s.Student != "alice" {
			t.Errorf("%s: %+v, %v", name, s, err)
		}
	}
}

// TestHostile holds that what is no sheet is an error with a place, at once.
func TestHostile(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"bomb.yaml", "a: &a [x,x]\nb: &b [*a,*a]\n", "line 1: anchors, aliases and tags are not taken"},
		{"tag.yaml", "answers:\n  1: !!python/object x\n", "line 2: anchors, aliases and tags are not taken"},
		{"deep.yaml", "a: " + strings.Repeat("[", 500) + "\n", "line 1: the YAML is nested too deeply"},
		{"deeper.yaml", strings.Repeat("{a: ", 2000) + "\n", "line 1: the YAML is nested too deeply"},
		{"steps.yaml", steps(400), "line 162: the YAML is nested too deeply"},
		{"wrong.yaml", "a: [1\nb: 2\n", "line 2"},
		{"list.yaml", "- 1\n- 2\n", "line 1: a sheet in YAML is a map of questions to answers"},
		{"zero.md", "a\nb\x00", "line 2: the file has zero bytes: it is no text"},
		{"binary.md", "\xff\xfa\xfb\xc3\x28", "the file is no text in UTF-8, UTF-16 or GB 18030"},
		{"long.csv", "question,answer\n1," + strings.Repeat("x", 100<<10), "line 2: a cell is longer than 64 KB"},
		{"wide.csv", "question,answer\n" + strings.Repeat("x,", 100) + "\n", "line 2: more than 64 cells in a row"},
		{"many.csv", "question,answer\n" + strings.Repeat("1,2\n", 3000), "line 2002: more than 2000 answers"},
		{"rows.csv", "question,a,b\n" + strings.Repeat("1,2,3\n", 3000), "line 2002: more than 2000 rows in a table"},
		{"big.md", strings.Repeat("x", MaxSize+1), "the sheet is larger than 1024 KB"},
	} {
		_, err := Parse(c.name, []byte(c.text))
		if err == nil || !strings.HasPrefix(err.Error(), c.want) || !IsError(err) {
			t.Errorf("%s: error %v, want %s", c.name, err, c.want)
		}
	}
}

// steps is a map in a map in a map.
func steps(n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(strings.Repeat("  ", i) + "a:\n")
	}
	return b.String()
}

// TestFillAndRead: what is filled in is read again, and nothing else changes.
func TestFillAndRead(t *testing.T) {
	const blank = "# Lab\n\nStudent: \n\n## 1 (1 point)\n\nWhy?\n\nAnswer: \n\n## 2-1 (2 points)\n\nWhich?\n\n- a) this\n\nAnswer: \n\n## 3\n\nAnswer: \n"
	word := rapid.StringMatching(`[a-zA-Z0-9=("|<>#:.!&\-一二]([a-zA-Z0-9 =("|<>#:.!&\-一二]{0,20}[a-zA-Z0-9"一])?`)
	rapid.Check(t, func(t *rapid.T) {
		text, want := blank, map[string]string{}
		for range rapid.IntRange(1, 6).Draw(t, "times") {
			id, answer := rapid.SampledFrom([]string{"1", "2-1", "3"}).Draw(t, "id"), word.Draw(t, "answer")
			var ok bool
			if text, ok = Fill(text, &Answer{ID: id, Text: answer}); !ok {
				t.Fatalf("no place for %s in\n%s", id, text)
			}
			want[id] = strings.Join(strings.Fields(answer), " ")
		}
		s, err := Parse("a.md", []byte(text))
		if err != nil {
			t.Fatal(err)
		}
		for _, a := range s.Answers {
			if a.Text != want[a.ID] || a.Rows != nil {
				t.Fatalf("%s: %q, %q, want %q\n%s", a.ID, a.Text, a.Rows, want[a.ID], text)
			}
		}
		if !strings.Contains(text, "- a) this") || strings.Count(text, "Answer:") < 3 {
			t.Fatalf("the sheet has changed elsewhere:\n%s", text)
		}
	})
	if _, ok := Fill(blank, &Answer{ID: "9"}); ok {
		t.Error("an answer was put nowhere")
	}
}

// TestTablesFilledIn: a table is read as it was filled in, and replaces another.
func TestTablesFilledIn(t *testing.T) {
	a := Answer{ID: "1", Header: []string{"source ip", "status"}, Rows: [][]string{{"1.2.3.4", "200"}, {"a|b", "-"}}}
	text, _ := Fill("## 1\n\nAnswer: \n\n| source ip | status |\n|---|---|\n| | |\n\n## 2\n\nAnswer: x\n", &a)
	text, _ = Fill(text, &a)
	s, err := Parse("a.md", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff([]Answer{a, {ID: "2", Text: "x"}}, s.Answers, cmpopts.IgnoreFields(Answer{}, "Line")); d != "" {
		t.Errorf("%s\n%s", d, text)
	}
}

func TestColumn(t *testing.T) {
	for heading, want := range map[string]string{
		"Source IP": SourceIP, "src addr": SourceIP, "源IP地址": SourceIP, "ip.src": SourceIP, "client ip": SourceIP,
		"Source Port": SourcePort, "源端口号": SourcePort, "srcport": SourcePort,
		"Destination IP": DestinationIP, "目的IP": DestinationIP, "dst port": DestinationPort, "目的端口": DestinationPort,
		"目标端口":        DestinationPort,
		"Status code": Status, "response's status code": Status, "状态码": Status, "Source": Source,
		"Destination": Destination, "No.": "", "Time": "",
	} {
		if got := Column(heading); got != want {
			t.Errorf("%q is %q, want %q", heading, got, want)
		}
	}
}

// FuzzParse: whatever a file holds, reading it ends, and what is read is bounded.
func FuzzParse(f *testing.F) {
	for _, seed := range []string{"student: a\nanswers: {1: x, 2: [a, b]}\n", "question,answer\n1,2\n",
		"# a\n## 1\nAnswer: x\n| a | b |\n|--|--|\n| 1 | 2 |\n", "a: &x 1\nb: *x\n", "```\n## 1\n```\nAnswer: x\n"} {
		f.Add("a.yaml", []byte(seed))
		f.Add("a.csv", []byte(seed))
		f.Add("a.md", []byte(seed))
	}
	f.Fuzz(func(t *testing.T, name string, b []byte) {
		s, err := Parse(name, b)
		if err != nil {
			if !IsError(err) {
				t.Fatalf("error %v is none of a sheet", err)
			}
			return
		}
		size := len(s.Student)
		for _, a := range s.Answers {
			size += len(a.Text)
			for _, row := range a.Rows {
				size += len(strings.Join(row, ""))
			}
		}
		if size > 4*len(b)+16 {
			t.Fatalf("%d bytes were read out of %d", size, len(b))
		}
	})
}
