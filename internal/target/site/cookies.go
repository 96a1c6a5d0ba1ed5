package site

import (
	"net"
	"net/http"
	"time"
)

func cookieEntries() []entry {
	list := []entry{
		{Route: Route{ID: "cookies", Path: "/cookies", Topic: "cookies",
			Try: "curl -v {base}/cookies"},
			handle: (*Site).cookiePage},
		{Route: Route{ID: "cookies-show", Path: "/cookies/show", Topic: "cookies",
			Try: "curl -v -b jar -c jar {base}/cookies/show"},
			handle: (*Site).cookieShow},
		{Route: Route{ID: "cookies-path-show", Path: "/cookies/path/show", Topic: "cookies",
			Try: "curl -v -b jar -c jar {base}/cookies/path/show"},
			handle: (*Site).cookieShow},
		{Route: Route{ID: "cookies-delete", Path: "/cookies/delete", Topic: "cookies",
			Try: "curl -v -b jar -c jar {base}/cookies/delete"},
			handle: (*Site).cookieDelete},
	}
	for _, c := range cookieKinds() {
		list = append(list, entry{Route: Route{ID: "cookies-set-" + c.name, Path: "/cookies/set/" + c.name,
			Topic: "cookies",
			Try:   "curl -v -c jar {base}/cookies/set/" + c.name}, handle: (*Site).cookieSet})
	}
	return list
}

// cookieKind is a cookie that shows one attribute. The cookie is called as the
// kind, unless cookie says otherwise.
type cookieKind struct {
	name     string
	cookie   http.Cookie
	lifetime time.Duration // of Expires
	host     bool          // Domain is the host of the request
}

func cookieKinds() []cookieKind {
	return []cookieKind{
		{name: "session"},
		{name: "expires", lifetime: time.Hour},
		{name: "max-age", cookie: http.Cookie{MaxAge: 60}},
		{name: "path", cookie: http.Cookie{Path: "/cookies/path"}},
		{name: "domain", host: true},
		{name: "foreign-domain", cookie: http.Cookie{Domain: "example.com"}},
		{name: "secure", cookie: http.Cookie{Secure: true}},
		{name: "httponly", cookie: http.Cookie{HttpOnly: true}},
		{name: "samesite-strict", cookie: http.Cookie{SameSite: http.SameSiteStrictMode}},
		{name: "samesite-lax", cookie: http.Cookie{SameSite: http.SameSiteLaxMode}},
		{name: "samesite-none", cookie: http.Cookie{SameSite: http.SameSiteNoneMode, Secure: true}},
		{name: "samesite-none-insecure", cookie: http.Cookie{SameSite: http.SameSiteNoneMode}},
		{name: "host-prefix", cookie: http.Cookie{Name: "__Host-demo", Path: "/", Secure: true}},
		{name: "broken-prefix", cookie: http.Cookie{Name: "__Host-broken", Path: "/"}},
	}
}

// make makes the cookie for a request.
func (k cookieKind) make(r *http.Request, now time.Time) *http.Cookie {
	c := k.cookie
	if c.Name == "" {
		c.Name = k.name
	}
	if c.Path == "" {
		c.Path = "/cookies"
	}
	if k.lifetime > 0 {
		c.Expires = now.Add(k.lifetime)
	}
	if k.host {
		c.Domain = hostOf(r)
	}
	c.Value = "demo"
	return &c
}

// hostOf is the host that the visitor asked for, without the port.
func hostOf(r *http.Request) string {
	if host, _, err := net.SplitHostPort(r.Host); err == nil {
		return host
	}
	return r.Host
}

// cookiePage lists the kinds.
func (s *Site) cookiePage(w http.ResponseWriter, r *http.Request) {
	var list []Route
	for _, e := range s.routes {
		if e.Topic == "cookies" && e.Path != "/cookies" {
			list = append(list, e)
		}
	}
	s.page(w, r, http.StatusOK, "cookies", list)
}

// cookieSet sets the cookie that the last part of the path names.
func (s *Site) cookieSet(w http.ResponseWriter, r *http.Request) {
	for _, k := range cookieKinds() {
		if r.URL.Path == "/cookies/set/"+k.name {
			http.SetCookie(w, k.make(r, s.options.Now()))
		}
	}
	s.page(w, r, http.StatusOK, "cookieset", w.Header().Get("Set-Cookie"))
}

// cookieShow shows the Cookie fields of the request.
func (s *Site) cookieShow(w http.ResponseWriter, r *http.Request) {
	s.page(w, r, http.StatusOK, "cookieshow", r.Header.Values("Cookie"))
}

// cookieDelete sets every cookie again, with an end that is over.
func (s *Site) cookieDelete(w http.ResponseWriter, r *http.Request) {
	for _, k := range cookieKinds() {
		c := k.make(r, s.options.Now())
		c.Value, c.Expires, c.MaxAge = "", time.Unix(0, 0), -1
		http.SetCookie(w, c)
	}
	s.page(w, r, http.StatusOK, "cookieset", "")
}
