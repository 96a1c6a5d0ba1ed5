package coursework

import (
	"errors"
	"fmt"
	"strings"
	"testing"
)

// top heads an assignment: what follows begins in line 5.
const top = "schema: httpscope-assignment/1\nid: lab\ntitle: Lab\nquestions:\n"

// asking is an assignment with one question, whose further fields begin in line 8.
func asking(kind, fields string) string {
	return top + "  - id: \"1\"\n    kind: " + kind + "\n    prompt: Which?\n" + fields
}

// TestWrongAssignments holds what is said about an assignment that is wrong, and
// where: the line and column at which a teacher puts the cursor.
func TestWrongAssignments(t *testing.T) {
	for _, c := range []struct{ name, text, want, hint string }{
		// Names.
		{"a field that does not exist", asking("free", "    poinst: 3\n"),
			`8:5 there is no field "poinst", did you mean points?`,
			"docs/coursework.md lists the fields of an assignment"},
		{"the first of several", asking("free", "    zzz: 1\n    points: 2\n    aaa: 3\n    mmm: 4\n"),
			`8:5 there is no field "zzz"`, "lists the fields"},
		{"a field of the assignment", "schema: httpscope-assignment/1\nid: lab\nquestion: []\n",
			`3:1 there is no field "question", did you mean questions?`, ""},
		{"a field of an option", asking("choice", "    options:\n      - {text: a, righht: true}\n"),
			`9:19 there is no field "righht", did you mean right?`, ""},
		{"a field of a part", asking("parts", "    parts:\n      - id: p\n        promt: x\n"),
			`10:9 there is no field "promt", did you mean prompt?`, ""},
		{"an escape in a name", asking("free", "    f\x1boo: x\n"), `8:5 there is no field "f\x1boo"`, ""},
		{"a kind that does not exist", asking("vallue", ""),
			`6:11 there is no kind of question "vallue", did you mean value?`, "the kinds are capture-filter, choice,"},
		{"a kind that is like none", asking("essay", ""), `6:11 there is no kind of question "essay"`,
			"the kinds are capture-filter, choice,"},
		{"rows", asking("count", "    rows: packages\n"), `8:11 rows is "packages"`,
			"messages, packets, exchanges, connections or segments"},
		{"which", asking("value", "    field: http.host\n    which: second\n"), `9:12 which is "second"`,
			"first, last, all, or a number from 1"},
		{"a column", asking("connections", "    columns: [source ip, colour]\n"), `8:26 there is no column "colour"`,
			"source ip, source port"},
		{"an interface", asking("interface", "    fallback: wlan0\n"), `8:15 fallback is "wlan0"`,
			"loopback or network"},
		{"whose capture", "schema: httpscope-assignment/1\nid: lab\ncapture: mine\nquestions: []\n",
			`3:10 capture is "mine"`, "own or given"},
		{"the schema", "schema: httpscope-assignment/2\nid: lab\nquestions: []\n",
			`1:9 the schema is "httpscope-assignment/2"`, "write `schema: httpscope-assignment/1`"},
		{"no schema", "id: lab\n", `1:1 the schema is ""`, "write `schema: httpscope-assignment/1`"},
		{"the id", "schema: httpscope-assignment/1\nid: My Lab\nquestions: []\n",
			`2:5 the id "My Lab" names no assignment`, "small letters"},
		{"the id of a question", top + "  - id: my question\n    kind: free\n",
			`5:9 the question's id is "my question"`, "a short word"},
		{"an id twice", asking("free", "  - id: \"1\"\n    kind: free\n    prompt: x\n"),
			`8:9 the id "1" is used twice`, "every question needs an id of its own"},
		{"an id twice but for case", top + "  - {id: A, kind: free, prompt: x}\n  - {id: a, kind: free, prompt: x}\n",
			`6:10 the id "a" is used twice`, ""},

		// What is missing, or too much.
		{"no prompt", top + "  - id: \"1\"\n    kind: free\n", `5:5 question 1 has no prompt`,
			"write what the student is asked"},
		{"an empty prompt", top + "  - id: \"1\"\n    kind: free\n    prompt: {en: '', zh: a}\n",
			`7:14 question 1 has no prompt`, ""},
		{"no questions", "schema: httpscope-assignment/1\nid: lab\n", `1:1 there are no questions`, ""},
		{"two right options", asking("choice", "    options:\n      - {text: a, right: true}\n      - {text: b, right: true}\n"), `9:7 of the options of question 1 2 are right`, "mark one with `right: true`, or add `many: true`"},
		{"no right option", asking("choice", "    options:\n      - {text: a}\n"),
			`9:7 of the options of question 1 0 are right`, ""},
		{"an option without a text", asking("choice", "    options:\n      - {text: a, right: true}\n      - {right: false}\n"), `10:10 option 2 of question 1 has no text`, "write its text"},
		{"neither field nor header", asking("value", ""),
			`5:5 question 1 of kind value needs field or header, and not both`, ""},
		{"both", asking("value", "    field: http.host\n    header: Host\n"),
			`5:5 question 1 of kind value needs field or header, and not both`, ""},
		{"a field of another kind", asking("count", "    field: http.host\n"),
			`8:12 question 1 of kind count has no field`, "docs/coursework.md describes the kinds"},
		{"nothing to compare with", asking("text", ""), `5:5 question 1 of kind text needs accept or pattern`,
			"add accept, or make it of kind free"},
		{"an interface of nothing", asking("interface", ""),
			`5:5 question 1 of kind interface needs filter or fallback`, ""},
		{"negative points", asking("free", "    points: -1\n"), `8:13 the points are -1`, "from 0 to 1000"},
		{"points that are no number", asking("free", "    points: .nan\n"),
			`8:13 .nan is no number for an assignment`, ""},
		{"a tolerance without end", asking("value", "    field: http.time\n    within: .inf\n"),
			`9:13 .inf is no number for an assignment`, ""},

		// Filters and patterns.
		{"a filter", asking("count", "    filter: http and htpp.request\n"),
			`8:13 at character 10 of the filter: There is no field "htpp.request".`, "Did you mean http.request?"},
		{"a filter in quotes", asking("count", "    filter: 'http and'\n"),
			`8:13 at character 9 of the filter: The filter ends where a field or a value is expected.`, ""},
		{"a filter behind Chinese", top + "  - {id: \"1\", prompt: 中文中文, kind: count, filter: http.requset}\n",
			`5:50 at character 1 of the filter: There is no field "http.requset".`, "Did you mean http.request?"},
		{"a filter of a part", asking("parts", "    parts:\n      - id: p\n        kind: count\n        prompt: x\n        filter: http.requset\n"), `12:17 at character 1 of the filter: There is no field "http.requset".`, ""},
		{"a filter of what may be left out", asking("connections", "    optional: tcp.prot == 1\n"),
			`8:15 at character 1 of the filter: There is no field "tcp.prot".`, "Did you mean tcp.port?"},
		{"a filter that is asked for", asking("display-filter", "    selects: http.requset\n"),
			`8:14 at character 1 of the filter: There is no field "http.requset".`, ""},
		{"a filter of packets", asking("value", "    field: http.host\n    filter: tcp.flags.syn == 1\n"),
			`9:13 at character 1 of the filter: tcp.flags.syn is a field of packets, and the rows here are exchanges.`, "add `rows: packets`"},
		{"a field of packets", asking("value", "    field: tcp.seq\n"), `8:12 tcp.seq is a field of packets`,
			"add `rows: packets`"},
		{"a field", asking("value", "    field: http.hots\n"),
			`8:12 There is no field "http.hots". Did you mean http.host?`, "docs/filters.md lists the fields"},
		{"a capture filter", asking("capture-filter", "    selects: tcp prot 80\n"),
			`8:14 capture filter "tcp prot 80": at character 5: "prot" was not expected here`, ""},
		{"a display filter for a capture filter", asking("capture-filter", "    selects: http.request\n"),
			`8:14 capture filter "http.request": at character 1: "http.request" is not known`, ""},
		{"a pattern", asking("text", "    pattern: \"a(b\"\n"),
			"8:14 the pattern cannot be read: error parsing regexp: missing closing ): `a(b`", ""},

		// YAML.
		{"a list that does not end", asking("free", "    hints: [a, b\n"), `8:12 sequence end token ']' not found`, ""},
		{"a line too far to the left", top + "  - id: 1\n   kind: value\n",
			`6:4 value is not allowed in this context`, ""},
		{"a tab", top + "\t- id: 1\n", `5:1 found character '`, ""},
		{"a key twice", asking("free", "    prompt: y\n"), `8:5 mapping key "prompt" already defined at [7:5]`, ""},
		{"an anchor", asking("free", "    hints: &h [a]\n"), `8:12 anchors, aliases and tags are not taken`, ""},
		{"an alias", asking("free", "    hints: *h\n"), `8:12 anchors, aliases and tags are not taken`, ""},
		{"a merge", asking("free", "    <<: {a: b}\n"), `8:5 anchors, aliases and tags are not taken`, ""},
		{"a tag", asking("free", "    points: !!int 3\n"), `8:13 anchors, aliases and tags are not taken`, ""},
		{"too deep", asking("free", "    hints: "+strings.Repeat("[", 50)+"\n"), `8:52 the YAML is nested too deeply`,
			""},
		{"a list for a text", top + "  - id: a\n    kind: free\n    prompt: [a]\n", `7:13 here must be a text`, ""},
		{"a list for a text in a language", top + "  - id: a\n    kind: free\n    prompt: {en: [a]}\n",
			`7:18 here must be a text`, ""},
		{"a list for a word", top + "  - id: [a]\n", `5:9 here must be a text`, ""},
		{"a word for a number", asking("free", "    points: many\n"), `8:13 here must be a number`, ""},
		{"a number too large", asking("free", "    points: 1e400\n"), `8:13 here must be a number`, ""},
		{"a word for true", asking("choice", "    many: maybe\n"), `8:11 here must be true or false`, ""},
		{"a word for a list", asking("free", "    hints: 3\n"), `8:12 here must be a list`, ""},
		{"a number for questions", "schema: httpscope-assignment/1\nid: lab\nquestions: 3\n",
			`3:12 here must be a list`, ""},
		{"a number for a question", top + "  - 1\n", `5:5 here must be fields with their values`, ""},
		{"a list for an assignment", "- 1\n- 2\n", `1:1 here must be fields with their values`, ""},
		{"a word for an assignment", "hello\n", `1:1 here must be fields with their values`, ""},
		{"nothing", "", `1:1 there is no assignment in the file`, "prints one to begin with"},
		{"a comment", "# none\n", `1:1 there is no assignment in the file`, ""},
		{"two documents", asking("free", "---\na: b\n"), `8:1 the file has a second document`,
			"write each assignment into a file of its own"},
		{"zero bytes", asking("free", "    hints: [\"a\x00b\"]\n"), `8:1 the file has zero bytes: it is no text`, ""},
		{"no text", asking("free", "    hints: [\"\xff\"]\n"), `1:1 the file is no text in UTF-8, UTF-16 or GB 18030`,
			""},
		{"a byte order mark", "\ufeff" + asking("free", "    foo: x\n"), `8:5 there is no field "foo"`, ""},
		{"lines of Windows", strings.ReplaceAll(asking("free", "    foo: x\n"), "\n", "\r\n"),
			`8:5 there is no field "foo"`, ""},
		{"lines of old Macs", strings.ReplaceAll(asking("free", "    foo: x\n"), "\n", "\r"),
			`8:5 there is no field "foo"`, ""},
	} {
		a, err := Load([]byte(c.text))
		var e *LoadError
		if !errors.As(err, &e) {
			t.Errorf("%s: %v, %v", c.name, a, err)
			continue
		}
		if got := fmt.Sprintf("%d:%d %s", e.Line, e.Column, e.Reason); !strings.HasPrefix(got, c.want) ||
			!strings.Contains(e.Hint.String(), c.hint) {
			t.Errorf("%s\n got %s | %s\nwant %s | %s", c.name, got, e.Hint, c.want, c.hint)
		}
	}
}

