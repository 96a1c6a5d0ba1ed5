package tui

import (
	"context"
	"fmt"
	"runtime/debug"
	"sync"
	"sync/atomic"
	"time"

	"httpscope/internal/texts"

	"github.com/gdamore/tcell/v2"
	"github.com/rivo/tview"
)

// frameTime is the least time between two frames that traffic causes. Keys
// are drawn at once.
const frameTime = 100 * time.Millisecond

// root is the only widget: it draws the app and hands it what is typed.
type root struct {
	*tview.Box
	app *app
}

// Draw implements tview.Primitive.
func (r *root) Draw(s tcell.Screen) {
	w, h := s.Size()
	r.SetRect(0, 0, w, h)
	s.HideCursor()
	r.app.draw(s, w, h)
}

// InputHandler implements tview.Primitive.
func (r *root) InputHandler() func(ev *tcell.EventKey, _ func(tview.Primitive)) {
	return func(ev *tcell.EventKey, _ func(tview.Primitive)) { r.app.key(ev) }
}

// PasteHandler implements tview.Primitive: what is pasted goes into the line
// that is being typed, and nowhere else.
func (r *root) PasteHandler() func(text string, _ func(tview.Primitive)) {
	return func(text string, _ func(tview.Primitive)) {
		if p := r.app.prompt; p != nil {
			p.field.PasteHandler()(text, func(tview.Primitive) {})
		}
	}
}

// MouseHandler implements tview.Primitive.
func (r *root) MouseHandler() func(tview.MouseAction, *tcell.EventMouse, func(tview.Primitive)) (bool,
	tview.Primitive) {
	return func(action tview.MouseAction, ev *tcell.EventMouse, _ func(tview.Primitive)) (bool, tview.Primitive) {
		r.app.click(action, ev)
		return true, nil
	}
}

// Run shows the screen until it is left or ctx ends. It returns when the
// terminal is as it was before, also after a panic, which it passes on.
func Run(ctx context.Context, c Config) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	// Without this, widgets would be black on terminals of any colour.
	tview.Styles = tview.Theme{PrimitiveBackgroundColor: tcell.ColorDefault, PrimaryTextColor: tcell.ColorDefault}
	a := newApp(c)
	ui := tview.NewApplication()
	loop := &loop{ui: ui, gone: ctx.Done(), cancel: cancel}
	ui.SetBeforeDrawFunc(func(s tcell.Screen) bool { loop.screen.Store(&s); return false })
	a.ctx, a.post, a.quit, a.start = ctx, loop.post, loop.stop, loop.start
	a.toggle = func(on bool) { ui.EnableMouse(on) }
	a.redraw = func() { (*loop.screen.Load()).Sync() }
	a.clipboard = func(b []byte) { (*loop.screen.Load()).SetClipboard(b) }
	ui.SetRoot(&root{tview.NewBox(), a}, true)
	ui.SetInputCapture(func(ev *tcell.EventKey) *tcell.EventKey {
		if ev.Key() == tcell.KeyCtrlC {
			a.quit()
			return nil
		}
		return ev
	})
	a.refresh()
	screen, err := newBufferedScreen(c.Screen)
	if err != nil {
		return texts.Errorf("tui.terminal", err)
	}
	ui.SetScreen(screen).EnablePaste(true).EnableMouse(c.Mouse)
	loop.work.Add(1)
	loop.start(func() { defer loop.work.Done(); loop.tick(a) })
	if c.Screen == nil { // else there is no terminal to give back
		a.suspend = askToSuspend
		loop.work.Add(1)
		loop.start(func() { defer loop.work.Done(); loop.suspensions(a) })
	}
	err = ui.Run()
	cancel()
	loop.work.Wait()
	loop.wait(&a.jobs)
	if loop.crash != nil {
		panic(loop.crash)
	}
	if err != nil {
		return texts.Errorf("tui.terminal", err)
	}
	return nil
}

// loop is the screen's goroutine as others see it.
type loop struct {
	ui     *tview.Application
	screen atomic.Pointer[tcell.Screen] // nil before the first frame
	gone   <-chan struct{}
	cancel func()
	once   sync.Once
	work   sync.WaitGroup
	crash  any // what a goroutine panicked with; valid when the application has stopped
	broken sync.Once
}

// post runs f on the screen's goroutine and draws, some time. After the end it
// does nothing: the application takes nothing any more, and its own call would
// wait for ever.
func (l *loop) post(f func()) {
	l.start(func() { l.ui.QueueUpdateDraw(f) })
}

// stop ends the application once. It may be called from its own goroutine.
func (l *loop) stop() {
	l.once.Do(func() {
		l.cancel()
		l.start(l.ui.Stop)
	})
}

// tick draws what has changed, at most once a frame time, and ends with the
// context.
func (l *loop) tick(a *app) {
	t := time.NewTicker(frameTime)
	defer t.Stop()
	seconds := time.NewTicker(time.Second) // the clock in the header, messages that expire
	defer seconds.Stop()
	for {
		select {
		case <-l.gone:
			l.stop()
			return
		case <-seconds.C:
		case <-t.C:
			select {
			case <-a.Store.Changed():
			default:
				continue
			}
		}
		l.frame(a)
	}
}

// frame refreshes, and returns when that is done: frames do not queue up when
// the screen is slow.
func (l *loop) frame(a *app) {
	done := make(chan struct{})
	l.post(func() { a.refresh(); close(done) })
	select {
	case <-done:
	case <-l.gone:
	}
}

// leaveTime is how long leaving waits for what was asked for last.
const leaveTime = 2 * time.Second

// wait waits for jobs, but not for one that hangs.
func (l *loop) wait(jobs *sync.WaitGroup) {
	done := make(chan struct{})
	l.start(func() { jobs.Wait(); close(done) })
	select {
	case <-done:
	case <-time.After(leaveTime):
	}
}

// start runs f in a goroutine. A panic in it would leave the terminal in its
// raw mode: the screen is ended first, and Run panics then.
func (l *loop) start(f func()) {
	go func() {
		defer func() {
			if p := recover(); p != nil {
				l.broken.Do(func() {
					l.crash = fmt.Sprintf("%v\n\n%s", p, debug.Stack())
					l.cancel()
					l.ui.Stop()
				})
			}
		}()
		f()
	}()
}
