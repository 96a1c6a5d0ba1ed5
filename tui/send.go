package tui

import (
	"context"
	"fmt"
	"runtime"

	"httpscope/httpdecode"
	"httpscope/internal/page"
	"httpscope/internal/trace"
)

// maxResend bounds the body of a request that is sent again.
const maxResend = 16 << 20

// request is the bytes of the selected request, as they were sent.
func (a *app) request() (x *trace.Exchange, head, body []byte, whole bool) {
	x, whole = a.selected()
	if x == nil || x.Request == nil || x.Request.Head == nil || !whole {
		return x, nil, nil, false
	}
	tape := a.Store.TapeOf(x)
	body, all := page.BodyBytes(x.Request, tape, maxResend)
	return x, []byte(x.Request.Head.Raw), body, all && x.Request.Complete
}

// resend sends the selected request again, byte for byte.
func (a *app) resend() {
	x, _, _, whole := a.request()
	switch {
	case a.Resend == nil:
		a.say("Requests are sent from httpscope lab only, to its own servers.")
		return
	case x == nil || !whole:
		a.say("This request cannot be sent again: not all of its bytes are here.")
		return
	}
	m := x.Request
	var b []byte
	for _, p := range a.Store.TapeOf(x).Between(int(httpdecode.Client), m.Head.Offset, m.Head.Offset+int64(len(m.Head.Raw))+m.Body+m.Framing+m.Trailing) {
		b = append(b, p.Data...)
	}
	a.do(fmt.Sprintf("sending request %d again", x.ID), func(ctx context.Context) (string, error) { return a.Resend(ctx, x, b) })
}

// copyCurl copies the request as a command.
func (a *app) copyCurl() {
	x, _, body, whole := a.request()
	if x == nil || !whole {
		a.say("This request cannot be copied: not all of its bytes are here.")
		return
	}
	shell := page.ShellPOSIX
	if runtime.GOOS == "windows" {
		shell = page.ShellPowerShell
	}
	a.copy("the request as a curl command", page.Curl(x, body, shell))
}

func (a *app) copyLine() {
	p := a.text()
	if p == nil {
		p = &a.detail
	}
	if l, ok := p.line(); ok {
		a.copy("the line", l.String())
	}
}

// maxCopy bounds what is handed to the terminal; terminals refuse more.
const maxCopy = 64 << 10

// copy hands text to the terminal's clipboard (OSC 52). The text is encoded,
// so nothing in it can be obeyed.
func (a *app) copy(what, text string) {
	if len(text) > maxCopy {
		a.complain("That is too much for the clipboard. Write it to a file with w.")
		return
	}
	a.clipboard([]byte(text))
	a.copied = text
	a.say("Copied %s, %d bytes. If your terminal takes no copies, write it with w.", what, len(text))
}
