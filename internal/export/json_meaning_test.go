package export

import (
	"strings"
	"testing"

	"httpscope/internal/cookies"
	"httpscope/internal/ranges"
	"httpscope/internal/trace"
)

// TestCookiesSayWhatChanged: a cookie that was said not to be sent is counted, one that
// had to make room stands among the changes, and a refused one does not.
func TestCookiesSayWhatChanged(t *testing.T) {
	due := []*cookies.Cookie{{Name: "a"}, {Name: "b"}, {Name: "c"}}
	c := &trace.CookieReading{
		Sent:  []cookies.Verdict{{Kind: cookies.VerdictWithheld, Position: -1, Cookie: due[1], Expected: 1}},
		Again: 2, Due: due, Predicted: "a=", More: 2,
		Changed: true, JarSize: 7,
		Set: []cookies.Change{
			{Kind: cookies.ChangeStored, Cookie: cookies.Cookie{Name: "n", Domain: "d", Path: "/"},
				Evicted: []cookies.Cookie{{Name: "o", Domain: "d", Path: "/p"}}},
			{Kind: cookies.ChangeRefused, Cookie: cookies.Cookie{Name: "r"}},
		}}
	const rest = `,"secure":false,"http_only":false,"same_site":"Default"}`
	const stored = `{"name":"n","value":"","domain":"d","host_only":false,"path":"/"` + rest
	const refused = `{"name":"r","value":"","domain":"","host_only":false,"path":""` + rest
	const set = `"set":[{"kind":"stored","cookie":` + stored + `,"detail":""},` +
		`{"kind":"refused","cookie":` + refused + `,"detail":""}]`
	const b = `{"kind":"withheld","name":"b","value":"","detail":""}`
	const change = `"jar_change":[{"kind":"stored","name":"n","domain":"d","path":"/"},` +
		`{"kind":"evicted","name":"o","domain":"d","path":"/p"}],"jar_size":7`
	const want = `{"predicted":"a=","predicted_more":2,"sent":[` + b + `],"withheld_again":2,` + set + `,` + change +
		`}`
	if got := string(appendCookies(nil, c, false)); got != want {
		t.Errorf("%s\nwant\n%s", got, want)
	}
	var whole []string
	all := cookies.Whole(c.Sent, due)
	for v := all.Next(); v != nil; v = all.Next() {
		whole = append(whole, string(appendVerdict(nil, v)))
	}
	full := `{"predicted":"a=; b=; c=","sent":[` + strings.Join(whole, ",") + `],` + set + `,` + change + `,"jar":[]}`
	if len(whole) != len(due) {
		t.Errorf("%d verdicts on %d cookies that were not sent", len(whole), len(due))
	}
	if got := string(appendCookies(nil, c, true)); got != full {
		t.Errorf("full: %s\nwant\n%s", got, full)
	}
}

// TestRangesSayHowMany holes there are, and whether overlaps are left out.
func TestRangesSayHowMany(t *testing.T) {
	var m ranges.Map
	m.Add(2, 5, 10, 1)
	m.Add(4, 5, 10, 2)
	r := &trace.RangeReading{Size: 10, Covered: 4, HolesTotal: 2,
		Overlaps: []ranges.Span{{First: 0, Last: 1}}, MoreOverlaps: true, Seen: m.Now()}
	const want = `{"size":10,"parts":[],"covered":4,"holes_total":2,"overlaps":[[0,1]],"overlaps_more":true}`
	if got := string(appendRanges(nil, r, false)); got != want {
		t.Errorf("%s\nwant\n%s", got, want)
	}
	const full = `{"size":10,"parts":[],"covered":4,"holes_total":2,"holes":[[0,1],[6,9]],"overlaps":[[4,5]]}`
	if got := string(appendRanges(nil, r, true)); got != full {
		t.Errorf("full: %s\nwant\n%s", got, full)
	}
}
