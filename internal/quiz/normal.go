package quiz

import (
	"strings"
	"unicode"
)

// Typed answers are read as people type them: with a Chinese input method on,
// in capitals, with a full stop after. normal brings them, and the answers that
// they are compared with, into one form: half-width, lower case, one space
// between words, nothing around it.
func normal(s string) string {
	s = strings.ToLower(strings.Map(halfWidth, s))
	s = strings.Join(strings.Fields(s), " ")
	return strings.Trim(s, " \"'`.;!?")
}

// ideographic are the marks of Chinese text, and those of word processors, that
// have a half-width twin elsewhere than in the block of full-width forms.
var ideographic = map[rune]rune{
	'　': ' ', '、': ',', '。': '.', '｡': '.', '､': ',', '“': '"', '”': '"', '‘': '\'', '’': '\'', '「': '"', '」': '"', '『': '"', '』': '"',
	'–': '-', '—': '-', '−': '-', '‐': '-', '‑': '-', '…': '.', '【': '[', '】': ']', '〔': '(', '〕': ')', '《': '<', '》': '>', '·': '.', '¥': '\\', '￥': '\\',
}

// halfWidth is the ASCII twin of a full-width character; -1 for one that cannot
// be seen.
func halfWidth(r rune) rune {
	if r < 0x80 {
		return r
	}
	if to, ok := ideographic[r]; ok {
		return to
	}
	switch {
	case '！' <= r && r <= '～':
		return r - '！' + '!'
	case unicode.Is(unicode.Zs, r):
		return ' '
	case unicode.Is(unicode.Cf, r):
		return -1
	}
	return r
}

// same reports two texts that differ in nothing but what normal takes away.
func same(a, b string) bool { return normal(a) == normal(b) }

// yesWords and noWords are how people say yes and no.
var (
	yesWords = []string{"y", "yes", "yeah", "yep", "true", "t", "right", "correct", "ok", "是", "是的", "对", "对的", "会", "有", "能", "可以", "正确", "真"}
	noWords  = []string{"n", "no", "nope", "not", "false", "f", "wrong", "否", "不", "不是", "不对", "错", "错的", "错误", "不会", "没有", "没", "不能", "不可以", "假"}
)
