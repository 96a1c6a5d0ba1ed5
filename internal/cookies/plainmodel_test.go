package cookies

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"
)

// strangeHosts belong to each other in every way that the list of public suffixes
// knows, and some are no hosts at all.
var strangeHosts = []string{"shop.example", "www.shop.example", "a.www.shop.example", "bank.example", "example",
	"localhost", "x.localhost",
	"10.0.0.5", "a.10.0.0.5", "b.a.10.0.0.5", "127.0.0.1", "[::1]", "github.io", "me.github.io", "a.me.github.io",
	"jp", "kawasaki.jp",
	"x.kawasaki.jp", "y.x.kawasaki.jp", "z.y.x.kawasaki.jp", "city.kawasaki.jp", "a.city.kawasaki.jp",
	"us-east-1.amazonaws.com",
	"amazonaws.com", "b.s3.dualstack.us-east-1.amazonaws.com", "s3.dualstack.us-east-1.amazonaws.com",
	"a..shop.example", "/.www.shop.example",
	"x y.me.github.io", ".", "", "shop.example."}

var (
	strangeHost  = rapid.SampledFrom(strangeHosts)
	strangeValue = rapid.SampledFrom([]string{"1", "2", "", "0123456789abcdef", "a=b", " a= b", "a=0123456789abcdef"})
	strangeName  = rapid.SampledFrom([]string{"a", "b", "c=", ""})
)

func drawStrangeURL(t *rapid.T) URL {
	return URL{Scheme: rapid.SampledFrom([]string{"http", "https"}).Draw(t, "scheme"),
		Host: strangeHost.Draw(t, "host"), Path: drawPath.Draw(t, "path")}
}

func drawStrangeField(t *rapid.T) string {
	field := strangeName.Draw(t, "name") + "=" + strangeValue.Draw(t, "value")
	for _, a := range []string{"Secure", "Max-Age=2", "Max-Age=0", "Expires=Sun, 01 Mar 2026 12:00:05 GMT",
		"SameSite=None"} {
		if rapid.IntRange(0, 5).Draw(t, a) == 0 {
			field += "; " + a
		}
	}
	if rapid.IntRange(0, 2).Draw(t, "has domain") == 0 {
		field += "; Domain=" + strangeHost.Draw(t, "domain")
	}
	if rapid.Bool().Draw(t, "has path") {
		field += "; Path=" + drawPath.Draw(t, "cookie path")
	}
	return field
}

func drawStrangeLine(t *rapid.T) string {
	var pairs []string
	for range rapid.IntRange(0, 25).Draw(t, "pairs") {
		pairs = append(pairs, strangeName.Draw(t, "sent name")+"="+strangeValue.Draw(t, "sent value"))
	}
	return strings.Join(pairs, "; ")
}

// both is a jar and its model.
type both struct {
	jar   Jar
	brief Jar // the same, brief: of what it leaves out the whole is made again
	plain plainJar
}

func (b *both) receive(t fatal, now time.Time, u URL, field string) {
	sc := ParseSetCookie(field)
	b.brief.Brief, b.brief.TrustLoopback = true, b.jar.TrustLoopback
	b.brief.Receive(now, u, sc)
	same(t, field, b.plain.receive(now, u, sc), b.jar.Receive(now, u, sc))
}

// ask compares all that the jar says about a request, and of itself.
func (b *both) ask(t fatal, now time.Time, u URL, line string) {
	same(t, "predicted", b.plain.predict(now, u), b.jar.Predict(now, u))
	same(t, "line", b.plain.predict(now, u).Line, b.jar.Line(now, u))
	pairs := ParseCookie(line)
	verdicts := b.jar.Compare(now, u, pairs)
	same(t, line, b.plain.compare(now, u, pairs), verdicts)
	c := b.brief.CompareLine(nil, now, u, pairs)
	if len(c.Verdicts)+c.Again != len(verdicts) {
		t.Fatalf("%q: %d verdicts and %d again, want %d", line, len(c.Verdicts), c.Again, len(verdicts))
	}
	var whole []Verdict
	all := Whole(c.Verdicts, c.Due())
	for v := all.Next(); v != nil; v = all.Next() {
		whole = append(whole, *v)
	}
	same(t, "made of the brief one: "+line, verdicts, whole)
	same(t, "line made of the brief one", b.jar.Line(now, u), LineOf(c.Due()))
	same(t, "jar", b.plain.snapshot(), b.jar.Snapshot())
	same(t, "gone", b.plain.gone, b.jar.Gone())
}

