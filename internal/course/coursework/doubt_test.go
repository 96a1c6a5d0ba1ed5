package coursework

import (
	"testing"

	"httpscope/internal/course/sheet"
)

// TestHedgedAnswers have no full points: what takes the value back, says another beside it, or says it of something
// else.
func TestHedgedAnswers(t *testing.T) {
	form, modified := evidence(t, "flask-form.pcap"), evidence(t, "conditional-304.pcap")
	auth, images := evidence(t, "basic-auth.pcap"), evidence(t, "browser-images.pcap")
	for _, c := range []struct {
		e              *Evidence
		assignment, id string
		answers        []string
	}{
		{form, "cs305-4.3", "3-6", []string{"26 is wrong", "26 is not the answer", "26不对", "26? no",
			"anything other than 26",
			"I doubt it is 26 bytes", "未必是26", "≠26", "!=26", "26 kB", "26 MB", "26 bits", "26 thousand",
			"26万", "26%", "26x",
			"less than 26 bytes", "more than 26", "at least 26", "about 26", "nearly 26", "超过26字节",
			"大约26", "<26", ">26", "≥26",
			"≈26", "~26", "26+", "26 (maybe 27)", "26 or twenty-seven", "27 (26)", "Packet 26", "double 26"}},
		{form, "cs305-4.3", "3-5", []string{"application/x-www-form-urlencoded is wrong",
			"text/html (application/x-www-form-urlencoded)"}},
		{form, "cs305-4.3", "3-1", []string{"lo is wrong", "anything but loopback", "Loopback: no",
			"I doubt loopback"}},
		{form, "cs305-4.3", "3-4", []string{"requests is wrong", "requests? no", "anything but requests",
			"A. responses", "a) responses", "a because they are responses"}},
		{auth, "kurose-http-5", "18", []string{"401 is wrong", "anything but 401", "401 (or 200)", "frame 401",
			"port 401",
			"401 packets", "401 bytes", "The length is 401", "200 (401)"}},
		{modified, "kurose-http-2", "11", []string{"304 Not Modified and the server returned the contents",
			"304 Not Modified, contents returned", "304 Not Modified and I do not know", "304 or 200, no",
			"304 Not Modified"}},
		{modified, "kurose-http-1", "5", []string{"Wed, 06 Mar 2024 02:03:31 EST", "Wed, 06 Mar 2024 02:03:31 PM",
			"before Wed, 06 Mar 2024 02:03:31 GMT", "Wed, 06 Mar 2024 02:03:31 GMT+8"}},
		{modified, "kurose-http-2", "8", []string{"It is not missing", "not absent", "no doubt it is there",
			"no idea", "没有不包含"}},
		{images, "kurose-http-4", "16", []string{"14 or 15, 127.0.0.1", "14 15 127.0.0.1", "10.0.0.1 14 127.0.0.1",
			"14, 10.0.0.9 or 127.0.0.1", "14 is wrong, 127.0.0.1 too"}},
	} {
		for _, text := range c.answers {
			m := answered(t, c.e, c.assignment, c.id, sheet.Answer{Text: text})
			if m.Verdict == Right {
				t.Errorf("%s %s: %q is taken for right", c.assignment, c.id, text)
			}
		}
	}
}

// TestReasonedAnswers are right whatever else their reasons deny.
func TestReasonedAnswers(t *testing.T) {
	modified := evidence(t, "conditional-304.pcap")
	for _, text := range []string{"It did, since the status isn't 304", "Yes, because the status is not 304",
		"the content was returned, without errors"} {
		m := answered(t, modified, "kurose-http-2", "9", sheet.Answer{Text: text})
		if m.Verdict == Wrong {
			t.Errorf("%q is wrong: %v", text, m.Feedback)
		}
	}
}
