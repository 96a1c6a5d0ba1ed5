package gradebook

import (
	"bytes"
	"testing"

	"pgregory.net/rapid"
)

func TestCell(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"text", "Ada Anders", "Ada Anders"},
		{"a formula", "=1+1", "'=1+1"},
		{"a call", "@SUM(A1)", "'@SUM(A1)"},
		{"a full-width formula", "＝1", "'＝1"},
		{"a formula after a space", " =1", "' =1"},
		{"a formula on the second line is text", "a\n=1", "a\n=1"},
		{"a formula after an empty line", "\n=1", "'\n=1"},
		{"a tab is made visible, so that nothing begins with it", "\t=1", `\t=1`},
		{"a negative number", "-2.5", "-2.5"},
		{"a number with a sign", "+5", "+5"},
		{"a sum", "-2+3", "'-2+3"},
		{"a phone number", "+49 30 1", "'+49 30 1"},
		{"an escape", "\x1b[1m", `\x1b[1m`},
		{"line ends of Windows", "a\r\nb", "a\nb"},
	} {
		if got := cell(c.in); got != c.want {
			t.Errorf("%s: cell(%q) = %q, want %q", c.name, c.in, got, c.want)
		}
	}
}

func TestQuote(t *testing.T) {
	for in, want := range map[string]string{
		"plain": "plain", "a,b": `"a,b"`, "a;b": `"a;b"`, `a"b`: `"a""b"`, "a\nb": "\"a\nb\"", " a": `" a"`,
		`a\`: `"a\ "`, `a\"b`: `"a\ ""b"`, `a\b`: `"a\b"`, "": "",
	} {
		if got := quote(in); got != want {
			t.Errorf("quote(%q) = %s, want %s", in, got, want)
		}
	}
}

// TestCellsStayCells: whatever students write, a row has as many cells as were written,
// for PHP with and without its escape, and no spreadsheet finds a formula.
func TestCellsStayCells(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		cells := rapid.SliceOfN(hostile(), 2, 5).Draw(t, "cells")
		var b bytes.Buffer
		c := csvWriter{w: &b}
		c.row(mapped(cells, cell)...)
		for _, escape := range []bool{true, false} {
			if rows := fgetcsv(b.String(), escape); len(rows) != 1 || len(rows[0]) != len(cells) {
				t.Fatalf("%q became %q", cells, rows)
			}
		}
		if err := harmless(b.String(), ','); err != nil {
			t.Fatal(err)
		}
	})
}
