package page

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"
)

// sentences are the strings that the Why pane gives to its methods that
// translate: the literals of the calls, and what handshakeWords returns.
func sentences(t *testing.T) []string {
	t.Helper()
	files, err := filepath.Glob("why*.go")
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, name := range files {
		if name == "why_chinese.go" || strings.HasSuffix(name, "_test.go") {
			continue
		}
		f, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(f, func(n ast.Node) bool {
			if s, err := strconv.Unquote(literal(n)); err == nil && strings.ContainsFunc(s, unicode.IsLetter) && strings.ContainsAny(s, " %") {
				all = append(all, s)
			}
			return true
		})
	}
	return all
}

// literal is a string literal, "" for all else.
func literal(n ast.Node) string {
	if l, ok := n.(*ast.BasicLit); ok && l.Kind == token.STRING {
		return l.Value
	}
	return ""
}

// TestWhySentencesAreInChinese holds that each sentence of the pane has a
// Chinese one with the same values in the same order.
func TestWhySentencesAreInChinese(t *testing.T) {
	verbs := regexp.MustCompile(`%[a-z]`)
	all := sentences(t)
	if len(all) < 40 {
		t.Fatalf("only %d sentences found", len(all))
	}
	for _, s := range all {
		chinese, ok := chineseWords[s]
		if !ok && s != "%s" && s != "%d %s" && !strings.ContainsFunc(s, func(r rune) bool { return unicode.Is(unicode.Han, r) }) {
			t.Errorf("%q is not in the table", s)
		}
		if ok && !slices.Equal(verbs.FindAllString(s, -1), verbs.FindAllString(chinese, -1)) {
			t.Errorf("%q and %q take other values", s, chinese)
		}
	}
	for s := range chineseWords {
		if s != "request" && s != "response" && s != "%s." && !slices.Contains(all, s) {
			t.Errorf("%q is in the table and nobody says it", s)
		}
	}
}

// TestChineseFactsMatchOneSentence: a pattern that is behind one that matches
// the same words would never count.
func TestChineseFactsMatchOneSentence(t *testing.T) {
	said := []string{"1 byte", "17 bytes", "no body", "body of 5 bytes by length", "body of 5 bytes in 2 chunks", "body of 5 bytes up to the close",
		"the connection leaves HTTP", "the head is cut: how its body is framed is not known", "the head is not complete", "the request's method is HEAD",
		"the status is 304", "the request's method is CONNECT and the status 200", "Transfer-Encoding ends with chunked",
		`Transfer-Encoding ends with "gzip", not with chunked`, `Content-Length "+5" is no number of bytes`, "Content-Length says 5 and 6", "Content-Length is 5",
		"a request with neither Transfer-Encoding nor Content-Length", "a response with neither Transfer-Encoding nor Content-Length",
		"Transfer-Encoding says chunked, but rule 1 comes first", "Content-Length says 5, but rule 1 comes first",
		"Content-Length says 5, but Transfer-Encoding overrides it", "the other value is 6", "Transfer-Encoding names chunked, but not as the last coding"}
	for _, s := range said {
		n := 0
		for _, f := range chineseFacts {
			if f.english.MatchString(s) {
				n++
			}
		}
		if n != 1 {
			t.Errorf("%d patterns match %q", n, s)
		}
	}
}
