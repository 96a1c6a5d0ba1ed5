package tui

import (
	"context"
	"runtime"

	"httpscope/internal/page"
	"httpscope/internal/texts"
	"httpscope/internal/trace"
)

// maxResend bounds the body of a request that is sent again or copied.
const maxResend = 16 << 20

// resend sends the selected request again, byte for byte.
func (a *app) resend() {
	x, whole := a.selected()
	if a.Resend == nil {
		a.say("tui.resend-lab")
		return
	}
	b := a.requestBytes(x, whole)
	if b == nil {
		a.say("tui.resend-cut")
		return
	}
	a.do(texts.Say("tui.doing.resend", x.ID), func(ctx context.Context) (string, error) { return a.Resend(ctx, x, b) })
}

// requestBytes is a request as it was sent; nil when a byte of it is missing.
func (a *app) requestBytes(x *trace.Exchange, whole bool) []byte {
	if x == nil || !whole || x.Request == nil || x.Request.Head == nil || !x.Request.Complete {
		return nil
	}
	m, b := x.Request, []byte(x.Request.Head.AsSent())
	rest := m.Body + m.Framing + m.Trailing
	tape := a.Store.TapeOf(x)
	if rest > maxResend || tape == nil && rest > 0 {
		return nil
	}
	if rest > 0 {
		from := m.Head.Span.To
		for _, p := range tape.Between(m.At(from, from+rest)) {
			b = append(b, p.Data...)
		}
	}
	if int64(len(b)) != m.Head.Size()+rest {
		return nil
	}
	return b
}

// copyCurl copies the request as a command.
func (a *app) copyCurl() {
	x, whole := a.selected()
	if a.requestBytes(x, whole) == nil {
		a.say("tui.copy-cut")
		return
	}
	body, _ := page.BodyBytes(x.Request, a.Store.TapeOf(x), maxResend)
	shell := page.ShellPOSIX
	if runtime.GOOS == "windows" {
		shell = page.ShellPowerShell
	}
	a.copy("tui.copied-curl", page.Curl(a.Lang, x, body, shell))
}

func (a *app) copyLine() {
	p := a.text()
	if p == nil {
		p = &a.detail
	}
	if l, ok := p.line(); ok {
		a.copy("tui.copied-line", l.String())
	}
}

// maxCopy bounds what is handed to the terminal; terminals refuse more.
const maxCopy = 64 << 10

// copy hands text to the terminal's clipboard (OSC 52). The text is encoded,
// so nothing in it can be obeyed. said is the key of the phrase that tells of it.
func (a *app) copy(said, text string) {
	if len(text) > maxCopy {
		a.complain("tui.copy-much")
		return
	}
	a.clipboard([]byte(text))
	a.copied = text
	a.say(said, texts.Say("count.byte", len(text)))
}
