package explain_test

import (
	"regexp"
	"strings"
	"testing"
	"unicode"

	"github.com/rivo/uniseg"

	"httpscope/internal/explain"
	"httpscope/internal/texts"
)

// parts are the words of a text.
func parts(x explain.Text) map[string]string {
	return map[string]string{"title": x.Title, "what": x.What, "why": x.Why, "look": x.Look}
}

func TestChineseHasEveryCode(t *testing.T) {
	english, chinese := explain.In(texts.English).Group(), explain.In(texts.Chinese).Group()
	if len(english) != len(chinese) {
		t.Fatalf("%d English texts, %d Chinese", len(english), len(chinese))
	}
	for i, en := range english {
		zh := chinese[i]
		if zh.Code != en.Code || zh.Severity != en.Severity || zh.Cite != en.Cite {
			t.Errorf("%s: code, severity or cite differ: %+v", en.Code, zh)
		}
	}
}

// TestChineseIsChinese holds that each part is a Chinese sentence without
// English left over in it.
func TestChineseIsChinese(t *testing.T) {
	english := regexp.MustCompile(`[a-z]{2,}( [a-z]+){4,}`)
	for _, x := range explain.In(texts.Chinese).Group() {
		for name, s := range parts(x) {
			if !strings.ContainsFunc(s, func(r rune) bool { return unicode.Is(unicode.Han, r) }) {
				t.Errorf("%s: %s has no Chinese: %q", x.Code, name, s)
			}
			if found := english.FindString(s); found != "" {
				t.Errorf("%s: %s has English in it: %q", x.Code, name, found)
			}
			if s != strings.TrimSpace(s) || strings.Contains(s, "  ") {
				t.Errorf("%s: %s has spaces too many: %q", x.Code, name, s)
			}
			ends := strings.HasSuffix(s, "。") || strings.HasSuffix(s, "？")
			if name == "title" && (ends || uniseg.StringWidth(s) > 70) || name != "title" && !ends {
				t.Errorf("%s: %s ends wrongly, or is long: %q", x.Code, name, s)
			}
		}
	}
}
