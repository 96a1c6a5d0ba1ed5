package architecture

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
)

// unspoken are the packages in whose sources sentences may stand. In all others one is a mistake: what is said is said by
// the key of a phrase.
var unspoken = map[string]string{
	"internal/target":      "the servers send them: error pages as Python and flask have them",
	"internal/target/site": "the site's pages have them",
	"internal/bench":       "make bench is for developers",

	"internal/emulator":            "for tests alone",
	"internal/testkit":             "for tests alone",
	"internal/problem/problemtest": "for tests alone",
}

// phraseKeys are the keys of all phrases, in English.
func phraseKeys(t *testing.T) map[string]bool {
	t.Helper()
	paths, err := filepath.Glob("../texts/en/phrases/*.yaml")
	if err != nil || len(paths) == 0 {
		t.Fatalf("no phrases are there: %v", err)
	}
	keys := map[string]bool{}
	for _, path := range paths {
		b, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		var own map[string]any
		if err := yaml.Unmarshal(b, &own); err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		for key := range own {
			keys[key] = true
		}
	}
	return keys
}

// literal is a string in the sources, and where it stands.
type literal struct {
	text, where, pkg string
	fault            bool // it is the text of an error or a panic
}

// literals are the strings of all sources that are no tests and were not made by a program.
func literals(t *testing.T) []literal {
	t.Helper()
	var all []literal
	err := filepath.WalkDir("../..", func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && (d.Name() == "vendor" || d.Name() == "generate" || strings.HasPrefix(d.Name(), ".") &&
			d.Name() != ".." && d.Name() != "."):
			return filepath.SkipDir
		case strings.HasSuffix(path, "_test.go"), strings.HasSuffix(path, "_generated.go"),
			!strings.HasSuffix(path, ".go"):
			return nil
		}
		all = append(all, literalsOf(t, path)...)
		return nil
	})
	if err != nil || len(all) < 3000 {
		t.Fatalf("%d strings, at least 3000 are expected: %v", len(all), err)
	}
	return all
}

func literalsOf(t *testing.T, path string) []literal {
	set := token.NewFileSet()
	f, err := parser.ParseFile(set, path, nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	pkg := strings.TrimPrefix(filepath.ToSlash(filepath.Dir(path)), "../../")
	faults := map[token.Pos]bool{}
	var all []literal
	ast.Inspect(f, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.ImportSpec, *ast.Field: // a field of a struct may have a tag
			if field, ok := n.(*ast.Field); ok && field.Tag != nil {
				faults[field.Tag.Pos()] = true
			}
		case *ast.CallExpr:
			if isFault(n.Fun) {
				for _, arg := range n.Args {
					faults[arg.Pos()] = true
				}
			}
		case *ast.BasicLit:
			if n.Kind == token.STRING {
				text, _ := strconv.Unquote(n.Value)
				at := set.Position(n.Pos())
				all = append(all, literal{text, strings.TrimPrefix(at.String(), "../../"), pkg, faults[n.Pos()]})
			}
		}
		return true
	})
	return all
}

// isFault reports functions whose text is for those who develop the program (panics, and what a regular expression
// that is wrong would make), or is the same in every language.
func isFault(fun ast.Expr) bool {
	switch f := fun.(type) {
	case *ast.Ident:
		return f.Name == "panic"
	case *ast.SelectorExpr:
		x, _ := f.X.(*ast.Ident)
		return x != nil && slices.Contains([]string{"errors.New", "fmt.Errorf", "regexp.MustCompile", "texts.Plain"},
			x.Name+"."+f.Sel.Name)
	}
	return false
}

// TestKeysHavePhrases: a key that the sources name has a phrase, and each phrase has someone who says it. A string that
// ends with a dot or a hyphen is the beginning of keys.
func TestKeysHavePhrases(t *testing.T) {
	keys := phraseKeys(t)
	rooms := map[string]bool{}
	for key := range keys {
		room, _, _ := strings.Cut(key, ".")
		rooms[room] = true
	}
	shape := regexp.MustCompile(`^([a-z]+)\.[a-z0-9.-]*$`)
	said, begun := map[string]bool{}, []string{}
	for _, l := range literals(t) {
		m := shape.FindStringSubmatch(l.text)
		switch {
		case keys[l.text]:
			said[l.text] = true
		case m == nil || !rooms[m[1]]:
		case strings.HasSuffix(l.text, ".") || strings.HasSuffix(l.text, "-"):
			begun = append(begun, l.text)
		case !slices.Contains(noKeys, l.text):
			t.Errorf("%s: %q has no phrase", l.where, l.text)
		}
	}
	for key := range keys {
		if !said[key] && !grammar(key) &&
			!slices.ContainsFunc(begun, func(s string) bool { return strings.HasPrefix(key, s) }) {
			t.Errorf("nobody says the phrase %s", key)
		}
	}
}

// noKeys are strings that look like keys of phrases and are none.
var noKeys = []string{"form.go"}

// noSentences are strings that look like sentences: what other programs and libraries write, names, and commands.
var noSentences = []string{"sis login id", "sis user id", "unknown activated error: -11", "peration not permitted",
	"No such device", "brotli: excessive input", "OpenBSD pf log", "PPP with direction",
	"sudo setcap cap_net_raw,cap_net_admin=eip "}

// TestSentencesArePhrases: what a person reads stands in the folder of texts.
func TestSentencesArePhrases(t *testing.T) {
	sentence := regexp.MustCompile(`[A-Za-z]{2,}[,;:]? +(%[a-z] +)?[a-z]{2,}[,;:]? +(%[a-z] +)?[a-z]{2,}`)
	for _, l := range literals(t) {
		if unspoken[l.pkg] == "" && strings.Contains(l.text, "%w") {
			t.Errorf("%s: %q wraps an error in English: texts.Errorf says it in every language", l.where, l.text)
		}
		if unspoken[l.pkg] == "" && !l.fault && sentence.MatchString(l.text) && !slices.Contains(noSentences, l.text) {
			t.Errorf("%s: %.60q is a sentence: it belongs into the folder of texts", l.where, l.text)
		}
	}
}

// grammar are the phrases that are there for all: how words are joined and counted.
func grammar(key string) bool {
	return key == "ordinal" || key == "plain" || strings.HasPrefix(key, "list.") || strings.HasPrefix(key, "count.")
}
