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
	"一共%s个", "返回了 %s 字节", "答案是%s",
	"我的浏览器一共发送了 %s 个请求（包括图片）", "有%s条",
	"总共 %s 次，见第 12 号分组", "答：%s", "数量为%s。", "请求数：%s",
	"Es sind %s", "Il y en a %s", "Son %s en total", "Всего %s",
}

// TestNumberInSentence reads the only number that a sentence means, whatever stands around it.
func TestNumberInSentence(t *testing.T) {
	for _, carrier := range carriers {
		for _, n := range []string{"4", "73", "1,460", "128"} {
			text := fmt.Sprintf(carrier, n)
			k := &marking{q: &Question{kind: &countKind}, a: &sheet.Answer{Text: text}}
			got, ok := k.number()
			if !ok || !same(got, n, 0) {
				t.Errorf("%q is read as %q (%v), want %s; candidates %v", text, got, ok, n,
					numberType.find(plain(text)))
			}
		}
	}
}

// TestSeveralNumbers are no answer: nobody knows which one is meant.
func TestSeveralNumbers(t *testing.T) {
	for _, text := range []string{"4 or 5", "between 4 and 6", "3 and 4", "4个或者5个", "maybe 73, maybe 128",
		"HTTP/1.1",
		"192.168.1.102", "128.119.245.12:80", "2026-03-02", "many", "a lot of them", "(see above)", ""} {
		k := &marking{q: &Question{kind: &countKind}, a: &sheet.Answer{Text: text}}
		if got, ok := k.number(); ok {
			t.Errorf("%q is read as %q", text, got)
		}
	}
}

// TestPacketInSentence reads the number of a packet, also beside other numbers.
func TestPacketInSentence(t *testing.T) {
	for _, carrier := range []string{"%s", "Packet %s", "packet number %s", "It is frame %s", "No. %s", "#%s",
		"第%s号分组",
		"在第 %s 号分组里", "分组 %s", "Frame %s carries 73 bytes", "The 200 OK arrives in packet %s",
		"I see it in packet %s (192.168.1.102 to 128.119.245.12)", "%s (HTTP/1.1 200 OK)"} {
		text := fmt.Sprintf(carrier, "14")
		k := &marking{q: &Question{kind: &packetKind}, a: &sheet.Answer{Text: text}}
		if got, ok := k.number(); !ok || !same(got, "14", 0) {
			t.Errorf("%q is read as %q (%v); candidates %v", text, got, ok, frameType.find(plain(text)))
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

// TestLongAnswers are not read: they are looked at no further than a sentence is long.
func TestLongAnswers(t *testing.T) {
	types := []*valueType{numberType, frameType, portType, statusType, versionType, addressType, mediaType, dateType,
		methodType}
	for _, part := range []string{"1 ", "packet 1, ", "not 1 ", "1.1.1.1 ", "(1", "http/1.1 ", "so ", "because "} {
		for _, n := range []int{100, 400_000 / len(part)} {
			text := strings.Repeat(part, n)
			given := plain(text)
			for _, of := range types {
				if all := of.find(given); len(given) > maxSentence && all != nil {
					t.Errorf("%s: %d values in %d bytes of %q", of.form, len(all), len(text), part)
				}
			}
			if _, ok := saysYes(text); ok && (part == "so " || part == "because ") {
				t.Errorf("%d times %q is yes or no", n, part)
			}
		}
	}
}

// TestNumbersInWords are read up to 99, and no part of one.
func TestNumbersInWords(t *testing.T) {
	for text, want := range map[string]string{"twenty-six": "26", "It has twenty-six bytes": "26", "forty two": "42",
		"there were four of them": "4", "发送了十四个GET请求": "14", "共两个": "2", "forty": "40"} {
		k := &marking{q: &Question{kind: &countKind}, a: &sheet.Answer{Text: text}}
		if got, ok := k.number(); !ok || got != want {
			t.Errorf("%q is read as %q (%v), want %s", text, got, ok, want)
		}
	}
}

// TestUnitsOfTime count where nothing else is counted.
func TestUnitsOfTime(t *testing.T) {
	for text, want := range map[string]string{"用了 20 毫秒": "0.02", "it took 20 ms": "0.02",
		"0.5 s between packets 3 and 5": "0.5",
		"4 requests in 3.271 s":         "4"} {
		if got, ok := only(numberType.find(plain(text))); !ok || !same(got, want, 0) {
			t.Errorf("%q is read as %q (%v), want %s", text, got, ok, want)
		}
	}
	if got, ok := only(numberType.find(plain("over 26 bytes in 3 parts"))); ok {
		t.Errorf("a bound is read as %q", got)
	}
}

// TestTeachersWords are taken although they sound like a hedge.
func TestTeachersWords(t *testing.T) {
	e := evidence(t, "web-hello.pcap")
	const choice = "kind: choice, options: [{text: maybe, right: true}, {text: never}]"
	if m := given(t, e, choice, sheet.Answer{Text: "maybe"}); m.Verdict != Right {
		t.Errorf("an option is %s", m.Verdict)
	}
	const value = "kind: value, filter: http.request, field: http.request.method, accept: [GET or HEAD]"
	if m := given(t, e, value, sheet.Answer{Text: "GET or HEAD"}); m.Verdict != Right {
		t.Errorf("what is accepted is %s", m.Verdict)
	}
}
