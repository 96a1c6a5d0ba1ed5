package site

import (
	"net/http"
	"strconv"
	"time"
)

func statusEntries() []entry {
	list := []entry{
		{Route: Route{ID: "redirect-target", Path: "/redirect/target", Topic: "redirect",
			Try: "curl -v {base}/redirect/target"},
			handle: (*Site).redirectTarget, any: true},
		{Route: Route{ID: "redirect-chain-3", Path: "/redirect/chain/3", Topic: "redirect",
			Try: "curl -v -L {base}/redirect/chain/3"},
			pattern: "/redirect/chain/{n}", handle: (*Site).redirectChain},
		{Route: Route{ID: "redirect-loop", Path: "/redirect/loop", Topic: "redirect",
			Try: "curl -v -L --max-redirs 5 {base}/redirect/loop"},
			handle: (*Site).redirectLoop},
	}
	for _, code := range []int{301, 302, 303, 307, 308} {
		number := strconv.Itoa(code)
		path := "/redirect/" + number
		list = append(list, entry{Route: Route{ID: "redirect-" + number, Path: path, Topic: "redirect",
			Try: "curl -v -L {base}" + path + " -d 'some=form'"}, handle: (*Site).redirect, any: true})
	}
	return append(list,
		entry{Route: Route{ID: "status-404", Path: "/status/404", Topic: "status",
			Try: "curl -v {base}/status/404"},
			pattern: "/status/{code}", handle: (*Site).status, any: true},
		entry{Route: Route{ID: "early", Path: "/early", Topic: "status",
			Try: "curl -v {base}/early"},
			handle: (*Site).early})
}

// redirect sends the visitor on, with the status that the path names.
func (s *Site) redirect(w http.ResponseWriter, r *http.Request) {
	code, _ := strconv.Atoi(r.URL.Path[len("/redirect/"):]) // only registered paths come here
	w.Header().Set("Location", "/redirect/target")
	s.message(w, r, code, "The Location field leads to /redirect/target.")
}

// arrival is the data of the page at the end of a redirect.
type arrival struct {
	Method string
	Length int // of the body
}

// redirectTarget shows what arrived.
func (s *Site) redirectTarget(w http.ResponseWriter, r *http.Request) {
	if body, ok := s.body(w, r); ok {
		s.page(w, r, http.StatusOK, "arrival", arrival{r.Method, len(body)})
	}
}

// redirectChain counts down.
func (s *Site) redirectChain(w http.ResponseWriter, r *http.Request) {
	n, err := strconv.ParseUint(r.PathValue("n"), 10, 8)
	switch {
	case err != nil || n > maxHops:
		s.notFound(w, r)
	case n <= 1:
		http.Redirect(w, r, "/redirect/target", http.StatusFound)
	default:
		http.Redirect(w, r, "/redirect/chain/"+strconv.FormatUint(n-1, 10), http.StatusFound)
	}
}

// redirectLoop leads to itself. The laps are counted in the address: the server
// need not know the visitor.
func (s *Site) redirectLoop(w http.ResponseWriter, r *http.Request) {
	lap, _ := strconv.ParseUint(r.URL.Query().Get("lap"), 10, 8)
	if lap >= 5 {
		s.plain(w, r)
		return
	}
	http.Redirect(w, r, "/redirect/loop?lap="+strconv.FormatUint(lap+1, 10), http.StatusFound)
}

// status answers with the status that the path names. A 1xx is interim, so a
// final 200 follows it; 101 would end HTTP on the connection.
func (s *Site) status(w http.ResponseWriter, r *http.Request) {
	code, err := strconv.Atoi(r.PathValue("code"))
	switch {
	case err != nil || code < 100 || code > 599:
		s.notFound(w, r)
		return
	case code == http.StatusSwitchingProtocols:
		s.message(w, r, http.StatusOK, "101 answers a request with Upgrade. See the page on WebSocket.")
		return
	case code < 200:
		interim(w, r, code)
		code = http.StatusOK
	case code == http.StatusResetContent:
		w.Header().Set("Content-Length", "0") // RFC 9110, Section 15.3.6
		w.WriteHeader(code)
		return
	case code == http.StatusNoContent || code == http.StatusNotModified:
		w.WriteHeader(code) // no body (RFC 9112, Section 6.3, rule 1)
		return
	}
	companions(w.Header(), code)
	s.message(w, r, code, "This status was asked for in the address.")
}

// interim sends a 1xx response, which a client of HTTP/1.0 would take for the
// final one (RFC 9110, Section 15.2).
func interim(w http.ResponseWriter, r *http.Request, code int) {
	if r.ProtoAtLeast(1, 1) {
		w.WriteHeader(code)
	}
}

// companions sets the fields that a status must or should have (RFC 9110,
// section 15; RFC 6585).
func companions(h http.Header, code int) {
	switch code {
	case 301, 302, 303, 307, 308:
		h.Set("Location", "/redirect/target")
	case http.StatusUnauthorized:
		h.Set("WWW-Authenticate", `Basic realm="status"`)
	case http.StatusMethodNotAllowed:
		h.Set("Allow", "GET, HEAD")
	case http.StatusProxyAuthRequired:
		h.Set("Proxy-Authenticate", `Basic realm="status"`)
	case http.StatusRequestedRangeNotSatisfiable:
		h.Set("Content-Range", "bytes */42")
	case http.StatusUpgradeRequired:
		h.Set("Upgrade", "websocket")
		h.Set("Connection", "Upgrade")
	case http.StatusTooManyRequests, http.StatusServiceUnavailable:
		h.Set("Retry-After", "1")
	}
}

// early sends hints while it is still at work.
func (s *Site) early(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Link", "</images/1.png>; rel=preload; as=image")
	interim(w, r, http.StatusEarlyHints)
	wait(r.Context(), delay(r, "ms", 300*time.Millisecond))
	s.page(w, r, http.StatusOK, "early", nil)
}
