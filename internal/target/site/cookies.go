package site

import (
	"net"
	"net/http"
	"time"
)

func cookieEntries() []entry {
	list := []entry{
		{Route: Route{Path: "/cookies", Topic: "cookies", Title: "Cookies, attribute by attribute",
			Look: "Each link sets one cookie with one attribute. Then look at which of them the browser sends back, and where.",
			Try:  "curl -v {base}/cookies"},
			handle: (*Site).cookiePage},
		{Route: Route{Path: "/cookies/show", Topic: "cookies", Title: "What the browser sends back",
			Look: "The Cookie field has names and values only: the server does not learn the attributes back.",
			Try:  "curl -v -b jar -c jar {base}/cookies/show"},
			handle: (*Site).cookieShow},
		{Route: Route{Path: "/cookies/path/show", Topic: "cookies", Title: "The same under /cookies/path",
			Look: "A cookie with Path=/cookies/path is sent here, and not to /cookies/show.",
			Try:  "curl -v -b jar -c jar {base}/cookies/path/show"},
			handle: (*Site).cookieShow},
		{Route: Route{Path: "/cookies/delete", Topic: "cookies", Title: "Delete the cookies",
			Look: "There is no field to delete a cookie: the server sets it again with an end in the past. Name, Domain and Path must be the same.",
			Try:  "curl -v -b jar -c jar {base}/cookies/delete"},
			handle: (*Site).cookieDelete},
	}
	for _, c := range cookieKinds() {
		list = append(list, entry{Route: Route{Path: "/cookies/set/" + c.name, Topic: "cookies", Title: c.title, Look: c.look,
			Try: "curl -v -c jar {base}/cookies/set/" + c.name}, handle: (*Site).cookieSet})
	}
	return list
}

// cookieKind is a cookie that shows one attribute. The cookie is called as the
// kind, unless cookie says otherwise.
type cookieKind struct {
	name, title, look string
	cookie            http.Cookie
	lifetime          time.Duration // of Expires
	host              bool          // Domain is the host of the request
}

func cookieKinds() []cookieKind {
	return []cookieKind{
		{name: "session", title: "A session cookie",
			look: "No attribute at all: the cookie lives until the browser is closed, and is sent only to this host."},
		{name: "expires", title: "Expires", lifetime: time.Hour,
			look: "A date after which the cookie is deleted: it survives the end of the browser."},
		{name: "max-age", title: "Max-Age", cookie: http.Cookie{MaxAge: 60},
			look: "Sixty seconds from now. Max-Age wins over Expires, and needs no clock that is right."},
		{name: "path", title: "Path", cookie: http.Cookie{Path: "/cookies/path"},
			look: "Sent to addresses under /cookies/path only. That is order, not protection: other pages of the host can get at it."},
		{name: "domain", title: "Domain", host: true,
			look: "Domain makes a cookie for the host and all hosts below it. For an address such as 127.0.0.1 there is nothing below."},
		{name: "foreign-domain", title: "Domain of somebody else", cookie: http.Cookie{Domain: "example.com"},
			look: "This host is not part of example.com, so the browser refuses the cookie."},
		{name: "secure", title: "Secure", cookie: http.Cookie{Secure: true},
			look: "Sent over HTTPS only. A browser also refuses it when it is set over plain HTTP."},
		{name: "httponly", title: "HttpOnly", cookie: http.Cookie{HttpOnly: true},
			look: "Scripts of the page cannot read it: a script that was smuggled in cannot steal it. On the wire it looks like any other."},
		{name: "samesite-strict", title: "SameSite=Strict", cookie: http.Cookie{SameSite: http.SameSiteStrictMode},
			look: "Not sent with requests that another site caused, not even by a link."},
		{name: "samesite-lax", title: "SameSite=Lax", cookie: http.Cookie{SameSite: http.SameSiteLaxMode},
			look: "Sent when a link of another site is followed, not with its forms and images. Browsers take this when nothing is said."},
		{name: "samesite-none", title: "SameSite=None", cookie: http.Cookie{SameSite: http.SameSiteNoneMode, Secure: true},
			look: "Sent with every request, also from other sites; browsers demand Secure with it."},
		{name: "samesite-none-insecure", title: "SameSite=None without Secure", cookie: http.Cookie{SameSite: http.SameSiteNoneMode},
			look: "Browsers refuse it, because Secure is missing."},
		{name: "host-prefix", title: "The prefix __Host-", cookie: http.Cookie{Name: "__Host-demo", Path: "/", Secure: true},
			look: "The name itself promises Secure, Path=/ and no Domain, and the browser holds the server to it."},
		{name: "broken-prefix", title: "The prefix __Host- without Secure", cookie: http.Cookie{Name: "__Host-broken", Path: "/"},
			look: "The name promises what the attributes do not say, so the browser refuses the cookie."},
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
