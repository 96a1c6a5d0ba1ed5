package site

import (
	"crypto/rand"
	"html/template"
	"io"
	"net/http"
	"slices"
	"strings"
	"time"
)

// Options say where the servers are. The zero value is usable: pages then do
// not link to the other servers.
type Options struct {
	HTTPS string           // base URL of the HTTPS listener, for mixed-content pages; may be ""
	HTTP  string           // base URL of the plain listener
	Raw   string           // base URL of the raw-bytes listener
	Now   func() time.Time // nil: time.Now
	Rand  io.Reader        // of session ids; nil: crypto/rand
}

// Site answers for every topic. It may be used from many goroutines.
type Site struct {
	options Options
	mux     *http.ServeMux
	routes  []Route
	byRoute map[string]map[string]entry // pattern, then method
	pages   *template.Template
	things  things

	logins    *sessions // login.php, hidden and query
	open      *sessions // can be hijacked
	bound     *sessions // cannot
	bodyStore *bodyStore
	pictures  [][]byte
	icon      []byte
}

// handler answers a request for one route.
type handler func(s *Site, w http.ResponseWriter, r *http.Request)

// entry is a route with what answers it.
type entry struct {
	Route
	pattern string // of http.ServeMux, where Path is one example of many; "" for Path itself
	handle  handler
	any     bool // answers every method
}

// New makes a site. It panics when the site's own pages or sources cannot be
// read, which the tests rule out.
func New(o Options) *Site {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Rand == nil {
		o.Rand = rand.Reader
	}
	s := &Site{
		options: o, mux: http.NewServeMux(), byRoute: map[string]map[string]entry{},
		pages: parsePages(), things: makeThings(), bodyStore: newBodyStore(),
		logins: newSessions(o.Now), open: newSessions(o.Now), bound: newSessions(o.Now),
		pictures: pictures(), icon: icon(),
	}
	s.register(entries())
	return s
}

// entries lists the whole site, in the order of the index.
func entries() []entry {
	return slices.Concat(
		indexEntries(), connectionEntries(), alphabetEntries(), slowEntries(), rangeEntries(),
		cookieEntries(), loginEntries(), hijackEntries(), secureEntries(), conditionalEntries(),
		codingEntries(), methodEntries(), statusEntries(), streamEntries(), charsetEntries(),
	)
}

// register adds entries to the table that ServeHTTP looks in.
func (s *Site) register(list []entry) {
	sources := readSources()
	for _, e := range list {
		e.Source = sources.of(e.handle)
		s.routes = append(s.routes, e.Route)
		if e.pattern == "" {
			e.pattern = e.Path
		}
		if s.byRoute[e.pattern] == nil {
			s.byRoute[e.pattern] = map[string]entry{}
			s.mux.HandleFunc(e.pattern, s.dispatch)
		}
		s.byRoute[e.pattern][e.verb()] = e
	}
}

// Routes lists every address of the site, by topic.
func (s *Site) Routes() []Route { return slices.Clone(s.routes) }

// ServeHTTP answers a request.
func (s *Site) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if _, pattern := s.mux.Handler(r); pattern == "" {
		s.notFound(w, r)
		return
	}
	s.mux.ServeHTTP(w, r)
}

// dispatch picks the handler by method. HEAD is answered by what answers GET
// (RFC 9110, Section 9.3.2).
func (s *Site) dispatch(w http.ResponseWriter, r *http.Request) {
	methods := s.byRoute[r.Pattern]
	e, found := methods[r.Method]
	if !found && r.Method == http.MethodHead {
		e, found = methods[http.MethodGet]
	}
	if get := methods[http.MethodGet]; !found && get.any {
		e, found = get, true
	}
	if found {
		e.handle(s, w, r)
		return
	}
	s.wrongMethod(w, r, allowed(methods))
}

// allowed is the Allow field of a table of methods.
func allowed(methods map[string]entry) string {
	list := []string{"OPTIONS"}
	for m := range methods {
		list = append(list, m)
		if m == http.MethodGet {
			list = append(list, http.MethodHead)
		}
	}
	slices.Sort(list)
	return strings.Join(list, ", ")
}

// wrongMethod answers OPTIONS, and refuses what the address does not have.
func (s *Site) wrongMethod(w http.ResponseWriter, r *http.Request, allow string) {
	w.Header().Set("Allow", allow)
	if r.Method == http.MethodOptions {
		w.WriteHeader(http.StatusNoContent)
		return
	}
	s.message(w, r, http.StatusMethodNotAllowed,
		"This address does not answer that method. The Allow field lists those that it does answer.")
}

// notFound answers for an address that the site does not have.
func (s *Site) notFound(w http.ResponseWriter, r *http.Request) {
	s.message(w, r, http.StatusNotFound,
		"There is nothing at this address. The start page lists everything that there is.")
}
