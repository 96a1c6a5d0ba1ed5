package coursework

import (
	"testing"

	"httpscope/internal/course/sheet"
)

// TestAllPackets marks the numbers of all responses, in any order and in words.
func TestAllPackets(t *testing.T) {
	e := evidence(t, "browser-images.pcap")
	const asked = "kind: packet, filter: http.request, which: all"
	key := oneQuestion(t, asked).Key(e).Answers[0].List
	if len(key) < 3 {
		t.Fatalf("the key is %q", key)
	}
	all := join(key)
	turned := sheet.Answer{List: []string{key[2], key[0], key[1]}}
	turned.List = append(turned.List, key[3:]...)
	for _, c := range []struct {
		answer  sheet.Answer
		verdict Verdict
	}{
		{sheet.Answer{List: key}, Right}, {sheet.Answer{Text: all}, Right}, {turned, Right},
		{sheet.Answer{Text: "Frames " + all + "."}, Right}, {sheet.Answer{Text: "第 " + all + " 号分组"}, Right},
		{sheet.Answer{Text: key[0]}, Partly}, {sheet.Answer{Text: all + ", 9999"}, Partly},
		{sheet.Answer{Text: "9999"}, Wrong}, {sheet.Answer{Text: "all of them"}, Unread},
	} {
		if m := given(t, e, asked, c.answer); m.Verdict != c.verdict {
			t.Errorf("%+v is %s, want %s; %v %+v", c.answer, m.Verdict, c.verdict, m.Feedback, m.Cells)
		}
	}
}

// TestKeyOfPartsWithLists has the lists in it, and is right.
func TestKeyOfPartsWithLists(t *testing.T) {
	e := evidence(t, "browser-images.pcap")
	a := oneQuestion(t, "kind: parts, parts: [{id: a, prompt: A, kind: packet, filter: http.request, which: all}, "+
		"{id: b, prompt: B, kind: value, filter: http.response, field: http.response.code, which: all}]")
	key := a.Key(e)
	if len(key.Answers) != 1 || key.Answers[0].List[0] == "" || key.Answers[0].List[1] == "" {
		t.Fatalf("%+v", key.Answers)
	}
	if m := a.Mark(e, key, "en").Questions[0]; m.Verdict != Right {
		t.Errorf("%s: %+v", m.Verdict, m.Cells)
	}
}
