package page

import (
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"httpscope/internal/explain"
)

// TestPhrasesExist: every key that the pages and the decoder name has a phrase in every language.
func TestPhrasesExist(t *testing.T) {
	key := regexp.MustCompile(`"((?:why|body|verdict|proof|rejected|here|persist|count)\.[a-z-]+)"`)
	keys := map[string]bool{}
	for _, pattern := range []string{"why*.go", "../../httpdecode/framing.go"} {
		files, err := filepath.Glob(pattern)
		if err != nil || len(files) == 0 {
			t.Fatalf("%s: %v", pattern, err)
		}
		for _, name := range files {
			b, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			for _, m := range key.FindAllSubmatch(b, -1) {
				keys[string(m[1])] = true
			}
		}
	}
	if len(keys) < 70 {
		t.Errorf("only %d keys were found", len(keys))
	}
	for k := range keys {
		for _, lang := range []explain.Lang{explain.English, explain.Chinese} {
			if explain.In(lang).Phrase(k) == "" {
				t.Errorf("%s has no phrase in %s", k, lang)
			}
		}
	}
}
