package tui

import (
	"context"
	"errors"
	"testing"

	"httpscope/internal/doc"
	"httpscope/internal/filter"
	"httpscope/internal/trace"
)

// fakeSide stands for servers and tasks.
type fakeSide struct{ tried []int }

func (f *fakeSide) Page(*trace.Exchange) doc.Page {
	return doc.Lines{textLine(doc.Title, "a heading"),
		{Spans: []doc.Span{{Text: "try me"}}, Ref: doc.Ref{Code: "try:7"}}}
}

func (f *fakeSide) Try(_ context.Context, n int) (string, error) {
	f.tried = append(f.tried, n)
	return "It answered.", nil
}

type fakeTasks struct{ fakeSide }

func (f *fakeTasks) Page() doc.Page { return f.fakeSide.Page(nil) }
func (f *fakeTasks) Follow()        {}

// fakeCapture is a capture that runs or not.
type fakeCapture struct{ running bool }

func (f *fakeCapture) Running() bool { return f.running }
func (f *fakeCapture) Start() error  { f.running = true; return nil }
func (f *fakeCapture) Stop()         { f.running = false }

type matcher struct{ *filter.Filter }

func (m matcher) Match(x *trace.Exchange) bool { return m.Filter.Match(&filter.Subject{X: x}) }

func (m matcher) Why(x *trace.Exchange) (bool, []string) {
	v := m.Filter.Why(&filter.Subject{X: x})
	return v.Match, []string{v.String()}
}

func compile(expr string) (Matcher, error) {
	f, err := filter.Compile(expr)
	if err != nil {
		return nil, err
	}
	return matcher{f}, nil
}

// table is what the tests below sit before: everything is there.
type bench struct {
	*user
	target  *fakeSide
	tasks   *fakeTasks
	capture *fakeCapture
	resent  []string
	saved   []string
	copied  string
	left    bool
}

func demo(t *testing.T, w, h int) *bench {
	b := &bench{target: &fakeSide{}, tasks: &fakeTasks{}, capture: &fakeCapture{running: true}}
	c := Config{Store: readSample(t, "demo.pcapng"), Source: "LIVE lo", Live: true, Target: b.target, Tasks: b.tasks,
		Capture: b.capture, Compile: compile,
		Complete: func(expr string, cursor int) []string { return []string{"http.request.method", "http.request.uri"} },
		Kinds:    []Kind{{"page", ".txt", "the page"}},
		Resend: func(_ context.Context, _ *trace.Exchange, request []byte) (string, error) {
			b.resent = append(b.resent, string(request))
			return "Sent again.", nil
		},
		Save: func(_ context.Context, kind, path string, s Selection) (string, error) {
			if path == "bad" {
				return "", errors.New("the disk is full")
			}
			b.saved = append(b.saved, kind+" "+path+" "+s.Page.Line(0).String())
			return "Wrote it.", nil
		}}
	b.user = sit(t, c, w, h)
	b.app.quit = func() { b.left = true }
	b.app.clipboard = func(p []byte) { b.copied = string(p) }
	b.app.follow = false
	b.press("g")
	return b
}

func (b *bench) in(p pane) {
	b.t.Helper()
	if b.app.focus != p {
		b.t.Errorf("the focus is on pane %d, not %d", b.app.focus, p)
	}
}

func (b *bench) gone(want bool) {
	b.t.Helper()
	if b.left != want {
		b.t.Errorf("left: %v", b.left)
	}
}

// on puts the cursor on the first exchange with a target.
func (b *bench) on(target string) *bench {
	b.t.Helper()
	for i := range b.app.rows.Len() {
		b.app.exchanges.moveTo(i)
		if x, _ := b.app.selected(); x.Request.Head.Target == target {
			return b
		}
	}
	b.t.Fatalf("no exchange asks for %s", target)
	return nil
}

func (b *bench) selects(target string) {
	b.t.Helper()
	if x, _ := b.app.selected(); x == nil || x.Request.Head.Target != target {
		b.t.Errorf("not %s is selected but %+v", target, x)
	}
}

func (b *bench) selectsNumber(id int64) {
	b.t.Helper()
	if b.app.exchanges.id != id {
		b.t.Errorf("exchange %d is selected, not %d", b.app.exchanges.id, id)
	}
}
