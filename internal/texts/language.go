package texts

import (
	"maps"
	"slices"
	"strings"
)

// Lang is a language that all texts exist in.
type Lang string

// The languages. The zero Lang counts as English.
const (
	English Lang = "en"
	Chinese Lang = "zh" // 简体中文, simplified characters
)

// Languages are all languages, in the order of their names.
func Languages() []Lang { return slices.Sorted(maps.Keys(phrasesIn)) }

// ParseLang reads the name of a language as a person types it: en, zh, zh-CN.
// It reports false for a language that the texts do not exist in.
func ParseLang(name string) (Lang, bool) {
	main, _, _ := strings.Cut(strings.ToLower(strings.ReplaceAll(name, "_", "-")), "-")
	_, there := phrasesIn[Lang(main)]
	if !there {
		main = ""
	}
	return Lang(main), there
}

// LangOf is the language that the environment asks for, by the first of LC_ALL,
// LC_MESSAGES and LANG that is set (POSIX.1-2024, Section 8.2). It is English
// where the texts do not exist in that language.
func LangOf(env func(string) string) Lang {
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		if v := env(name); v != "" {
			v, _, _ = strings.Cut(v, ".") // the charset
			v, _, _ = strings.Cut(v, "@")
			if lang, ok := ParseLang(v); ok {
				return lang
			}
			return English
		}
	}
	return English
}
