package main

import (
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"
)

// TestFileNames: what becomes of the names of submissions.
func TestFileNames(t *testing.T) {
	f := &classFiles{used: map[string]bool{}}
	for _, c := range [][2]string{
		{"alice", "alice"}, {"Alice", "Alice-2"}, {"ALICE", "ALICE-3"}, {"alice-2", "alice-2-2"},
		{"a@b.org", "a@b.org"}, {"名字", "名字"},
		{"é", "é"}, {"e\u0301", "é-2"}, {"한", "한"}, {"\u1112\u1161\u11ab", "한-2"}, // as macOS writes them
		{"../../etc/passwd", "_.._etc_passwd"}, {`..\..\x`, "_.._x"}, {"/", "_"}, {"..", "submission"},
		{"", "submission-2"}, {"a. . ", "a"}, {"a\nb", "a_b"}, {"\x1b[2J", "__2J"}, {"\u202ea", "_a"},
		{"a\x00b", "a_b-2"},
		{"CON", "_CON"}, {"nul.txt", "_nul.txt"}, {"COM1", "_COM1"}, {"console", "console"}, {"-rf", "-rf"},
		{"<script>", "_script_"}, {"=cmd()", "_cmd__"}, {"\xff", "_-2"},
		{strings.Repeat("x", 300), strings.Repeat("x", 100)},
		{strings.Repeat("x", 301), strings.Repeat("x", 100) + "-2"},
	} {
		if got := f.fileName(c[0]); got != c[1] {
			t.Errorf("%q is %q, want %q", c[0], got, c[1])
		}
	}
}

// TestFileNameLaws: no name leads out of the folder, none is that of another.
func TestFileNameLaws(t *testing.T) {
	name := rapid.OneOf(rapid.String(), rapid.StringMatching(`[aA.\\/ -]{0,4}`),
		rapid.StringMatching(`(CON|con|nul)(\.[a-c])?`))
	rapid.Check(t, func(t *rapid.T) {
		f := &classFiles{used: map[string]bool{}}
		seen := map[string]string{}
		for _, n := range rapid.SliceOfN(name, 1, 12).Draw(t, "names") {
			got := f.fileName(n)
			if got == "" || strings.ContainsAny(got, "/\\:\x00\n\x1b") || strings.HasPrefix(got, ".") ||
				strings.HasSuffix(got, ".") || strings.HasSuffix(got, " ") || len(got) > 110 ||
				device.MatchString(got) {
				t.Fatalf("%q is %q", n, got)
			}
			key := strings.ToLower(norm.NFC.String(got))
			if before, taken := seen[key]; taken {
				t.Fatalf("%q and %q are both %q", before, n, got)
			}
			seen[key] = n
		}
	})
}
