package coursework

import (
	"fmt"
	"strings"
	"testing"

	"httpscope/internal/course/sheet"
)

// carriers are the sentences that students put a number into: %s is the number.
var carriers = []string{
	"%s", "%s.", "**%s**", "Answer: %s", "%s (one per request)", "%s (10, 11, 13, 14)", "%s [see the screenshot]",
	"There are %s of them", "I found %s in my capture", "My browser sent %s of them, in two batches.",
	"It is %s because each image needs its own.", "The total is %s", "total = %s", "It sent %s HTTP messages in all",
	"The browser sent %s; see packet 17", "In packet 10 we see that there are %s", "Content-Length: %s",
	"Practice 3: %s", "%s, HTTP/1.1", "%s, sent to 128.119.245.12:80",
	"一共%s个", "返回了 %s 字节", "答案是%s", "我的浏览器一共发送了 %s 个请求（包括图片）", "有%s条",
	"总共 %s 次，见第 12 号分组", "答：%s", "数量为%s。", "请求数：%s",
	"Es sind %s", "Il y en a %s", "Son %s en total", "Всего %s",
}

// TestNumberInSentence reads the only number that a sentence means, whatever stands around it.
func TestNumberInSentence(t *testing.T) {
	for _, carrier := range carriers {
		for _, n := range []string{"4", "73", "1,460", "128"} {
			text := fmt.Sprintf(carrier, n)
			k := &marking{q: &Question{Kind: KindCount}, a: &sheet.Answer{Text: text}}
			got, ok := k.number(numbersOfThings)
			if !ok || !same(got, n, 0) {
				t.Errorf("%q is read as %q (%v), want %s; candidates %v", text, got, ok, n,
					numbersIn(plain(text), numbersOfThings))
			}
		}
	}
}

// TestSeveralNumbers are no answer: nobody knows which one is meant.
func TestSeveralNumbers(t *testing.T) {
	for _, text := range []string{"4 or 5", "between 4 and 6", "3 and 4", "4个或者5个", "maybe 73, maybe 128", "HTTP/1.1",
		"192.168.1.102", "128.119.245.12:80", "2026-03-02", "many", "a lot of them", "(see above)", ""} {
		k := &marking{q: &Question{Kind: KindCount}, a: &sheet.Answer{Text: text}}
		if got, ok := k.number(numbersOfThings); ok {
			t.Errorf("%q is read as %q", text, got)
		}
	}
}

// TestPacketInSentence reads the number of a packet, also beside other numbers.
func TestPacketInSentence(t *testing.T) {
	for _, carrier := range []string{"%s", "Packet %s", "packet number %s", "It is frame %s", "No. %s", "#%s", "第%s号分组",
		"在第 %s 号分组里", "分组 %s", "Frame %s carries 73 bytes", "The 200 OK arrives in packet %s",
		"I see it in packet %s (192.168.1.102 to 128.119.245.12)", "%s (HTTP/1.1 200 OK)"} {
		text := fmt.Sprintf(carrier, "14")
		k := &marking{q: &Question{Kind: KindPacket}, a: &sheet.Answer{Text: text}}
		if got, ok := k.number(numbersOfPackets); !ok || !same(got, "14", 0) {
			t.Errorf("%q is read as %q (%v); candidates %v", text, got, ok, numbersIn(plain(text), numbersOfPackets))
		}
	}
}

// TestUnread leaves the points open, and says what was expected.
func TestUnread(t *testing.T) {
	m := given(t, evidence(t, "web-hello.pcap"), "kind: count, filter: http.request",
		sheet.Answer{Text: "4 or 5"})
	if m.Verdict != Unread || m.Open != m.Max || m.Max == 0 || m.Points != 0 || m.ReadAs != nil || m.Form != "a number" {
		t.Errorf("%+v", m)
	}
	var r Report
	r.add(m)
	r.add(Marked{Verdict: Right, Points: 3, Max: 3})
	if r.Open != m.Max || r.Score != 3 || r.Max != 3 {
		t.Errorf("score %v of %v, open %v", r.Score, r.Max, r.Open)
	}
	parts := given(t, evidence(t, "web-hello.pcap"),
		"kind: parts, parts: [{id: a, prompt: A, kind: count, filter: http.request}, {id: b, prompt: B, kind: yes-no, filter: http.request}]",
		sheet.Answer{List: []string{"2", "perhaps"}})
	if parts.Verdict != Unread || parts.Open != parts.Max/2 || parts.Points != parts.Max/2 || !strings.Contains(
		strings.Join(parts.Feedback, " "), "part") {
		t.Errorf("%+v", parts)
	}
}

// TestLongAnswers are not read, and cost no more than their length.
func TestLongAnswers(t *testing.T) {
	for _, part := range []string{"1 ", "packet 1, ", "not 1 ", "1.1.1.1 ", "(1", "http/1.1 "} {
		for _, n := range []int{100, 10_000, 400_000 / len(part)} {
			text := strings.Repeat(part, n)
			for _, role := range []numberRole{numbersOfThings, numbersOfPackets} {
				numbersIn(plain(text), role)
			}
			for _, of := range []*valueType{portType, statusType, versionType, addressType, mediaType, dateType, methodType} {
				of.find(plain(text))
			}
		}
	}
}
