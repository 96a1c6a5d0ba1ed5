package sheet

import "testing"

// TestLabels finds answers after the names of their questions, and leaves alone what only looks like one.
func TestLabels(t *testing.T) {
	for text, want := range map[string][2]string{
		"3-1: lo":                              {"3-1", "lo"},
		"3-1. lo":                              {"3-1", "lo"},
		"(3-1) lo":                             {"3-1", "lo"},
		"（3-1）lo":                              {"3-1", "lo"},
		"**3-1:** lo":                          {"3-1", "lo"},
		"- 3-1) lo":                            {"3-1", "lo"},
		"3–1: lo":                              {"3-1", "lo"},
		"3-1：回环":                               {"3-1", "回环"},
		"Q3: lo":                               {"3", "lo"},
		"Question 3. lo":                       {"3", "lo"},
		"3-1:\nlo":                             {"3-1", "lo"},
		"## 3–1 (1 point)\nAnswer: lo":         {"3-1", "lo"},
		"## 3-1\nAnswer: */*":                  {"3-1", "*/*"},
		"## 3-1\n**Answer:** */*":              {"3-1", "*/*"},
		"## 3-1\n* Answer: */*":                {"3-1", "*/*"},
		"## 3-1\n**Answer: lo**":               {"3-1", "lo"},
		"## 3-1\n**Answer**: lo":               {"3-1", "lo"},
		"## 2-3\nAnswer: ***.***.***.***:8000": {"2-3", "***.***.***.***:8000"},
		"## 3-1\nAnswer:\n5.1: a version":      {"3-1", "5.1: a version"},
		"## 3-1\nAnswer:\n1. one\n2. two":      {"3-1", "1. one\n2. two"},
		"## 3-1\nAnswer: 2026-11-29":           {"3-1", "2026-11-29"},
		"## 3-1\nAnswer:\n2026-11-29 12:00":    {"3-1", "2026-11-29 12:00"},
	} {
		s, err := Parse("a.md", []byte(text))
		if err != nil || len(s.Answers) != 1 || s.Answers[0].ID != want[0] || s.Answers[0].Text != want[1] {
			t.Errorf("%q is read as %+v (%v), want %q", text, s, err, want)
		}
	}
}

// TestLabelledSheet is a whole sheet without a heading, as students paste it from a message.
func TestLabelledSheet(t *testing.T) {
	s, err := Parse("a.txt",
		[]byte("Student: 12345\n\n3-1: lo\n3-2: wlan0\nbecause the packets come from outside\n3-6. 26\n"))
	if err != nil || len(s.Answers) != 3 || s.Student != "12345" {
		t.Fatalf("%+v, %v", s, err)
	}
	if got := s.Answers[1].Text; got != "wlan0\nbecause the packets come from outside" {
		t.Errorf("%q", got)
	}
}
