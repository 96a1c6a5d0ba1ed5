package coursework

import (
	"flag"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"

	"httpscope/internal/texts"
)

var writeDocs = flag.Bool("docs", false, "write the tables of docs/coursework.md anew")

// Marks between which docs/coursework.md is made from the code.
const docsBegin, docsEnd = "<!-- made from the code: go test ./internal/course/coursework -run Documented -docs -->\n", "<!-- end -->\n"

// TestIsDocumented holds docs/coursework.md to the kinds of questions, the
// built-in assignments and the misconceptions, and has its examples loaded.
func TestIsDocumented(t *testing.T) {
	const path = "../../../docs/coursework.md"
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	text := string(b)
	want := remade(t, text, kindTable(t), tables())
	if *writeDocs {
		if err := os.WriteFile(path, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	} else if text != want {
		t.Error("docs/coursework.md is not what the code says; go test ./internal/course/coursework -run Documented -docs writes it")
	}
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
