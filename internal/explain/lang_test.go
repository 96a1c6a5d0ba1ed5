package explain_test

import (
	"testing"

	"httpscope/internal/explain"
)

func TestLangOf(t *testing.T) {
	for _, c := range []struct {
		env  map[string]string
		want explain.Lang
	}{
		{nil, explain.English},
		{map[string]string{"LANG": "zh_CN.UTF-8"}, explain.Chinese},
		{map[string]string{"LANG": "ZH"}, explain.Chinese},
		{map[string]string{"LANG": "de_DE.UTF-8"}, explain.English},
		{map[string]string{"LC_MESSAGES": "zh_CN", "LANG": "en_US.UTF-8"}, explain.Chinese},
		{map[string]string{"LC_ALL": "C", "LC_MESSAGES": "zh_CN", "LANG": "zh_CN"}, explain.English},
		{map[string]string{"LC_ALL": "", "LANG": "zh_TW"}, explain.Chinese},
	} {
		if got := explain.LangOf(func(name string) string { return c.env[name] }); got != c.want {
			t.Errorf("%v: %s, want %s", c.env, got, c.want)
		}
	}
}

func TestParseLang(t *testing.T) {
	for name, want := range map[string]explain.Lang{"en": explain.English, "zh": explain.Chinese, "zh-CN": explain.Chinese, "zh_CN": explain.Chinese, "EN": explain.English} {
		if got, ok := explain.ParseLang(name); !ok || got != want {
			t.Errorf("%q: %q, %v", name, got, ok)
		}
	}
	for _, name := range []string{"", "de", "chinese", "z"} {
		if got, ok := explain.ParseLang(name); ok {
			t.Errorf("%q is taken for %s", name, got)
		}
	}
}
