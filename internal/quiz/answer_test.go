package quiz_test

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"httpscope/internal/quiz"
)

// questionOf is some question of the demo about a kind of thing.
func questionOf(t testing.TB, about string) *quiz.Question {
	t.Helper()
	for _, s := range allSamples(t) {
		for _, q := range quizzes(t)[s.name] {
			if q.About == about {
				return &q
			}
		}
	}
	t.Fatalf("no question about %s", about)
	return nil
}

// fullWidth writes ASCII as Chinese input methods do.
func fullWidth(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == ' ':
			return '\u3000'
		case '!' <= r && r <= '~':
			return r - '!' + '！'
		}
		return r
	}, s)
}

func TestNumbersAsPeopleTypeThem(t *testing.T) {
	q := questionOf(t, "response-begins")
	n := q.Answer
	for _, typed := range []string{n, " " + n + " ", n + ".", n + "。", fullWidth(n), "packet " + n, "Packet #" + n,
		"frame " + n, "#" + n, "第" + n + "包", "= " + n, "+" + n, n + ".0", "0x" + hexOf(n)} {
		if o, _ := q.Judge(typed); o != quiz.Right {
			t.Errorf("%q is %s, and the answer is %s", typed, o, n)
		}
	}
	for typed, want := range map[string]quiz.Outcome{"": quiz.Skipped, "  \t": quiz.Skipped, "　": quiz.Skipped,
		"-" + n: quiz.Wrong, n + "0": quiz.Wrong, "1e3": quiz.Unclear, "NaN": quiz.Unclear, "inf": quiz.Unclear,
		"the packet behind": quiz.Unclear, n + " " + n: quiz.Unclear, "0x": quiz.Unclear, "b x b": quiz.Unclear,
		"1,5": quiz.Unclear, strings.Repeat("9", 10000): quiz.Unclear} {
		if o, _ := q.Judge(typed); o != want {
			t.Errorf("%.40q is %s, want %s", typed, o, want)
		}
	}
}

func hexOf(decimal string) string {
	var n int
	fmt.Sscan(decimal, &n)
	return fmt.Sprintf("%x", n)
}

// TestNumbersWithSeparators is a law: however the digits of the right number
// are grouped, it is right.
func TestNumbersWithSeparators(t *testing.T) {
	var large []*quiz.Question
	for _, s := range allSamples(t) {
		for _, q := range quizzes(t)[s.name] {
			if q.Kind == quiz.Number && len(q.Answer) > 3 && !strings.Contains(q.Answer, ".") &&
				q.About != "chunk-line" {
				large = append(large, &q)
			}
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		q := rapid.SampledFrom(large).Draw(t, "question")
		separator := rapid.SampledFrom([]string{",", " ", "'", "_", "，", "\u00a0", "\u202f", "’", "\u3000"}).Draw(t,
			"separator")
		typed := ""
		for i, c := range q.Answer {
			if i > 0 && (len(q.Answer)-i)%3 == 0 {
				typed += separator
			}
			typed += string(c)
		}
		typed += rapid.SampledFrom([]string{"", " ", " bytes", "字节", " B", "。"}).Draw(t, "unit")
		if rapid.Bool().Draw(t, "full width") {
			typed = fullWidth(typed)
		}
		if o, _ := q.Judge(typed); o != quiz.Right {
			t.Fatalf("%q is %s, and the answer is %s", typed, o, q.Answer)
		}
	})
}

// TestAnyTextIsJudged is a law: whatever is typed, judging ends, and only what
// says the same as the answer is right.
func TestAnyTextIsJudged(t *testing.T) {
	var all []*quiz.Question
	for _, q := range quizzes(t)["demo.pcapng"] {
		all = append(all, &q)
	}
	pieces := []string{"b", "bytes", "x", "0x", "1", "1,000", " ", "#", "packet", "A", ")", "选", "（", "。", "yes", "对",
		"\x1b[31m", "\xff", "-", ".", "\u202e", "是", "9999999999999999999999"}
	rapid.Check(t, func(t *rapid.T) {
		q := rapid.SampledFrom(all).Draw(t, "question")
		typed := strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces), 0, 6).Draw(t, "pieces"), "") +
			rapid.StringN(0, 8, -1).Draw(t, "text")
		o, remark := q.Judge(typed)
		if o == quiz.Unclear && !strings.Contains(remark, "Type ") {
			t.Fatalf("%q is unclear, and nothing says how to answer: %q", typed, remark)
		}
		if again, _ := q.Judge(fullWidth(typed)); o == quiz.Right && again != quiz.Right {
			t.Fatalf("%q is right, and %s in full width", typed, again)
		}
	})
}

func TestYesAndNo(t *testing.T) {
	q := questionOf(t, "same-connection")
	yes, no := quiz.Right, quiz.Wrong
	if q.Answer == "no" {
		yes, no = no, yes
	}
	for _, typed := range []string{"y", "Y", "yes", "YES!", "ｙｅｓ", "是", "是的。", "对", "会", "true", "正确"} {
		if o, _ := q.Judge(typed); o != yes {
			t.Errorf("%q is %s, want %s", typed, o, yes)
		}
	}
	for _, typed := range []string{"n", "No.", "Ｎ", "否", "不是", "错", "错。", "没有", "false"} {
		if o, _ := q.Judge(typed); o != no {
			t.Errorf("%q is %s, want %s", typed, o, no)
		}
	}
	if o, remark := q.Judge("perhaps"); o != quiz.Unclear || !strings.Contains(remark, "yes or no") {
		t.Errorf("%s, %q", o, remark)
	}
}

func TestChoicesByLetterNumberAndText(t *testing.T) {
	q := questionOf(t, "method-semantics")
	for i, c := range q.Choices {
		want := quiz.Wrong
		if c.Right {
			want = quiz.Right
		}
		letter := quiz.Letter(i)
		for _, typed := range []string{letter, strings.ToLower(letter), letter + ")", "(" + letter + ")",
			letter + ".", "选" + letter, "答案：" + letter, fullWidth(letter), letter + "、", fmt.Sprint(i + 1),
			fullWidth(fmt.Sprint(i + 1)), c.Text, fullWidth(c.Text), strings.ToUpper(c.Text) + "。"} {
			if o, _ := q.Judge(typed); o != want {
				t.Errorf("%q is %s, want %s", typed, o, want)
			}
		}
	}
	for _, typed := range []string{"E", "z", "0", "5", "AB", "it depends"} {
		if o, _ := q.Judge(typed); o != quiz.Unclear {
			t.Errorf("%q is %s", typed, o)
		}
	}
}

func TestHexadecimal(t *testing.T) {
	line := questionOf(t, "chunk-line")
	for _, typed := range []string{line.Answer, strings.ToUpper(line.Answer), "0x" + line.Answer,
		line.Answer + `\r\n`, line.Answer + "h", fullWidth(line.Answer)} {
		if o, _ := line.Judge(typed); o != quiz.Right {
			t.Errorf("the line %q is %s, want %s", typed, o, line.Answer)
		}
	}
	size := questionOf(t, "chunk-size")
	if o, _ := size.Judge("0x" + hexOf(size.Answer)); o != quiz.Unclear {
		t.Errorf("a size that only repeats the line is %s", o)
	}
}
