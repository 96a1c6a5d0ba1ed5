package texts_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"testing"

	"httpscope/internal/texts"
)

// TestPhrasesInPhrases: what is inside a phrase is said in the language of the whole.
func TestPhrasesInPhrases(t *testing.T) {
	seven := texts.Say("count.byte", 7)
	for _, c := range []struct {
		said   texts.Phrase
		en, zh string
	}{
		{texts.Say("count.byte", 1), "1 byte", "1 字节"},
		{texts.Say("count.byte", int64(0)), "0 bytes", "0 字节"},
		{texts.Say("count.byte", uint32(10_000_001)), "10000001 bytes", "10000001 字节"},
		{texts.Say("coursework.points", 1.0), "1 point", "1 分"},
		{texts.Say("coursework.points", 1.5), "1.5 points", "1.5 分"},
		{texts.Say("coursework.points", "1"), "1 point", "1 分"},
		{texts.Say("why.proof", seven), "Proof: 7 bytes.", "依据：7 字节。"},
		{texts.Say("why.sentence", texts.List{Word: "and", Items: []any{"a", seven, texts.Ordinal(3)}}),
			"a, 7 bytes and 3rd.", "a、7 字节和第 3。"},
		{texts.Say("why.sentence", texts.ListOf("or", []string{"a"})), "a.", "a。"},
		{texts.Say("why.sentence", texts.ListOf("", []string{"a", "b"})), "a, b.", "a、b。"},
		{texts.Say("why.sentence", texts.List{}), ".", "。"},
		{texts.Say("why.sentence", texts.Errorf("why.proof", io.EOF)), "Proof: EOF..", "依据：EOF。。"},
		{texts.Say("no.such-key"), "", ""},
	} {
		if got := texts.In(texts.English).Of(c.said); got != c.en || c.said.String() != c.en {
			t.Errorf("%v: %q, want %q", c.said.Key, got, c.en)
		}
		if got := texts.In(texts.Chinese).Of(c.said); got != c.zh {
			t.Errorf("%v: %q, want %q", c.said.Key, got, c.zh)
		}
	}
}

func TestOrdinals(t *testing.T) {
	for n, want := range map[texts.Ordinal]string{1: "1st", 2: "2nd", 3: "3rd", 4: "4th", 11: "11th", 12: "12th",
		13: "13th", 21: "21st", 102: "102nd", 111: "111th"} {
		if n.String() != want {
			t.Errorf("%d: %s, want %s", int(n), n, want)
		}
	}
}

// TestErrors: an error wraps its cause, is English as such, and another error stays as it is.
func TestErrors(t *testing.T) {
	err := texts.Errorf("why.proof", fmt.Errorf("pipe: %w", io.EOF))
	if !errors.Is(err, io.EOF) || err.Error() != "Proof: pipe: EOF." {
		t.Errorf("%v", err)
	}
	zh := texts.In(texts.Chinese)
	if got := zh.Error(err); got != "依据：pipe: EOF。" {
		t.Error(got)
	}
	if got := zh.Error(io.EOF); got != "EOF" {
		t.Error(got)
	}
	if got := zh.Error(placed{3}); got != "3 字节" {
		t.Error(got)
	}
}

// placed is an error of another package that can be said.
type placed struct{ n int }

func (p placed) Said() texts.Phrase { return texts.Say("count.byte", p.n) }
func (p placed) Error() string      { return p.Said().String() }

// TestPhraseInJSON is English, as JSON's details are.
func TestPhraseInJSON(t *testing.T) {
	if b, err := json.Marshal(texts.Say("count.byte", 2)); err != nil || string(b) != `"2 bytes"` {
		t.Errorf("%s, %v", b, err)
	}
}
