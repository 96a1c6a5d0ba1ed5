package client

import (
	"context"
	"crypto/tls"
	"errors"
	"io"
	"net"
	"time"

	"httpscope/internal/layer"
	"httpscope/internal/layer/http1"
	"httpscope/internal/texts"
	"httpscope/internal/trace"
)

// Limits of one step. A target server answers within a second; what takes longer
// is a server that waits for something else, and the user is waiting too.
const (
	maxDial = 5 * time.Second
	maxStep = 15 * time.Second
	maxRead = 16 << 20    // bytes of an answer
	maxKept = 64 << 10    // bytes of a body that are kept for Take and for the report
	quiet   = time.Second // silence after which an answer without HTTP counts as over
)

// link is a connection to a server, and what was said on it.
type link struct {
	conn    net.Conn
	stop    func() bool // ends the watch over the context
	decoder *http1.Decoder

	requests, interim, finals int64 // heads sent; answers that are over
	head                      *trace.Head
	raw                       bool // the server speaks something else now
	ended                     bool // by the server
	answer                    Answer
}

// dial opens a connection. Cancelling the context ends it.
func dial(ctx context.Context, address string, secure bool) (*link, error) {
	d := net.Dialer{Timeout: maxDial}
	conn, err := d.DialContext(ctx, "tcp", address)
	if err != nil {
		return nil, texts.Errorf("client.connect", address, err)
	}
	if secure {
		if conn, err = shake(ctx, conn, address); err != nil {
			return nil, err
		}
	}
	past := time.Unix(1, 0)
	return &link{conn: conn, decoder: http1.New(nil),
		stop: context.AfterFunc(ctx, func() { conn.SetDeadline(past) })}, nil
}

// shake begins TLS. The certificate is not checked: the target server makes its
// own at start, and what is sent to it is meant to be looked at.
func shake(ctx context.Context, conn net.Conn, address string) (net.Conn, error) {
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		conn.Close()
		return nil, texts.Errorf("client.address", address, err)
	}
	ctx, cancel := context.WithTimeout(ctx, maxDial)
	defer cancel()
	t := tls.Client(conn, &tls.Config{InsecureSkipVerify: true, ServerName: host, NextProtos: []string{"http/1.1"}})
	if err := t.HandshakeContext(ctx); err != nil {
		conn.Close()
		return nil, texts.Errorf("client.tls", address, err)
	}
	return t, nil
}

func (l *link) close() {
	l.stop()
	l.conn.Close()
}

// send writes bytes as they are.
func (l *link) send(ctx context.Context, b []byte) error {
	l.conn.SetWriteDeadline(time.Now().Add(maxStep))
	if err := ctx.Err(); err != nil { // looked at after the deadline was set: cancelling sets another
		return texts.Errorf("client.send", err)
	}
	n, err := l.conn.Write(b)
	l.answer.Sent += int64(n)
	l.decoder.Feed(&layer.Run{Side: layer.Client, Bytes: b[:n]})
	l.drain()
	if err != nil {
		return texts.Errorf("client.send", cause(ctx, err))
	}
	return nil
}

// cause prefers the context's reason to the deadline that carried it.
func cause(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	return err
}

// read takes what the server sends until done says that it is enough or the
// server ends the connection.
func (l *link) read(ctx context.Context, done func() bool) error {
	deadline := time.Now().Add(maxStep)
	for !done() && !l.ended {
		silent, err := l.some(ctx, deadline)
		if silent {
			return texts.Errorf("client.waited", maxStep)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// readQuiet takes what the server sends until it falls silent or ends the
// connection. That is all that can be done where nothing tells the end.
func (l *link) readQuiet(ctx context.Context) error {
	for !l.ended {
		if silent, err := l.some(ctx, time.Now().Add(quiet)); silent || err != nil {
			return err
		}
	}
	return nil
}

// some takes what one read returns; silent when the deadline passes without any.
func (l *link) some(ctx context.Context, deadline time.Time) (silent bool, err error) {
	l.conn.SetReadDeadline(deadline)
	if err := ctx.Err(); err != nil {
		return false, texts.Errorf("client.read", err)
	}
	buffer := make([]byte, 16<<10)
	n, err := l.conn.Read(buffer)
	l.take(buffer[:n])
	var timeout net.Error
	switch {
	case l.answer.Received > maxRead:
		return false, texts.Errorf("client.too-long", maxRead)
	case err == nil:
		return false, nil
	case ctx.Err() != nil:
		return false, texts.Errorf("client.read", ctx.Err())
	case errors.As(err, &timeout) && timeout.Timeout():
		return true, nil
	}
	l.end(err)
	return false, nil
}

// end takes the end of the connection: a reset is an answer as well as a close.
func (l *link) end(err error) {
	how := layer.Closed
	if !errors.Is(err, io.EOF) {
		how = layer.Reset
	}
	l.ended, l.answer.Closed = true, true
	l.decoder.End(layer.Server, how, layer.Stamp{})
	l.drain()
}

// take counts and decodes bytes of the server.
func (l *link) take(b []byte) {
	if len(b) == 0 {
		return
	}
	l.answer.Received += int64(len(b))
	l.decoder.Feed(&layer.Run{Side: layer.Server, Bytes: b})
	l.drain()
}

func (l *link) drain() {
	for {
		out, ok := l.decoder.Next()
		switch {
		case !ok:
			return
		case out.Change != "":
			l.raw = true
		case out.Above != nil && out.Above.Side == layer.Server:
			l.keep(out.Above.Bytes)
		case out.Event != nil:
			l.event(out.Event.(*trace.Event))
		}
	}
}

// event takes one step of a message.
func (l *link) event(e *trace.Event) {
	switch {
	case e.Side == layer.Client && e.Kind == trace.HeadRead:
		l.requests++
	case e.Side == layer.Client:
	case e.Kind == trace.HeadRead:
		h := *e.Head
		l.head = &h
		if !isInterim(e.Head) {
			l.answer.Status, l.answer.Head, l.answer.Body = e.Head.Status, e.Head.AsSent(), nil
		}
	case e.Kind == trace.BodyRead:
		l.keep(e.Bytes)
	case e.Kind == trace.MessageEnded:
		if l.head != nil && isInterim(l.head) {
			l.interim++
		} else {
			l.finals++
		}
		l.head = nil
	}
}

// keep adds to the body of the answer.
func (l *link) keep(b []byte) {
	free := maxKept - len(l.answer.Body)
	l.answer.Body = append(l.answer.Body, b[:min(free, len(b))]...)
}

func isInterim(h *trace.Head) bool { return h.Status/100 == 1 && h.Status != 101 }
