package pane

import (
	"context"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"httpscope/internal/course/coursework"
	"httpscope/internal/doc"
	"httpscope/internal/testkit"
	"httpscope/internal/texts"
	"httpscope/tui"
)

// answers begins an assignment beside a sample capture.
func answers(t *testing.T, assignment, capture, sheet string) tui.Assignment {
	t.Helper()
	a, err := NewAssignment(coursework.Builtin(assignment), sheet, texts.English,
		CaptureFile(texts.Catalogue{}, testkit.Sample(t, capture)))
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// number is the number by which the pane asks a question.
func number(t *testing.T, a tui.Assignment, id string) int {
	t.Helper()
	for n := range 20 {
		if label, _ := a.Ask(n); label == id+":" {
			return n
		}
	}
	t.Fatalf("nothing asks %s", id)
	return 0
}

func give(t *testing.T, a tui.Assignment, id, text string) {
	t.Helper()
	said, err := a.Answer(number(t, a, id), text)
	if err != nil || !strings.HasPrefix(said, "Saved to ") {
		t.Fatalf("%s: %q, %v", id, said, err)
	}
}

// TestAnsweringOnTheScreen answers questions, has them checked, and finds them
// again in the sheet.
func TestAnsweringOnTheScreen(t *testing.T) {
	path := filepath.Join(t.TempDir(), "lab.md")
	a := answers(t, "cs305-4.3", "flask-form.pcap", path)
	give(t, a, "3-1", "loopback")
	give(t, a, "3-3", `http.request.method == "GET"`)
	give(t, a, "3-7", "127.0.0.1, 50002, 127.0.0.1, 8000, 200; 127.0.0.1 50001 127.0.0.1 8000 200")
	said, err := a.Check(context.Background())
	if err != nil || said != "5 of 12 points." {
		t.Errorf("%q, %v", said, err)
	}
	shown := doc.Text(a.Page())
	for _, want := range []string{"3-1  1 p.  right, 1", "> loopback", "3-3  3 p.  wrong, 0",
		"The filter does not select all", "3-7  4 p.  right, 4", "3-2  1 p.  missing, 0"} {
		if !strings.Contains(shown, want) {
			t.Errorf("%q is not on the page:\n%s", want, shown)
		}
	}
	if strings.Contains(shown, "POST\"") {
		t.Errorf("the page tells the answer:\n%s", shown)
	}
	give(t, a, "3-3", `http.request.method == "POST"`)
	if shown = doc.Text(a.Page()); strings.Contains(shown, "3-3  3 p.  wrong") ||
		!strings.Contains(shown, "3-1  1 p.  right") {
		t.Errorf("the verdict of a changed answer stays, or that of another goes:\n%s", shown)
	}
	again := answers(t, "cs305-4.3", "flask-form.pcap", path)
	if said, err := again.Check(context.Background()); err != nil || said != "8 of 12 points." {
		t.Errorf("the sheet as it was saved: %q, %v", said, err)
	}
	if _, text := again.Ask(number(t, again,
		"3-7")); text != "127.0.0.1, 50002, 127.0.0.1, 8000, 200; 127.0.0.1, 50001, 127.0.0.1, 8000, 200" {
		t.Errorf("the table is offered as %q", text)
	}
}

// TestASheetOfTheStudentsOwn: what else stands in a sheet stays there.
func TestASheetOfTheStudentsOwn(t *testing.T) {
	path := filepath.Join(t.TempDir(), "lab.md")
	own := "# My notes\n\nStudent: alice\n\n## 3-1\n\nMy thoughts.\n\nAnswer: eth0\n\n## Something else\n\nAnswer: stays\n"
	if err := os.WriteFile(path, []byte(own), 0o600); err != nil {
		t.Fatal(err)
	}
	a := answers(t, "cs305-4.3", "flask-form.pcap", path)
	give(t, a, "3-1", "lo")
	give(t, a, "3-2", "WLAN") // has no place yet
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"# My notes\n", "Student: alice\n", "My thoughts.\n\nAnswer: lo\n",
		"Answer: stays\n", "## 3-2\n\nAnswer: WLAN\n"} {
		if !strings.Contains(string(b), want) {
			t.Errorf("%q is not in the sheet:\n%s", want, b)
		}
	}
	if entries, err := os.ReadDir(filepath.Dir(path)); err != nil || len(entries) != 1 {
		t.Errorf("files are left over: %v, %v", entries, err)
	}
}

// TestTwoHandsOnASheet: what the student writes into the sheet with an editor
// meanwhile is kept, and checked.
func TestTwoHandsOnASheet(t *testing.T) {
	path := filepath.Join(t.TempDir(), "lab.md")
	a := answers(t, "cs305-4.3", "flask-form.pcap", path)
	give(t, a, "3-1", "loopback")
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	edited := strings.Replace(string(b), "to capture the traffic?\n\nAnswer:",
		"to capture the traffic?\n\nAnswer: WLAN", 1)
	if err := os.WriteFile(path, []byte(edited), 0o644); err != nil || edited == string(b) {
		t.Fatal(err)
	}
	give(t, a, "3-4", "a")
	if said, err := a.Check(context.Background()); err != nil || said != "3 of 12 points." {
		t.Errorf("%q, %v", said, err)
	}
}

