package target

import (
	"bufio"
	"io"
	"net"
	"net/http"
	"net/netip"
)

// logged is a handler whose requests are logged; without a log it is the
// handler itself.
func logged(inner http.Handler, server string, o Options) http.Handler {
	if o.Log == nil {
		return inner
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		counted := &countedResponse{ResponseWriter: w}
		// Deferred: a handler that aborts the response has answered, too.
		defer func() { o.Log(entryOf(r, counted, server, o)) }()
		inner.ServeHTTP(counted, r)
	})
}

func entryOf(r *http.Request, w *countedResponse, server string, o Options) Entry {
	client, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil {
		panic("target: net/http gives no address: " + err.Error())
	}
	return Entry{
		Server: server,
		Client: netip.AddrPortFrom(client.Addr().Unmap(), client.Port()),
		Line:   firstLine([]byte(r.Method + " " + r.RequestURI + " " + r.Proto)),
		Status: w.status, Bytes: w.bytes, Time: o.Now(),
	}
}

// countedResponse counts the body. Its other methods are those that handlers
// look for by type.
type countedResponse struct {
	http.ResponseWriter
	status int
	bytes  int64
}

func (w *countedResponse) WriteHeader(status int) {
	// An interim response is not the answer; switching protocols is.
	if w.status == 0 && (status >= 200 || status == http.StatusSwitchingProtocols) {
		w.status = status
	}
	w.ResponseWriter.WriteHeader(status)
}

func (w *countedResponse) begin() {
	if w.status == 0 {
		w.status = http.StatusOK
	}
}

func (w *countedResponse) Write(b []byte) (int, error) {
	w.begin()
	n, err := w.ResponseWriter.Write(b)
	w.bytes += int64(n)
	return n, err
}

// ReadFrom keeps net/http's way of sending files.
func (w *countedResponse) ReadFrom(r io.Reader) (int64, error) {
	w.begin()
	n, err := io.Copy(w.ResponseWriter, r)
	w.bytes += n
	return n, err
}

// Flush sends what has been written so far.
func (w *countedResponse) Flush() {
	w.begin()
	// Every server's response can be flushed; an error shows at the next write.
	_ = http.NewResponseController(w.ResponseWriter).Flush()
}

// Hijack hands the connection over, for WebSocket.
func (w *countedResponse) Hijack() (net.Conn, *bufio.ReadWriter, error) {
	return http.NewResponseController(w.ResponseWriter).Hijack()
}

// Unwrap is for http.ResponseController.
func (w *countedResponse) Unwrap() http.ResponseWriter { return w.ResponseWriter }
