//go:build clients && linux

package clients

import (
	"errors"
	"os/exec"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// curlForm is what curl sends as the first POST of practice 4.3.
const curlForm = "user=CS305&password=123456"

// formSent is practice 4.3: the flask demo, its form sent from this machine and
// by a classmate, with curl and with a browser. One request has POST in its
// target only. alone is a capture of what curl does on 127.0.0.1.
func formSent(t *testing.T) (v visits, alone string) {
	t.Helper()
	mine, theirs := classroom(t)
	v, stop := mine.captured(t)
	local := mine.live(t, "-i", "lo", "-f", "host 127.0.0.1 and tcp port 8000")
	mine.serve(t, "8000", mine.demo(t, "flask_form.py"))
	visit := func(from network, args ...string) { v.rows = append(v.rows, from.fetch(t, args...).row()) }
	visit(mine, "http://127.0.0.1:8000/")
	visit(mine, "-d", curlForm, "http://127.0.0.1:8000/")
	visit(mine, "http://127.0.0.1:8000/?method=POST")
	visit(theirs, "http://"+own+":8000/")
	visit(theirs, "-d", "user=SUSTECH&password=654321", "http://"+own+":8000/")
	const page = "http://" + own + ":8000/static/auto.html" // which loads the form and sends it
	mine.browse(t, page)
	theirs.browse(t, page)
	stop(11, 5)
	local.saw(3, 3)
	local.stop()
	return v, local.file
}

// formSheet is the sheet of who has done practice 4.3.
func formSheet(t *testing.T, v visits) []answer {
	t.Helper()
	post := first(t, dissect(t, v.loopback), func(p packet) bool { return p.Method == "POST" })
	mustBe(t, "media type of curl's form as tshark has it", post.ContentType, "application/x-www-form-urlencoded")
	return []answer{
		{id: "3-1", kind: "interface", text: "loopback"},
		{id: "3-2", kind: "interface", text: "WLAN"},
		{id: "3-3", kind: "filter", text: `http.request.method == "POST"`},
		{id: "3-4", kind: "choice", text: "a"},
		{id: "3-5", kind: "word", text: post.ContentType},
		{id: "3-6", kind: "number", text: strconv.Itoa(len(curlForm))},
		{id: "3-7", kind: "table", rows: table(dissect(t, v.both), true)},
	}
}

// TestPracticeForm is practice 4.3.
func TestPracticeForm(t *testing.T) {
	v, alone := formSent(t)
	p := practice{assignment: "cs305-4.3", captures: []string{v.both}, blank: empty(t, "cs305-4.3"),
		sheet: formSheet(t, v)}
	has(t, answerTo(p.sheet, "3-7").rows, v.rows)
	two := p
	two.captures = []string{v.loopback, v.wireless}
	for _, f := range []form{inMarkdown, asCSV, asYAML} {
		p.right(t, f, p.sheet)
		two.right(t, f, p.sheet)
	}
	p.words(t, map[string][]string{
		"3-3": {"http.request.method==POST", "`http.request.method == \"POST\"`", `http.request.method eq "POST"`,
			`http.request.method == “POST”`, `http and http.request.method == "POST"`},
		"3-4": {"requests", "request messages", "request", "请求报文", "A"}, "3-6": {"26 bytes", "26 字节"},
	})
	t.Run("filters", func(t *testing.T) { p.filters(t, alone) })
	p.everyChange(t, asYAML)
	t.Run("screen", func(t *testing.T) { p.onTheScreen(t) })
}

// postFilters are filters for "the POST", with what is said to them on a capture
// of loopback alone: the verdict and the misconceptions.
var postFilters = []struct{ filter, verdict, tags string }{
	{`http.request.method == "POST"`, "right", ""},
	{`http.request.method==POST`, "right", ""},
	{`http.request.method matches "(?i)post"`, "partly", "right-here-only"},
	{`http contains "POST"`, "wrong", "selects-too-much"},
	{`tcp contains "POST"`, "wrong", "selects-too-much"},
	{`http && tcp.dstport==8000`, "wrong", "selects-too-much"},
	{`http.request.method == "post"`, "wrong", "selects-nothing"},
	{`ip.addr != 127.0.0.1`, "wrong", "selects-nothing"},
	{`http.method==POST`, "wrong", "not-a-filter"},
	{`http.request.method = "POST"`, "wrong", "not-a-filter"},
	{`frame contains POST`, "wrong", "not-a-filter"},
}

// filters has each judged, and compares the verdict with what tshark selects by
// the same filter in the same file.
func (p *practice) filters(t *testing.T, alone string) {
	asked := map[string][]int{}
	for _, file := range []string{alone, p.captures[0]} {
		asked[file], _ = selected(t, `http.request.method == "POST"`, file)
	}
	for _, c := range postFilters {
		t.Run(c.filter, func(t *testing.T) {
			t.Parallel()
			q := p.judge(t, c.filter, alone)
			mustBe(t, "verdict", q.Verdict, c.verdict)
			mustBe(t, "misconceptions", strings.Join(q.Tags, " "), c.tags)
			asTshark(t, q, c.filter, alone, asked[alone])
			asTshark(t, p.judge(t, c.filter, p.captures[0]), c.filter, p.captures[0], asked[p.captures[0]])
		})
	}
}

// judge has a filter marked on a capture.
func (p *practice) judge(t *testing.T, filter, file string) *marked {
	t.Helper()
	with := *p
	with.captures = []string{file}
	m, _ := with.check(t, with.hand(t, inMarkdown, []answer{{id: "3-3", kind: "filter", text: filter}}), "--feedback",
		"full")
	return m.of("3-3")
}

// selected are the packets that tshark selects; ok is false when the filter is
// none.
func selected(t *testing.T, filter, file string) (numbers []int, ok bool) {
	t.Helper()
	out, err := exec.Command("tshark", "-r", file, "-Y", filter, "-T", "fields", "-e", "frame.number").Output()
	var failed *exec.ExitError
	if errors.As(err, &failed) {
		return nil, false
	}
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range strings.Fields(string(out)) {
		numbers = append(numbers, whole(t, n))
	}
	return numbers, true
}

// asTshark holds that a verdict is what tshark's selection gives, and that the
// program selects the same packets.
func asTshark(t *testing.T, q *marked, filter, file string, asked []int) {
	t.Helper()
	given, ok := selected(t, filter, file)
	mustBe(t, "packets that "+filter+" selects", ours(t, filter, file), given)
	extra := slices.ContainsFunc(given, func(n int) bool { return !slices.Contains(asked, n) })
	missing := slices.ContainsFunc(asked, func(n int) bool { return !slices.Contains(given, n) })
	var tags []string
	switch {
	case !ok:
		tags = []string{"not-a-filter"}
	case len(given) == 0:
		tags = []string{"selects-nothing"}
	case extra && missing:
		tags = []string{"selects-too-much", "selects-too-little"}
	case extra:
		tags = []string{"selects-too-much"}
	case missing:
		tags = []string{"selects-too-little"}
	default:
		if q.Verdict != "right" && q.Verdict != "partly" {
			t.Errorf("%s selects what is asked for, and is %s: %+v", filter, q.Verdict, q)
		}
		return
	}
	mustBe(t, "verdict by tshark's selection", q.Verdict, "wrong")
	mustBe(t, "misconceptions by tshark's selection", q.Tags, tags)
}

// listedPacket is a line of the list of packets that a filter selects.
var listedPacket = regexp.MustCompile(`(?m)^ +(\d+)  `)

// ours are the packets that the program lists for a filter.
func ours(t *testing.T, filter, file string) (numbers []int) {
	t.Helper()
	out, _, _ := ran(t, "filter", filter, "--capture", file)
	for _, m := range listedPacket.FindAllStringSubmatch(out, -1) {
		numbers = append(numbers, whole(t, m[1]))
	}
	return numbers
}
