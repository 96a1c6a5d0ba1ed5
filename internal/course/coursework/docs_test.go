package coursework

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"

	"httpscope/internal/testkit"
	"httpscope/internal/texts"
)

// Marks between which docs/coursework.md is made from the code.
const (
	docsBegin = "<!-- made from the code: go test ./internal/course/coursework -run Documented -update -->\n"
	docsEnd   = "<!-- end -->\n"
)

// TestIsDocumented holds docs/coursework.md to the kinds of questions, the
// built-in assignments and the misconceptions, and has its examples loaded.
func TestIsDocumented(t *testing.T) {
	b, err := os.ReadFile(filepath.Join(testkit.Root(t), "docs", "coursework.md"))
	if err != nil {
		t.Fatal(err)
	}
	text := string(b)
	testkit.Document(t, "coursework.md", remade(t, text, kindTable(t), tables()))
	example := strings.Index(text, "```yaml\nschema:")
	if example < 0 {
		t.Fatal("there is no example")
	}
	source, _, _ := strings.Cut(text[example+len("```yaml\n"):], "```")
	if _, err := Load([]byte(source)); err != nil {
		t.Errorf("the example: %v", err)
	}
}

// remade is a page with other texts between its marks, in their order.
func remade(t *testing.T, page string, between ...string) string {
	parts := strings.Split(page, docsBegin)
	if len(parts) != len(between)+1 {
		t.Fatalf("%d marks begin what is made from the code, and there are %d texts", len(parts)-1, len(between))
	}
	for i, made := range between {
		_, rest, marked := strings.Cut(parts[i+1], docsEnd)
		if !marked {
			t.Fatal("what is made from the code does not end")
		}
		parts[i+1] = made + docsEnd + rest
	}
	return strings.Join(parts, docsBegin)
}

// mistakes are the phrases about misconceptions, in English, by their keys.
func mistakes() map[string]string {
	b, err := os.ReadFile("../../texts/en/phrases/coursework-mistakes.yaml")
	if err != nil {
		panic(err)
	}
	var all map[string]string
	if err := yaml.Unmarshal(b, &all); err != nil {
		panic(err)
	}
	return all
}

func tables() string {
	var b strings.Builder
	b.WriteString("\n| assignment | questions | what it is |\n|---|---|---|\n")
	for _, a := range Builtins() {
		fmt.Fprintf(&b, "| `%s` | %d | %s |\n", a.ID, len(a.Questions), a.Title.In(texts.English))
	}
	b.WriteString("\n| code | what is said to it |\n|---|---|\n")
	lessons := mistakes()
	for _, key := range slices.Sorted(maps.Keys(lessons)) {
		fmt.Fprintf(&b, "| `%s` | %s |\n", strings.TrimPrefix(key, "coursework.mistake."), lessons[key])
	}
	b.WriteString("\n")
	return b.String()
}
