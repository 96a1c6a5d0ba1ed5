package gradebook

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
	"pgregory.net/rapid"

	"httpscope/internal/course/coursework"
	"httpscope/internal/testkit"
	"httpscope/internal/texts"
)

// golden compares with a file of testdata.
func golden(t *testing.T, name, got string) {
	t.Helper()
	testkit.Golden(t, filepath.Join("testdata", name), got)
}

func page(t interface{ Fatal(...any) }, c Class) string {
	var b bytes.Buffer
	if err := HTML(&b, c); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestHTMLOfASmallClass(t *testing.T) {
	golden(t, "overview.html", page(t, sampleClass(14, 8)))
}

func TestHTMLOfNobody(t *testing.T) {
	if got := page(t, Class{}); !strings.Contains(got, "<h1>Marks</h1>") {
		t.Errorf("a class of nobody has no page:\n%s", got)
	}
}

func TestHTMLOfALargeClassStaysSmall(t *testing.T) {
	if n := len(page(t, sampleClass(500, 30))); n > 10<<20 {
		t.Errorf("500 students and 30 questions make a page of %d bytes", n)
	}
}

// TestHTMLLetsOnlyItsOwnStyleIn computes the hash that the policy must name from
// the page, as a browser does.
func TestHTMLLetsOnlyItsOwnStyleIn(t *testing.T) {
	got := page(t, sampleClass(2, 2))
	style := regexp.MustCompile(`(?s)<style>(.*?)</style>`).FindStringSubmatch(got)
	if style == nil {
		t.Fatal("there is no style sheet")
	}
	hash := sha256.Sum256([]byte(style[1]))
	policy := "default-src 'none'; style-src 'sha256-" + base64.StdEncoding.EncodeToString(hash[:]) +
		"'; base-uri 'none'; form-action 'none'"
	for n := range nodes(t, got) {
		if attribute(n, "http-equiv") == "Content-Security-Policy" && attribute(n, "content") == policy {
			return
		}
	}
	t.Errorf("the page has not the policy %q", policy)
}

// nodes parses as browsers do.
func nodes(t interface{ Fatal(...any) }, page string) map[*html.Node]bool {
	root, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	all := map[*html.Node]bool{}
	for n := range root.Descendants() {
		all[n] = true
	}
	return all
}

func attribute(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

// TestHTMLOfHostileText parses the page as a browser does: whatever students write,
// there is no element or attribute that the template does not have.
func TestHTMLOfHostileText(t *testing.T) {
	elements := map[string]bool{}
	for n := range nodes(t, page(t, sampleClass(14, 8))) {
		if n.Type == html.ElementNode {
			elements[n.Data] = true
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		for n := range nodes(t, page(t, drawClass(t))) {
			if n.Type == html.CommentNode || n.Type == html.ElementNode && !elements[n.Data] {
				t.Fatalf("text became the node <%s>", n.Data)
			}
			for _, a := range n.Attr {
				if strings.HasPrefix(a.Key, "on") || a.Key == "style" || a.Key == "src" || a.Key == "href" &&
					!strings.HasPrefix(a.Val, "#") {
					t.Fatalf("text became the attribute %s=%q", a.Key, a.Val)
				}
			}
			if n.Type == html.TextNode {
				if bad := unseen(n.Data); bad != "" {
					t.Fatalf("invisible %s in %q", bad, n.Data)
				}
			}
		}
	})
}

func TestHTMLSaysVerdictsInLetters(t *testing.T) {
	c := Class{Marked: markedAt, Entries: []Entry{{Submission: "a", Report: report(
		answered("1", coursework.Right, 2, 2, "x"), answered("2", coursework.Partly, 1, 2, "x"),
		answered("3", coursework.Wrong, 0, 2, "x"),
		answered("4", coursework.Missing, 0, 2, ""), answered("5", coursework.Person, 0, 2, "x"))}}}
	want := `<td class=r>R<b>2</b><td class=p>P<b>1</b><td class=w>W<b>0</b><td class=m>M<td class=h>?`
	if got := page(t, c); !strings.Contains(got, want) {
		t.Errorf("the row is not %s", want)
	}
}

// inChinese is a class with its reports in Chinese.
func inChinese(c Class) Class {
	c.Lang = texts.Chinese
	for i := range c.Entries {
		if r := c.Entries[i].Report; r != nil {
			r.Lang = texts.Chinese
		}
	}
	return c
}

func TestHTMLInChinese(t *testing.T) {
	got := page(t, inChinese(sampleClass(14, 8)))
	golden(t, "overview-zh.html", got)
	if !strings.Contains(got, `<html lang="zh">`) {
		t.Error("the page does not name its language")
	}
}

// TestHTMLOfHostileTextInChinese: the phrases around a text do not free it.
func TestHTMLOfHostileTextInChinese(t *testing.T) {
	c := inChinese(Class{Title: "</h1><script>", Assignment: `"><b>`, Marked: markedAt,
		Groups: []Group{{[]string{"<i>", "b"}, "<u>"}}, Entries: []Entry{
			{Submission: "<i>", Student: &Student{Name: "<s>", Email: "<a href=x>"},
				Report: report(answered("<p>", coursework.Wrong, 0, 1, "<em>"))},
			{Submission: "b", Report: &coursework.Report{Problem: "<img src=x>"}},
		}})
	for n := range nodes(t, page(t, c)) {
		if n.Type == html.ElementNode && slices.Contains([]string{"script", "i", "u", "s", "em", "img"}, n.Data) ||
			n.Type == html.ElementNode && n.Data == "a" && !strings.HasPrefix(attribute(n, "href"), "#") {
			t.Errorf("text became <%s>", n.Data)
		}
	}
}

// TestWordsOfThePage: each word that the template asks for is a phrase in every language.
func TestWordsOfThePage(t *testing.T) {
	said := map[string]bool{}
	for _, m := range regexp.MustCompile(`\{\{say "([a-z-]+)"`).FindAllStringSubmatch(overviewTemplate, -1) {
		said[m[1]] = true
		for _, lang := range []texts.Lang{texts.English, texts.Chinese} {
			if !texts.In(lang).Has("gradebook.page." + m[1]) {
				t.Errorf("%s has no phrase for %s", lang, m[1])
			}
		}
	}
	if len(said) < 30 {
		t.Errorf("the page says %d phrases only", len(said))
	}
}
