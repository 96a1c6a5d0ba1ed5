package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestTablesAreThoseOfTheTexts: whoever edits a text runs go generate.
func TestTablesAreThoseOfTheTexts(t *testing.T) {
	files, err := tables("..")
	if err != nil {
		t.Fatal(err)
	}
	for path, want := range files {
		got, err := os.ReadFile(filepath.Join("..", path))
		if err != nil || !bytes.Equal(got, want) {
			t.Errorf("%s is not what the texts give (%v): run go generate ./internal/texts", path, err)
		}
	}
}

// folder is a folder of texts with one code and one phrase, in two languages.
func folder(t *testing.T, change map[string]string) string {
	t.Helper()
	files := map[string]string{
		"codes/a.yaml":      "bare-lf: {severity: warning, cite: 'RFC 9112, Section 2.2'}",
		"en/a.yaml":         "bare-lf: {title: t, what: w, why: y, look: l}",
		"zh/a.yaml":         "bare-lf: {title: t, what: w, why: y, look: l}",
		"en/phrases/a.yaml": "said: '%d of %s'",
		"zh/phrases/a.yaml": "said: '%[2]s %[1]d'",
	}
	for name, text := range change {
		files[name] = text
	}
	dir := t.TempDir()
	for name, text := range files {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// TestWhatIsWrongWithTexts: what lacks, or is too much, is told by language and code.
func TestWhatIsWrongWithTexts(t *testing.T) {
	for _, c := range []struct{ file, text, want string }{
		{"", "", ""},
		{"zh/a.yaml", "bare-lf: {title: t, what: w, why: y}", "zh: bare-lf needs title"},
		{"zh/a.yaml", "other: {title: t, what: w, why: y, look: l}", "zh: bare-lf needs"},
		{"zh/b.yaml", "other: {title: t, what: w, why: y, look: l}", "zh: other is no code"},
		{"en/b.yaml", "bare-lf: {title: t, what: w, why: y, look: l}", "bare-lf stands in another file too"},
		{"en/a.yaml", "bare-lf: {title: t, what: w, why: y, look: l, more: m}", "unknown field"},
		{"zh/phrases/a.yaml", "other: x", "zh: the phrase said is missing"},
		{"zh/phrases/a.yaml", "said: '%d'",
			"zh: the phrase said has the parameters 01d (%d), expected those of en: 01d 02s"},
		{"zh/phrases/a.yaml", "said: '%s %d'", "zh: the phrase said has the parameters 01s 02d"},
		{"zh/phrases/a.yaml", "said: {other: '%[1]d %[2]q'}", ""},
		{"zh/phrases/a.yaml", "said: {one: '%[2]s', other: '%d %s'}", ""},
		{"zh/phrases/a.yaml", "said: {one: '%d', other: '%[1]d %[2]q'}", "said|one has the parameters 01d"},
		{"zh/phrases/a.yaml", "said: {one: '%d %s'}", "expected one with the name other"},
		{"zh/phrases/a.yaml", "said: {several: '%d %s'}", "is no plural form"},
		{"zh/phrases/b.yaml", "more: x", "zh: the phrase more is not in en"},
		{"de/phrases/a.yaml", "said: '%d %s'", "de: no YAML file"},
	} {
		change := map[string]string{}
		if c.file != "" {
			change[c.file] = c.text
		}
		files, err := tables(folder(t, change))
		if c.want == "" {
			if err != nil || len(files) != 8 {
				t.Errorf("%d files, %v", len(files), err)
			}
			continue
		}
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %q", c.file, err, c.want)
		}
	}
}
