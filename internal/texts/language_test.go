package texts_test

import (
	"testing"

	"httpscope/internal/texts"
)

func TestLangOf(t *testing.T) {
	for _, c := range []struct {
		env  map[string]string
		want texts.Lang
	}{
		{nil, texts.English},
		{map[string]string{"LANG": "zh_CN.UTF-8"}, texts.Chinese},
		{map[string]string{"LANG": "ZH"}, texts.Chinese},
		{map[string]string{"LANG": "tlh.UTF-8"}, texts.English},
		{map[string]string{"LC_MESSAGES": "zh_CN", "LANG": "en_US.UTF-8"}, texts.Chinese},
		{map[string]string{"LC_ALL": "C", "LC_MESSAGES": "zh_CN", "LANG": "zh_CN"}, texts.English},
		{map[string]string{"LC_ALL": "", "LANG": "zh_TW"}, texts.Chinese},
	} {
		if got := texts.LangOf(func(name string) string { return c.env[name] }); got != c.want {
			t.Errorf("%v: %s, want %s", c.env, got, c.want)
		}
	}
}

func TestParseLang(t *testing.T) {
	for name, want := range map[string]texts.Lang{"en": texts.English, "zh": texts.Chinese, "zh-CN": texts.Chinese,
		"zh_CN": texts.Chinese, "EN": texts.English} {
		if got, ok := texts.ParseLang(name); !ok || got != want {
			t.Errorf("%q: %q, %v", name, got, ok)
		}
	}
	for _, name := range []string{"", "tlh", "chinese", "z"} {
		if got, ok := texts.ParseLang(name); ok {
			t.Errorf("%q is taken for %s", name, got)
		}
	}
}
