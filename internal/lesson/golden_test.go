package lesson_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"httpscope/internal/doc"
	"httpscope/internal/lesson"
	"httpscope/internal/testkit"
	"httpscope/internal/texts"
)

// TestGoldenPages holds each kind of lesson on the samples that show what it is
// for, wrapped as they are printed.
func TestGoldenPages(t *testing.T) {
	for kind, names := range map[string]string{
		"price":    "persistent.pcap connection-close.pcap demo.pcapng browser-images.pcap refused.pcap",
		"chunks":   "slow-chunked.pcap slow-buffered.pcap chunk-trailers.pcap sse.pcap lost-segment.pcap refused.pcap",
		"jar":      "cookies-login.pcap cookies-scope.pcap cookie-secure.pcapng persistent.pcap",
		"hijack":   "cookie-hijack.pcap cookies-login.pcap",
		"ranges":   "range-single.pcap range-multi.pcap range-416.pcap range-pieces.pcap if-range.pcap range-wrong.pcap persistent.pcap",
		"readings": "cl-te.pcap dup-cl.pcap body-204.pcap bad-chunk.pcap bare-lf.pcap obs-fold.pcap excess-bytes.pcap pipelining-head.pcap no-slash-target.pcap chunked-http10.pcap http09.pcap persistent.pcap",
		"leak":     "https.pcapng https-tls12.pcapng mixed-content.pcapng cookie-secure.pcapng basic-auth.pcap flask-form.pcap query-string.pcap echo-telnet.pcap refused.pcap",
	} {
		k, ok := lesson.Lookup(kind)
		if !ok {
			t.Fatalf("no kind %s", kind)
		}
		for _, name := range strings.Fields(names) {
			t.Run(kind+"/"+name, func(t *testing.T) {
				golden(t, kind+"-"+strings.TrimSuffix(name, filepath.Ext(name)),
					text(texts.English, k, record(t, name)))
			})
		}
	}
}

// TestGoldenPagesInChinese holds a page or two of each kind in Chinese.
func TestGoldenPagesInChinese(t *testing.T) {
	for kind, names := range map[string]string{
		"price":    "demo.pcapng",
		"chunks":   "slow-chunked.pcap",
		"jar":      "cookies-scope.pcap",
		"hijack":   "cookie-hijack.pcap",
		"ranges":   "range-wrong.pcap",
		"readings": "cl-te.pcap pipelining-head.pcap",
		"leak":     "https-tls12.pcapng basic-auth.pcap",
	} {
		k, _ := lesson.Lookup(kind)
		for _, name := range strings.Fields(names) {
			t.Run(kind+"/"+name, func(t *testing.T) {
				golden(t, kind+"-"+strings.TrimSuffix(name, filepath.Ext(name))+"-zh",
					text(texts.Chinese, k, record(t, name)))
			})
		}
	}
}

// text is a lesson as it is printed.
func text(lang texts.Lang, k lesson.Kind, src lesson.Source) string {
	return doc.Text(doc.Wrap(k.Make(lang, src, lesson.Everything).Page(), lesson.Width))
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	testkit.Golden(t, filepath.Join("testdata", name+".golden"), got)
}

// TestEveryLessonOfEverySample: each can be made of each capture, whole and in
// parts, prints no control character, fits the width, and is JSON.
func TestEveryLessonOfEverySample(t *testing.T) {
	for _, name := range samples(t) {
		r := record(t, name)
		for _, k := range lesson.Kinds {
			scopes := []lesson.Scope{lesson.Everything, {Connection: 0}, {Connection: -1, Exchange: 1}}
			for _, scope := range scopes {
				checkLesson(t, name+" "+k.Name, k.Make(texts.English, r, scope))
				checkChinese(t, name+" "+k.Name, k.Make(texts.Chinese, r, scope))
			}
		}
	}
}

// checkLesson holds what is true of every lesson.
func checkLesson(t interface {
	Helper()
	Errorf(string, ...any)
}, name string, l lesson.Lesson) {
	t.Helper()
	if _, err := json.Marshal(l); err != nil {
		t.Errorf("%s: %v", name, err)
	}
	d := doc.Wrap(l.Page(), lesson.Width)
	if d.Len() == 0 {
		t.Errorf("%s: the page is empty", name)
	}
	for i := range d.Len() {
		line := d.Line(i)
		if strings.ContainsFunc(line.String(), control) {
			t.Errorf("%s: line %d holds a control character: %q", name, i+1, line.String())
		}
		if w := line.Width(); w > lesson.Width {
			t.Errorf("%s: line %d has %d columns: %q", name, i+1, w, line.String())
		}
	}
}

// englishWords are a sentence in English, or most of one.
var englishWords = regexp.MustCompile(`[a-z]{2,}( [a-z]{2,}){3,}`)

// checkChinese holds what is true of every lesson in Chinese: no sentence is in English, besides errors of net/http, which
// are its own.
func checkChinese(t *testing.T, name string, l lesson.Lesson) {
	t.Helper()
	checkLesson(t, name+" in Chinese", l)
	d := l.Page()
	for i := range d.Len() {
		if l := d.Line(i).String(); englishWords.MatchString(l) && !strings.Contains(l, "Go net/http") {
			t.Errorf("%s: English in %q", name, l)
		}
	}
}

// TestEveryCauseIsExplained: each oddity on which programs disagree has a title, a reason and a danger.
func TestEveryCauseIsExplained(t *testing.T) {
	for _, c := range lesson.Causes() {
		for _, part := range []string{"cause.", "cause-why.", "cause-danger."} {
			if key := "lesson." + part + c; !texts.In(texts.English).Has(key) {
				t.Errorf("no phrase %s", key)
			}
		}
	}
}

func control(r rune) bool {
	return r < 0x20 || r >= 0x7f && r < 0xa0 || r == '\u202e' || r == '\u200b' || r == '\ufffd'
}

// TestKindsAreDescribed: each has a name, a title and a sentence.
func TestKindsAreDescribed(t *testing.T) {
	seen := map[string]bool{}
	for _, k := range lesson.Kinds {
		if seen[k.Name] || k.Name != strings.ToLower(k.Name) || k.Title.String() == "" ||
			strings.HasSuffix(k.Title.String(), ".") || !strings.HasSuffix(k.About.String(), ".") || k.Make == nil {
			t.Errorf("%+v", k)
		}
		seen[k.Name] = true
	}
	doc, err := os.ReadFile("../../docs/lessons.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, k := range lesson.Kinds {
		if !strings.Contains(string(doc), "\n## `"+k.Name+"`: "+k.Title.String()+"\n") {
			t.Errorf("docs/lessons.md has no section about %s", k.Name)
		}
	}
}
