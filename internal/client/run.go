package client

import (
	"context"
	"net/netip"
	"time"

	"httpscope/internal/texts"
)

// secureServer is the name of the server that is spoken to through TLS.
const secureServer = "https"

// Run does the steps, one after the other but for those in parallel, and ends
// all connections. addr tells the address "host:port" of a server by its name,
// "" when it does not run.
//
// It stops at the first step that fails: its server does not run or does not
// answer, or the answer is another than expected. The report then holds the steps
// before it. Cancelling the context ends the run with the context's error.
func Run(ctx context.Context, steps []Step, addr func(server string) string) (Report, error) {
	r := runner{addr: addr, links: map[string]*link{}, memory: memory{taken: map[string]string{}}}
	r.memory.jar.TrustLoopback = true // as browsers do
	defer r.close()
	for first := 0; first < len(steps); {
		last := first + 1
		for last < len(steps) && steps[last].Parallel {
			last++
		}
		if err := r.together(ctx, steps[first:last], first); err != nil {
			return r.report, err
		}
		first = last
	}
	return r.report, nil
}

// runner is a run that is going on.
type runner struct {
	addr   func(string) string
	links  map[string]*link // by Step.Server and Step.On
	memory memory
	report Report
}

// begun is a step that has sent and waits for its answer.
type begun struct {
	step    *Step
	number  int // from 1
	link    *link
	address string
	sent    []byte
	err     error // of sending
}

func (b *begun) fail(err error) error {
	return texts.Errorf("client.step", b.number, b.step.Server, err)
}

func (r *runner) close() {
	for _, l := range r.links {
		l.close()
	}
}

// together does steps in parallel: each connects and sends, then the answers are read.
func (r *runner) together(ctx context.Context, steps []Step, first int) error {
	var all []*begun
	defer func() {
		for _, b := range all {
			r.leave(b)
		}
	}()
	for i := range steps {
		b := &begun{step: &steps[i], number: first + i + 1}
		all = append(all, b)
		if err := r.begin(ctx, b); err != nil {
			return b.fail(err)
		}
	}
	for _, b := range all {
		if err := r.finish(ctx, b); err != nil {
			return b.fail(err)
		}
		r.leave(b)
	}
	return nil
}

// leave closes a connection that no later step uses.
func (r *runner) leave(b *begun) {
	if b.step.On == "" && b.link != nil {
		b.link.close()
	}
}

// begin connects where needed, and sends.
func (r *runner) begin(ctx context.Context, b *begun) (err error) {
	if err := sleep(ctx, b.step.Pause); err != nil {
		return err
	}
	if b.address = r.addr(b.step.Server); b.address == "" {
		return texts.Errorf("client.not-running")
	}
	if b.link, err = r.open(ctx, b); err != nil {
		return err
	}
	b.link.answer, b.link.interim = Answer{Closed: b.link.ended}, 0
	b.sent = r.memory.fill(b.step, b.address, r.addr)
	if len(b.sent) > 0 {
		b.err = b.link.send(ctx, b.sent)
	}
	return ctx.Err()
}

// open finds a connection by its name, or makes it.
func (r *runner) open(ctx context.Context, b *begun) (*link, error) {
	name := b.step.Server + " " + b.step.On
	if l := r.links[name]; l != nil && b.step.On != "" {
		return l, nil
	}
	l, err := dial(ctx, b.address, b.step.Server == secureServer)
	if err == nil && b.step.On != "" {
		r.links[name] = l
	}
	return l, err
}

// finish reads the answer and looks whether it is the one expected.
func (r *runner) finish(ctx context.Context, b *begun) error {
	l, s := b.link, b.step
	if s.Wait && b.err == nil {
		b.err = l.whenAsked(ctx, r.memory.body(s, b.address, r.addr))
	}
	if err := l.await(ctx, s.Expect); err != nil {
		return both(b.err, err)
	}
	if b.err != nil && l.answer.Status == 0 {
		return b.err // a server may answer early and close: that is an answer
	}
	r.report.Answers = append(r.report.Answers, l.answer)
	if s.Status != 0 && l.answer.Status != s.Status {
		return texts.Errorf("client.status", l.answer.Status, s.Status)
	}
	return r.memory.learn(s, b.address, string(b.sent), &l.answer)
}

// both is an error and what came before it, which may be nil.
func both(before, err error) error {
	if before == nil {
		return err
	}
	return texts.Errorf("client.both", before, err)
}

// whenAsked sends a body once the server has asked for it with an interim
// response (RFC 9110, Section 10.1.1), and not when it has refused.
func (l *link) whenAsked(ctx context.Context, body []byte) error {
	if err := l.read(ctx, func() bool { return l.interim > 0 || l.finals >= l.requests }); err != nil {
		return err
	}
	if l.interim == 0 || l.ended {
		return nil
	}
	return l.send(ctx, body)
}

// await reads what a step expects.
func (l *link) await(ctx context.Context, e Expect) error {
	switch e {
	case Nothing:
		return nil
	case Same:
		return l.same(ctx)
	case Closed:
		if err := l.read(ctx, func() bool { return false }); err != nil {
			return err
		}
	}
	if l.requests == 0 { // bytes that are no request: only silence tells the end
		return l.readQuiet(ctx)
	}
	if err := l.read(ctx, func() bool { return l.raw || l.finals >= l.requests }); err != nil {
		return err
	}
	if l.finals < l.requests && !l.raw {
		return texts.Errorf("client.no-answer")
	}
	return nil
}

// same reads as many bytes as were sent.
func (l *link) same(ctx context.Context) error {
	if err := l.read(ctx, func() bool { return l.answer.Received >= l.answer.Sent }); err != nil {
		return err
	}
	if l.answer.Received < l.answer.Sent {
		return texts.Errorf("client.ended-after", l.answer.Received, l.answer.Sent)
	}
	return nil
}

// Resend sends a request to a server on a connection of its own and reads the
// answer to its end, so that it can be seen in the capture. What the request
// promises and does not hold (a body that was not kept) the server waits for, and
// Resend with it, up to its limit. With secure the request goes through TLS.
func Resend(ctx context.Context, to netip.AddrPort, request []byte, secure bool) error {
	if !to.IsValid() || len(request) == 0 {
		return texts.Errorf("client.nothing-to-send")
	}
	l, err := dial(ctx, to.String(), secure)
	if err != nil {
		return texts.Errorf("client.again", err)
	}
	defer l.close()
	sending := l.send(ctx, request)
	if err := l.await(ctx, Response); err != nil {
		return texts.Errorf("client.again-to", to, both(sending, err))
	}
	return nil
}

// sleep waits, but not longer than the context lives.
func sleep(ctx context.Context, d time.Duration) error {
	if d <= 0 {
		return ctx.Err()
	}
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
