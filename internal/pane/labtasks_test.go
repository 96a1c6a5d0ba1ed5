package pane

import (
	"regexp"
	"strings"
	"testing"

	"httpscope/internal/doc"
	"httpscope/internal/store"
	"httpscope/internal/texts"
)

// TestTasksInChinese: the pane is in Chinese but for the commands, which are as they are typed.
func TestTasksInChinese(t *testing.T) {
	addresses := map[string]string{"form": "127.0.0.1:8003"}
	d := newLabTasks(texts.In(texts.Chinese), store.New(0), addresses, nil).Page()
	text := doc.Text(d)
	for _, want := range []string{"完成 0 个，共 30 个", "[ ] 持久连接\n", "请填写 http://127.0.0.1:8003/ 的表单", "（先在两个窗口里打开"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not in\n%s", want, text)
		}
	}
	english := regexp.MustCompile(`[a-z]{2,} [a-z]{2,} [a-z]{2,}`)
	for i := range d.Len() {
		if l := d.Line(i); len(l.Spans) > 1 && l.Spans[1].Role != doc.Key && english.MatchString(l.String()) {
			t.Errorf("English in %q", l)
		}
	}
	if _, err := newLabTasks(texts.In(texts.Chinese), nil, addresses, nil).Try(t.Context(),
		99); texts.In(texts.Chinese).Error(err) != "没有这个任务" {
		t.Errorf("no task 99: %v", err)
	}
}