// TestHugeAssignments: an error stays short, whatever the file holds.
func TestHugeAssignments(t *testing.T) {
	for name, text := range map[string]string{
		"bytes":           asking("free", "    hints: ["+strings.Repeat("x", maxAssignment)+"]\n"),
		"questions":       top + strings.Repeat("  - {id: a, kind: free}\n", 9000),
		"distinct":        top + many(maxQuestions+1),
		"brackets":        top + strings.Repeat("[[[[ # ]]]]\n", 5000),
		"a field's name":  asking("free", "    "+strings.Repeat("x", 500_000)+": 1\n"),
		"a kind":          asking(strings.Repeat("x", 500_000), ""),
		"a filter":        asking("count", "    filter: '"+strings.Repeat("(", 500_000)+"'\n"),
		"a capturefilter": asking("capture-filter", "    selects: '"+strings.Repeat("(", 500_000)+"'\n"),
		"a pattern":       asking("text", "    pattern: '"+strings.Repeat("(", 500_000)+"'\n"),
		"a key twice": asking("free", "    "+strings.Repeat("x", 500_000)+": 1\n    "+strings.Repeat("x",
			500_000)+": 1\n"),
	} {
		_, err := Load([]byte(text))
		if err == nil || len(err.Error()) > 400 {
			t.Errorf("%s: error of %d bytes: %.400v", name, len(fmt.Sprint(err)), err)
		}
	}
}

// many are questions that differ.
func many(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "  - {id: q%d, kind: free, prompt: x}\n", i)
	}
	return b.String()
}
