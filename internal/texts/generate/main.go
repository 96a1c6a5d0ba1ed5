// Command generate makes the tables of packages texts and explain from the folder of texts, and the severities of
// package finding. It is run by go generate in the folder of package texts.
//
// The folder codes has the records: a severity, or what kind of thing a text is about, and where the rule stands.
// Beside it each language has a folder, named as the language is, with the same files: title, what, why and look of
// each code; and in the folder phrases all else that the program says: sentences with their parameters, by keys. A
// language that lacks a text or a phrase, or has one too many, is an error.
package main

import (
	"bytes"
	"fmt"
	"go/format"
	"log"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/goccy/go-yaml"

	"httpscope/internal/finding"
)

// record is what a code has in every language.
type record struct {
	Severity string `yaml:"severity"`
	Cite     string `yaml:"cite"`
}

// words is a text in one language.
type words struct {
	Title string `yaml:"title"`
	What  string `yaml:"what"`
	Why   string `yaml:"why"`
	Look  string `yaml:"look"`
}

func main() {
	log.SetFlags(0)
	files, err := tables(".")
	if err != nil {
		log.Fatalf("texts: %v", err)
	}
	for path, b := range files {
		if err := os.WriteFile(path, b, 0o644); err != nil {
			log.Fatal(err)
		}
	}
}

// tables are the files that are made from a folder of texts, by their paths from package texts's.
func tables(folder string) (map[string][]byte, error) {
	langs, err := languages(folder)
	if err != nil {
		return nil, err
	}
	files := map[string][]byte{}
	if err := addCodes(files, folder, langs); err != nil {
		return nil, err
	}
	if err := addPhrases(files, folder, langs); err != nil {
		return nil, err
	}
	for path, b := range files {
		if files[path], err = format.Source(b); err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
	}
	return files, nil
}

// addCodes makes the tables of codes and of their words in every language, and those of the severities.
func addCodes(files map[string][]byte, folder string, langs []string) error {
	codes, err := readAll[record](filepath.Join(folder, "codes"))
	if err != nil {
		return err
	}
	order := sortedKeys(codes)
	files["../explain/codes_generated.go"] = codeTable(order, codes)
	files["../finding/severities_generated.go"] = severityTable(order, codes)
	for _, lang := range langs {
		texts, err := readAll[words](filepath.Join(folder, lang))
		if err != nil {
			return err
		}
		if err := complete(lang, order, texts); err != nil {
			return err
		}
		files["../explain/texts_"+lang+"_generated.go"] = wordTable(lang, order, texts)
	}
	files["../explain/languages_generated.go"] = wordLanguages(langs)
	return nil
}

// addPhrases makes the tables of phrases.
func addPhrases(files map[string][]byte, folder string, langs []string) error {
	phrases := map[string]map[string]phrase{}
	for _, lang := range langs {
		var err error
		if phrases[lang], err = readAll[phrase](filepath.Join(folder, lang, "phrases")); err != nil {
			return err
		}
	}
	if err := samePhrases(phrases); err != nil {
		return err
	}
	for _, lang := range langs {
		files["phrases_"+lang+"_generated.go"] = phraseTable(lang, phrases[lang])
	}
	files["languages_generated.go"] = phraseLanguages(langs)
	return nil
}

// languages are the folders with phrases in them.
func languages(folder string) ([]string, error) {
	found, err := filepath.Glob(filepath.Join(folder, "*", "phrases"))
	var langs []string
	for _, path := range found {
		langs = append(langs, filepath.Base(filepath.Dir(path)))
	}
	return langs, err
}

// readAll reads the records of all files in a folder. A code that occurs twice is an error.
func readAll[T any](folder string) (map[string]T, error) {
	paths, err := filepath.Glob(filepath.Join(folder, "*.yaml"))
	if err != nil || len(paths) == 0 {
		return nil, fmt.Errorf("%s: no YAML file is there (%v)", folder, err)
	}
	all := map[string]T{}
	for _, path := range paths {
		if filepath.Base(path) == "terms.yaml" { // for those who write, and for tests
			continue
		}
		b, err := os.ReadFile(path)
		if err != nil {
			return nil, err
		}
		var one map[string]T
		if err := yaml.UnmarshalWithOptions(b, &one, yaml.Strict()); err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
		for code, v := range one {
			if _, twice := all[code]; twice {
				return nil, fmt.Errorf("%s: %s stands in another file too", path, code)
			}
			all[code] = v
		}
	}
	return all, nil
}

// complete reports a language that lacks a code's words, or has words for none.
func complete(lang string, order []string, texts map[string]words) error {
	for _, code := range order {
		if t := texts[code]; t.Title == "" || t.What == "" || t.Why == "" || t.Look == "" {
			return fmt.Errorf("%s: %s needs title, what, why and look, and has %q", lang, code, t)
		}
	}
	for code := range texts {
		if _, known := slices.BinarySearch(order, code); !known {
			return fmt.Errorf("%s: %s is no code", lang, code)
		}
	}
	return nil
}

func sortedKeys[T any](m map[string]T) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

// head begins a file.
func head(pkg string) *bytes.Buffer {
	return bytes.NewBufferString("// Code generated from the folder of texts by go generate in internal/texts. DO NOT EDIT.\n\npackage " + pkg + "\n\n")
}

func codeTable(order []string, codes map[string]record) []byte {
	b := head("explain")
	b.WriteString("// codes are all texts there are, sorted.\nvar codes = [...]codeRecord{\n")
	for _, c := range order {
		fmt.Fprintf(b, "{%q, %q, %q},\n", c, codes[c].Severity, codes[c].Cite)
	}
	b.WriteString("}\n")
	return b.Bytes()
}

func severityTable(order []string, codes map[string]record) []byte {
	b := head("finding")
	b.WriteString("// severities of all codes of findings.\nvar severities = map[string]Severity{\n")
	for _, c := range order {
		if s, ok := finding.Named(codes[c].Severity); ok {
			name := s.String()
			fmt.Fprintf(b, "%q: %s,\n", c, strings.ToUpper(name[:1])+name[1:])
		}
	}
	b.WriteString("}\n")
	return b.Bytes()
}

func wordTable(lang string, order []string, texts map[string]words) []byte {
	b := head("explain")
	fmt.Fprintf(b, "// words_%s are the texts in the order of codes.\nvar words_%s = [len(codes)]words{\n", lang, lang)
	for _, c := range order {
		t := texts[c]
		fmt.Fprintf(b, "{%q, %q, %q, %q},\n", t.Title, t.What, t.Why, t.Look)
	}
	b.WriteString("}\n")
	return b.Bytes()
}

// wordLanguages names the tables of words of all languages.
func wordLanguages(langs []string) []byte {
	b := head("explain")
	b.WriteString("import \"httpscope/internal/texts\"\n\n// wordsIn are the texts by their language.\n")
	b.WriteString("var wordsIn = map[texts.Lang]*[len(codes)]words{\n")
	for _, l := range langs {
		fmt.Fprintf(b, "%q: &words_%s,\n", l, l)
	}
	b.WriteString("}\n")
	return b.Bytes()
}

// phraseLanguages names the tables of phrases of all languages.
func phraseLanguages(langs []string) []byte {
	b := head("texts")
	b.WriteString("// phrasesIn are the phrases by language.\nvar phrasesIn = map[Lang]*phrases{\n")
	for _, l := range langs {
		fmt.Fprintf(b, "%q: {phrases_%s, plurals_%s, languageTag(%q)},\n", l, l, l, l)
	}
	b.WriteString("}\n")
	return b.Bytes()
}