// TestAnsweringWithoutACapture says why nothing can be checked.
func TestAnsweringWithoutACapture(t *testing.T) {
	a, err := NewAssignment(coursework.Builtin("kurose-http-1"), filepath.Join(t.TempDir(), "x.md"), texts.Chinese, nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := a.Check(context.Background()); err == nil || !strings.Contains(err.Error(), "no packets") {
		t.Errorf("error %v", err)
	}
	if shown := doc.Text(a.Page()); !strings.Contains(shown, "浏览器和服务器分别使用哪个 HTTP 版本？") {
		t.Errorf("not in Chinese:\n%s", shown)
	}
}

// TestAnsweringInChinese: the pane and what it says are in the language of the program, the sheet's table stays as it is.
func TestAnsweringInChinese(t *testing.T) {
	path := filepath.Join(t.TempDir(), "lab.md")
	a, err := NewAssignment(coursework.Builtin("cs305-4.3"), path, texts.Chinese,
		CaptureFile(texts.In(texts.Chinese), testkit.Sample(t, "flask-form.pcap")))
	if err != nil {
		t.Fatal(err)
	}
	for id, text := range map[string]string{"3-6": "240", "3-7": "127.0.0.1 50002 127.0.0.1 8000 404"} {
		if said, err := a.Answer(number(t, a, id), text); err != nil || said != "已经保存到 "+path+"。" {
			t.Errorf("%q, %v", said, err)
		}
	}
	if said, err := a.Check(context.Background()); err != nil || said != "得 1.6 分，满分 12 分。" {
		t.Errorf("%q, %v", said, err)
	}
	shown := doc.Text(a.Page())
	for _, want := range []string{"c 批改，答案保存在 " + path, "上次批改得 1.6 分，满分 12 分。", "3-6  1 分  错误，得 0 分",
		"3-1  1 分  未答，得 0 分",
		"这是帧在链路上的长度", "源 IP、源端口、目的 IP、目的端口、状态码；各行之间用分号隔开", "第 1 行，状态码：404（错误）"} {
		if !strings.Contains(shown, want) {
			t.Errorf("%q is not on the page:\n%s", want, shown)
		}
	}
	if b, err := os.ReadFile(path); err != nil || !strings.Contains(string(b), "| source ip | source port |") {
		t.Errorf("the sheet: %s, %v", b, err)
	}
}

// TestQuizPane asks, takes answers and hints, and sums up.
func TestQuizPane(t *testing.T) {
	p := NewQuiz(texts.Catalogue{}, CaptureFile(texts.Catalogue{}, testkit.Sample(t, "demo.pcapng")))
	if label, _ := p.Ask(quizAnew); label != "" {
		t.Error("something is asked before there is a quiz")
	}
	say := func(n int, text string) {
		t.Helper()
		if _, err := p.Answer(n, text); err != nil {
			t.Fatal(err)
		}
	}
	say(quizAnew, "")
	if label, _ := p.Ask(quizAnswer); label != "Answer:" {
		t.Errorf("asked by %q", label)
	}
	say(quizHint, "")
	for p.session.Question() != nil {
		want := p.session.Question().Answer
		say(quizAnswer, want)
		if shown := doc.Text(p.Page()); !strings.Contains(shown, "Right.") {
			t.Fatalf("%q is not right:\n%s", want, shown)
		}
	}
	shown := doc.Text(p.Page())
	if !strings.Contains(shown, "10 of 10 answers right") || !strings.Contains(shown, "Another quiz") {
		t.Errorf("the end:\n%s", shown)
	}
	empty := NewQuiz(texts.Catalogue{}, func(io.Writer) (string, error) { return "", nil })
	if _, err := empty.Answer(quizAnew, ""); err == nil {
		t.Error("a quiz about nothing begins")
	}
}

// TestQuizPaneInChinese asks in Chinese, and says why it cannot.
func TestQuizPaneInChinese(t *testing.T) {
	zh := texts.In(texts.Chinese)
	p := NewQuiz(zh, CaptureFile(zh, testkit.Sample(t, "demo.pcapng")))
	if shown := doc.Text(p.Page()); !strings.Contains(shown, "按回车，就目前捕获的内容开始测验。") {
		t.Errorf("the beginning:\n%s", shown)
	}
	for _, n := range []int{quizAnew, quizHint} {
		if _, err := p.Answer(n, ""); err != nil {
			t.Fatal(err)
		}
	}
	if label, _ := p.Ask(quizAnswer); label != "答案：" {
		t.Errorf("asked by %q", label)
	}
	if shown := doc.Text(p.Page()); !strings.HasPrefix(shown, "第 1 题，共 10 题：") ||
		!strings.Contains(shown, p.session.Hint()) {
		t.Errorf("the first question:\n%s", shown)
	}
	if _, err := NewQuiz(zh, nil).Answer(quizAnew, ""); err == nil || !strings.Contains(zh.Error(err), "这里没有分组") {
		t.Errorf("without a capture: %v", err)
	}
}