type fatal interface {
	Helper()
	Fatalf(format string, args ...any)
}

func same(t fatal, what string, want, got any) {
	t.Helper()
	if diff := cmp.Diff(want, got, cmpopts.EquateEmpty(), cmp.AllowUnexported(Cookie{})); diff != "" {
		t.Fatalf("%q: the model and the jar differ:\n%s", what, diff)
	}
}

// TestJarAgainstPlain compares every answer of the jar with the model's.
func TestJarAgainstPlain(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var b both
		b.jar.TrustLoopback = rapid.Bool().Draw(t, "trust loopback")
		b.plain.trustLoopback = b.jar.TrustLoopback
		now := noon
		for range rapid.IntRange(1, 40).Draw(t, "steps") {
			now = now.Add(time.Duration(rapid.IntRange(-1, 2).Draw(t, "seconds")) * time.Second)
			b.receive(t, now, drawStrangeURL(t), drawStrangeField(t))
			if rapid.IntRange(0, 2).Draw(t, "ask") == 0 {
				b.ask(t, now, drawStrangeURL(t), drawStrangeLine(t))
			}
		}
		b.ask(t, now, drawStrangeURL(t), drawStrangeLine(t))
	})
}

// TestFullJarAgainstPlain does so where the limits matter: a full jar, full domains and
// a full memory of gone cookies.
func TestFullJarAgainstPlain(t *testing.T) {
	var b both
	random := rand.New(rand.NewPCG(1, 2))
	now := noon
	for i := range 3 * MaxCookies / 2 {
		now = now.Add(time.Duration(random.IntN(4)-1) * time.Second)
		u := URL{Scheme: "https", Host: fmt.Sprintf("h%d.example", random.IntN(1+i)), Path: "/a/b"}
		if i%4 == 0 {
			u.Host = "www.crowded.example"
		}
		field := fmt.Sprintf("n%d=%d", random.IntN(300), random.IntN(3))
		for _, a := range []string{"; Secure", "; Max-Age=1000", "; Domain=crowded.example", "; Path=/"} {
			if random.IntN(4) == 0 && (a[2] != 'D' || i%4 == 0) {
				field += a
			}
		}
		b.receive(t, now, u, field)
		if i%500 == 499 {
			u.Host = "www.crowded.example"
			b.ask(t, now, u, fmt.Sprintf("n%d=1; n%d=2; n3=0", random.IntN(300), random.IntN(300)))
			many := make([]string, 2*manyPairs)
			for i := range many {
				many[i] = fmt.Sprintf("n%d=%d", random.IntN(300), random.IntN(3))
			}
			b.ask(t, now, u, strings.Join(many, "; "))
		}
	}
	if len(b.plain.gone) != MaxGone || len(b.plain.cookies) < MaxCookies {
		t.Errorf("%d gone and %d stored: the limits were not reached", len(b.plain.gone), len(b.plain.cookies))
	}
}

// TestContentsStay: what a jar held stays what it was.
func TestContentsStay(t *testing.T) {
	var jar Jar
	var then []*Contents
	var want [][]Cookie
	for i := range 150 {
		u := URL{Scheme: "https", Host: fmt.Sprintf("h%d.example", i%7), Path: "/"}
		jar.Receive(noon, u, ParseSetCookie(fmt.Sprintf("a%d=%d", i%90, i)))
		if i%3 == 0 {
			jar.Receive(noon, u, ParseSetCookie(fmt.Sprintf("a%d=; Max-Age=0", i%60)))
		}
		then, want = append(then, jar.Contents()), append(want, jar.Snapshot())
	}
	for i, c := range then {
		got := []Cookie{}
		for k := range c.All() {
			got = append(got, *k)
		}
		same(t, fmt.Sprint("after step ", i), want[i], got)
		if c.Len() != len(got) {
			t.Errorf("step %d: Len is %d of %d", i, c.Len(), len(got))
		}
	}
}
