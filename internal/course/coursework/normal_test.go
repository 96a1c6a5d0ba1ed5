package coursework

import (
	"fmt"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// TestSame holds which answers say the same, and which do not.
func TestSame(t *testing.T) {
	for _, c := range []struct {
		given, right string
		want         bool
	}{
		// Numbers.
		{"1460", "1460", true}, {"1,460", "1460", true}, {"1 460", "1460", true}, {"1_460", "1460", true},
		{"1'460", "1460", true}, {"1,460 bytes", "1460", true},
		{"１，４６０", "1460", true}, {"1460 字节", "1460", true}, {"第1460", "1460", false}, {"+5", "5", true},
		{"-5", "5", false}, {"007", "7", true}, {".5", "0.5", true}, {"5.", "5", true},
		{"1.10", "1.1", true}, {"2.5e3", "2500", true}, {"1e400", "1e401", false}, {"1e400", "1e400", true},
		{"nan", "nan", true},
		{"0x1a", "26", true}, {"0X1A", "26", true}, {"1a", "26", false}, {"1a", "0x1a", false}, {"0x", "0", false},
		{"0xffffffffffffffffff", "0xfffffffffffffffffe", false},
		{"packet 5", "5", true}, {"No. 5", "5", true}, {"#5", "5", true}, {"端口 80", "80", false},
		{"port 80", "80", true}, {"2 connections", "2", true}, {"5个", "5", true},
		// What is no number, or another one.
		{"80 00", "8000", false}, {"8000", "80 00", false}, {"5 0 0", "500", false}, {"1,46", "146", false},
		{"14,60", "1460", false}, {"1,4,6,0", "1460", false},
		{"200, 404", "200404", false}, {"200, 404", "200 404", false}, {"3, 4", "34", false}, {"3、4", "34", false},
		{"3,", "3", false}, {"1.460", "1460", false}, {"二", "2", false},
		// Sequence numbers and times since 1970 are exact.
		{"4294967295", "4294967294", false}, {"3123456789", "3123456790", false}, {"-1", "4294967295", false},
		{"9007199254740993", "9007199254740992", false},
		{"1700000000.123456", "1700000000.123457", false}, {"1700000000.123456000", "1700000000.123456", true},
		{"1e-400", "0", false},
		// Units of time.
		{"10 ms", "0.01", true}, {"10毫秒", "0.010", true}, {"12.3 ms", "0.0123", true}, {"5 µs", "0.000005", true},
		{"5 μs", "0.000005", true}, {"5 us", "0.000005", true},
		{"5 s", "5", true}, {"5 ms", "5", false}, {"5", "0.005", false}, {"5000", "5", false},
		// Words.
		{"GET", "get", true}, {"“GET”", "GET", true}, {"`GET`", "GET", true}, {"**GET**", "GET", true},
		{"_GET_", "GET", true}, {"GET。", "GET", true}, {"ＧＥＴ", "GET", true},
		{"200 OK", "200  ok", true}, {"text/html; charset=utf-8", "text/html;charset=utf-8", true},
		{"text/html", "texthtml", false}, {`W/"5f-1"`, `w/"5f-1"`, true}, {`"5f-1"`, "5f-1", true},
		{"*/*", "*/*", true}, {"/", "*/*", false}, {"*/*", "/", false}, {"_", "", false}, {"**", "*", false},
		{"_sid", "sid", false},
		{"\u202a127.0.0.1\u202c", "127.0.0.1", true}, {"127.0.0.1\u200b", "127.0.0.1", true},
		{"127001", "127.0.0.1", false}, {"127.0.0.01", "127.0.0.1", false}, {"1.1", "11", false},
		// Dates and other values with commas.
		{"Mon, 23 Nov 2026 01:32:06 GMT", "Mon, 23 Nov 2026 01:32:06 GMT", true},
		{"Mon，23 Nov 2026 01:32:06 GMT", "Mon, 23 Nov 2026 01:32:06 GMT", true},
		{"Mon, 23 Nov 2026 01:32:16 GMT", "Mon, 23 Nov 2026 01:32:06 GMT", false},
		{"23 Nov 2026", "Mon, 23 Nov 2026 01:32:06 GMT", false},
		{"gzip,deflate", "gzip, deflate", true}, {"gzip deflate", "gzip, deflate", false},
		{"bytes 0-99/1000", "bytes 0-99/100", false}, {"max-age=0", "max-age=00", false},
		{"HTTP/1.1", "HTTP/1.10", false}, {"1.10", "HTTP/1.1", false},
	} {
		if got := same(c.given, c.right, 0); got != c.want {
			t.Errorf("%q for %q: %v", c.given, c.right, got)
		}
	}
}

// TestWithin: a tolerance is met exactly.
func TestWithin(t *testing.T) {
	for _, c := range []struct {
		given, right string
		within       float64
		want         bool
	}{
		{"0.3", "0.2", 0.1, true}, {"0.1", "0.2", 0.1, true}, {"0.300001", "0.2", 0.1, false},
		{"205 ms", "0.2", 0.005, true}, {"3", "4", 1, true}, {"2", "4", 1, false},
		{"1700000000.3", "1700000000.2", 0.1, true}, {"a", "b", 10, false}, {"4294967295", "4294967294", 0.5, false},
	} {
		if got := same(c.given, c.right, c.within); got != c.want {
			t.Errorf("%s for %s within %v: %v", c.given, c.right, c.within, got)
		}
	}
}

// TestYesNo reads the words of students. Neither is what says nothing, or both.
func TestYesNo(t *testing.T) {
	for want, all := range map[string][]string{
		"yes": {"yes", "Yes.", "YES!", "y", "Ｙｅｓ", "yes, it has one", "Yes—it has", "Yes, it has no body",
			"**yes**", `"yes"`, "true", "是", "是的。", "是！", "有", "有的", "对的", "会的", "可以", "可以的", "存在", "√", "1"},
		"no": {"no", "No.", "n", "No, it does not", "no (it is absent)", "none", "nope", "false", "否", "不", "不是",
			"没有", "没", "无", "不能", "不存在", "×", "0", "没有，因为缓存是空的"},
		"neither": {"", " ", "?", "maybe", "not sure", "yes or no", "yes/no", "no; yes", "yes-no", "yes, but no",
			"是/否", "是或否", "是否", "有没有", "不一定", "无法确定", "yesno", "noyes", "eyes", "know", "42"},
	} {
		for _, s := range all {
			yes, ok := yesNo(s)
			got := "neither"
			if ok {
				got = map[bool]string{true: "yes", false: "no"}[yes]
			}
			if got != want {
				t.Errorf("%q is %s, want %s", s, got, want)
			}
		}
	}
}

// TestNumberLaws: a number is itself in every spelling, and no other.
func TestNumberLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := rapid.Uint64().Draw(t, "a"), rapid.Uint64().Draw(t, "b")
		if rapid.Bool().Draw(t, "near") {
			b = a + rapid.SampledFrom([]uint64{1, 2, 10, 1 << 32}).Draw(t, "by")
		}
		text := fmt.Sprint(a)
		if a != b && same(text, fmt.Sprint(b), 0) {
			t.Fatalf("%d is taken for %d", a, b)
		}
		for _, spelling := range []string{grouped(text, ","), grouped(text, "_"), grouped(text, " "), wide(text),
			" " + text + " bytes", text + "。", "`" + text + "`", "0x" + strconv.FormatUint(a, 16), text + ".0",
			text + "000 ms"} {
			if !same(spelling, text, 0) {
				t.Fatalf("%q is not taken for %s", spelling, text)
			}
			if a != b && same(spelling, fmt.Sprint(b), 0) {
				t.Fatalf("%q is taken for %d", spelling, b)
			}
		}
		if spaced := text[:1] + " " + text[1:]; len(text) != 4 && len(text) > 1 && same(spaced, text, 0) {
			t.Fatalf("%q is taken for %s", spaced, text)
		}
	})
}

// grouped parts the thousands of a number.
func grouped(digits, by string) string {
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + by + digits[i:]
	}
	return digits
}

// wide are digits as Chinese input writes them.
func wide(digits string) string {
	return strings.Map(func(r rune) rune { return r - '0' + '０' }, digits)
}

// TestSameLaws: every answer is the same as itself, with quotes and spaces around
// it or without, and which of two answers is given does not matter.
func TestSameLaws(t *testing.T) {
	word := rapid.OneOf(rapid.String(), rapid.StringMatching(`[ -~]{0,12}`),
		rapid.StringMatching(`[0-9 ,._'x]{0,6}(ms|s|bytes)?`))
	rapid.Check(t, func(t *rapid.T) {
		a, b := word.Draw(t, "a"), word.Draw(t, "b")
		if !same(a, a, 0) || !same(a, a, 1) || !same(" "+a+"\n", a, 0) {
			t.Fatalf("%q is not itself", a)
		}
		if same(a, b, 0) != same(b, a, 0) {
			t.Fatalf("%q and %q are the same in one order only", a, b)
		}
		if p := plain(a); p != strings.TrimSpace(p) || strings.Contains(p, "  ") {
			t.Fatalf("%q is plain as %q", a, p)
		}
	})
}
