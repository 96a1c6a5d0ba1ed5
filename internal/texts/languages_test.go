package texts_test

import (
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/goccy/go-yaml"
)

// sentences are all texts of a language by where they stand: key, or code and part.
func sentences(t *testing.T, lang string) map[string]string {
	t.Helper()
	all := map[string]string{}
	for _, folder := range []string{lang, filepath.Join(lang, "phrases")} {
		paths, err := filepath.Glob(filepath.Join(folder, "*.yaml"))
		if err != nil || len(paths) == 0 {
			t.Fatalf("%s: no texts (%v)", folder, err)
		}
		for _, path := range paths {
			if filepath.Base(path) != "terms.yaml" {
				readSentences(t, path, all)
			}
		}
	}
	return all
}

func readSentences(t *testing.T, path string, all map[string]string) {
	t.Helper()
	var own map[string]any
	readYAML(t, path, &own)
	for key, v := range own {
		parts, ok := v.(map[string]any)
		if !ok {
			all[key] = v.(string)
			continue
		}
		for part, text := range parts {
			all[key+"."+part] = text.(string)
		}
	}
}

func readYAML(t *testing.T, path string, to any) {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := yaml.Unmarshal(b, to); err != nil {
		t.Fatalf("%s: %v", path, err)
	}
}

// term is a row of a language's terms.yaml.
type term struct {
	En, Use, Not, Except string
}

func TestChineseHasOneWordForATerm(t *testing.T) {
	var terms []term
	readYAML(t, "zh/terms.yaml", &terms)
	all := sentences(t, "zh")
	everything := strings.Join(slices.Collect(maps.Values(all)), "\n")
	for _, term := range terms {
		if !strings.Contains(everything, term.Use) {
			t.Errorf("no text says %s", term.Use)
		}
		for where, text := range all {
			for _, e := range strings.Fields(term.Except) {
				text = strings.ReplaceAll(text, e, "")
			}
			for _, not := range strings.Fields(term.Not) {
				if strings.Contains(text, not) {
					t.Errorf("%s says %s, the word is %s", where, not, term.Use)
				}
			}
		}
	}
}

// what a parameter of a phrase looks like.
var parameter = regexp.MustCompile(`%[-+# 0]*(\[\d+\])?[0-9]*(\.[0-9]+)?[a-zA-Z]`)

// quoted is what stands as it is on the wire or on the keyboard: in quotes or backquotes, or a command of the program.
var quoted = regexp.MustCompile("httpscope [ -~]*|`[^`]*`|\"[^\"]*\"|“[^”]*”|‘[^’]*’")

// TestChineseIsTranslated: an English word in a Chinese text is a word of the protocol, of a command, or a name. Words
// of the protocol are listed; what has a capital, a digit or a sign in it is no English word.
func TestChineseIsTranslated(t *testing.T) {
	b, err := os.ReadFile("protocol-words.txt")
	if err != nil {
		t.Fatal(err)
	}
	var listed []string
	for line := range strings.Lines(string(b)) {
		if !strings.HasPrefix(line, "#") {
			listed = append(listed, strings.Fields(line)...)
		}
	}
	english := sentences(t, "en")
	for where, text := range sentences(t, "zh") {
		rest := parameter.ReplaceAllString(quoted.ReplaceAllString(text, " "), " ")
		for _, word := range strings.FieldsFunc(rest, notOfWords) {
			if plainWord(word) && !slices.Contains(listed, word) {
				t.Errorf("%s: %q is English, and not listed as a word of the protocol: %.80q", where, word, text)
			}
		}
		if text == english[where] && strings.ContainsFunc(parameter.ReplaceAllString(text, ""), unicode.IsLetter) &&
			slices.ContainsFunc(strings.Fields(text), func(w string) bool { return plainWord(w) && !slices.Contains(listed, w) }) {
			t.Errorf("%s is the same in Chinese: %q", where, text)
		}
	}
}

// notOfWords are the borders of words: a word with a hyphen, a dot or a slash in it is a name.
func notOfWords(r rune) bool {
	return unicode.Is(unicode.Han, r) || unicode.IsSpace(r) || strings.ContainsRune("，。；：？！（）()、,;:?!“”《》…", r)
}

// plainWord reports a word of small letters alone.
func plainWord(s string) bool {
	s = strings.TrimRight(s, ".")
	return len(s) > 1 && strings.Trim(s, "abcdefghijklmnopqrstuvwxyz") == ""
}

// TestChineseHasChineseSigns: full width beside Chinese characters.
func TestChineseHasChineseSigns(t *testing.T) {
	half := regexp.MustCompile(`\p{Han}[,;:?!]|[,;?!]\p{Han}`)
	for where, text := range sentences(t, "zh") {
		if found := half.FindString(text); found != "" {
			t.Errorf("%s has a sign of half width: %q", where, found)
		}
	}
}

// loud are English words in capitals, which are no literals: the screen's header has them.
const loud = "CAPTURE FILE LIVE NO NOT PACKETS RIGHT SOCKETS WRITTEN"

// TestLiteralsAreInEveryLanguage: what stands on the wire is the same: field names, methods, status codes, versions, bytes.
func TestLiteralsAreInEveryLanguage(t *testing.T) {
	literal := regexp.MustCompile(`\bRFC \d\w+|\bHTTP/\d\.\d|\b[1-5]\d\d\b|\b[A-Z][A-Za-z0-9]*(?:-[A-Z][A-Za-z0-9]*)+\b|\b[A-Z]{3,}\b|` +
		`\b\d[0-9a-f] [0-9a-f]{2}( [0-9a-f]{2})*\b|\b[a-z]+_[a-z_]+\b`)
	zh := sentences(t, "zh")
	for where, en := range sentences(t, "en") {
		key, part, _ := cutLast(where)
		own, there := zh[where]
		if !there && part != "" { // a plural form
			own = zh[key+".other"]
		}
		if part == "title" || part == "what" || part == "why" || part == "look" { // may stand in another part
			own = zh[key+".title"] + zh[key+".what"] + zh[key+".why"] + zh[key+".look"]
		}
		for _, l := range literal.FindAllString(en, -1) {
			if !strings.Contains(own, l) && !slices.Contains(strings.Fields(loud), l) {
				t.Errorf("%s: %q is not in the Chinese text %q", where, l, own)
			}
		}
	}
}

func cutLast(s string) (before, after string, ok bool) {
	i := strings.LastIndexByte(s, '.')
	if i < 0 {
		return s, "", false
	}
	return s[:i], s[i+1:], true
}
