package explain_test

import (
	"os"
	"regexp"
	"testing"

	"httpscope/internal/explain"
	"httpscope/internal/texts"
)

// TestOdditiesNameRealCodes holds docs/oddities.md to the codes there are.
func TestOdditiesNameRealCodes(t *testing.T) {
	doc, err := os.ReadFile("../../docs/oddities.md")
	if err != nil {
		t.Fatal(err)
	}
	found := regexp.MustCompile("`([a-z]+-[a-z0-9.-]*[a-z0-9])`").FindAllSubmatch(doc, -1)
	if len(found) < 40 {
		t.Fatalf("only %d codes found", len(found))
	}
	for _, m := range found {
		if _, ok := explain.In(texts.English).Lookup(string(m[1])); !ok {
			t.Errorf("docs/oddities.md names %s, which is no code", m[1])
		}
	}
}
