package site

import (
	"net/http"
	"regexp"
)

func hijackEntries() []entry {
	return []entry{
		{Route: Route{ID: "hijack", Path: "/hijack", Topic: "hijack",
			Try: "curl -v {base}/hijack"},
			handle: (*Site).hijackPage},
		{Route: Route{ID: "hijack-open-login", Path: "/hijack/open/login", Topic: "hijack",
			Try: "curl -v {base}/hijack/open/login"},
			handle: (*Site).openForm},
		{Route: Route{ID: "hijack-open-login-post", Path: "/hijack/open/login", Method: "POST", Topic: "hijack",
			Try: "curl -v -c jar {base}/hijack/open/login -d 'user=philip&pw=123456'"},
			handle: (*Site).openLogin},
		{Route: Route{ID: "hijack-open-home", Path: "/hijack/open/home", Topic: "hijack",
			Try: "curl -v {base}/hijack/open/home -b openid=3a4b5e"},
			handle: (*Site).openHome},
		{Route: Route{ID: "hijack-open-logout", Path: "/hijack/open/logout", Topic: "hijack",
			Try: "curl -v -b jar -c jar {base}/hijack/open/logout"},
			handle: (*Site).openLogout},
		{Route: Route{ID: "hijack-bound-login", Path: "/hijack/bound/login", Topic: "hijack",
			Try: "curl -v -k {base}/hijack/bound/login"},
			handle: (*Site).boundForm},
		{Route: Route{ID: "hijack-bound-login-post", Path: "/hijack/bound/login", Method: "POST", Topic: "hijack",
			Try: "curl -v -k -c jar {base}/hijack/bound/login -d 'user=philip&pw=123456'"},
			handle: (*Site).boundLogin},
		{Route: Route{ID: "hijack-bound-home", Path: "/hijack/bound/home", Topic: "hijack",
			Try: "curl -v -k -b jar {base}/hijack/bound/home -A thief"},
			handle: (*Site).boundHome},
		{Route: Route{ID: "hijack-bound-logout", Path: "/hijack/bound/logout", Topic: "hijack",
			Try: "curl -v -k -b jar -c jar {base}/hijack/bound/logout"},
			handle: (*Site).boundLogout},
	}
}

// The cookies of the two kinds of sessions.
const (
	openCookie  = "openid"
	boundCookie = "__Host-sessionid"
)

// caller is the data of the pages that show whose session it is.
type caller struct {
	Folder  string
	Session session
	Address string // of this request
	Agent   string
	Stolen  bool // this request does not come from where the login came from
}

func callerOf(r *http.Request, folder string, x session) caller {
	c := caller{Folder: folder, Session: x, Address: clientAddress(r), Agent: agentOf(r)}
	c.Stolen = c.Address != x.Address || c.Agent != x.Agent
	return c
}

// agentOf is the visitor's User-Agent, as much of it as is kept in a session.
func agentOf(r *http.Request) string {
	agent := r.UserAgent()
	return agent[:min(len(agent), maxAgent)]
}

// hijackPage explains the two.
func (s *Site) hijackPage(w http.ResponseWriter, r *http.Request) {
	s.page(w, r, http.StatusOK, "hijack", nil)
}

// openForm asks for name and password.
func (s *Site) openForm(w http.ResponseWriter, r *http.Request) {
	s.page(w, r, http.StatusOK, "hijackform", "/hijack/open/login")
}

// openLogin makes every mistake on purpose: an id that can be guessed, one that
// the browser brought along is kept (session fixation), no attribute on the
// cookie, nothing that binds the id to the visitor.
func (s *Site) openLogin(w http.ResponseWriter, r *http.Request) {
	user, ok := s.credentials(w, r)
	if !ok {
		s.message(w, r, http.StatusForbidden, "The password is wrong. Go back and try philip with 123456.")
		return
	}
	id := cookieValue(r, openCookie)
	if !fixable(id) {
		id = s.open.nextID()
	}
	x := session{ID: id, User: user, Address: clientAddress(r), Agent: agentOf(r)}
	s.open.add(x)
	http.SetCookie(w, &http.Cookie{Name: openCookie, Value: id, Path: "/hijack/open"})
	s.page(w, r, http.StatusOK, "hijackhome", callerOf(r, "/hijack/open/", x))
}

// fixable reports an id that a visitor may choose: fixation is wanted here,
// values of any size and shape are not.
func fixable(id string) bool { return regexp.MustCompile(`^[0-9A-Za-z]{1,32}$`).MatchString(id) }

// openHome asks for nothing but the id.
func (s *Site) openHome(w http.ResponseWriter, r *http.Request) {
	x, found := s.open.find(cookieValue(r, openCookie))
	if !found {
		s.message(w, r, http.StatusForbidden,
			"The request carries no id of a session that is open. Log in first, or guess better.")
		return
	}
	s.page(w, r, http.StatusOK, "hijackhome", callerOf(r, "/hijack/open/", x))
}

// openLogout ends the session and the cookie.
func (s *Site) openLogout(w http.ResponseWriter, r *http.Request) {
	s.open.remove(cookieValue(r, openCookie))
	http.SetCookie(w, &http.Cookie{Name: openCookie, Path: "/hijack/open", MaxAge: -1})
	s.message(w, r, http.StatusOK, "You are logged out.")
}

// boundForm asks for name and password, over HTTPS.
func (s *Site) boundForm(w http.ResponseWriter, r *http.Request) {
	if s.secured(w, r) {
		s.page(w, r, http.StatusOK, "hijackform", "/hijack/bound/login")
	}
}

// boundLogin never goes on with an id from before the login, else an attacker
// could have put it there.
func (s *Site) boundLogin(w http.ResponseWriter, r *http.Request) {
	if !s.secured(w, r) {
		return
	}
	user, ok := s.credentials(w, r)
	if !ok {
		s.message(w, r, http.StatusForbidden, "The password is wrong. Go back and try philip with 123456.")
		return
	}
	s.bound.remove(cookieValue(r, boundCookie))
	id, err := s.bound.randomID(s.options.Rand)
	if err != nil {
		s.message(w, r, http.StatusInternalServerError, "No session could be made. Try again.")
		return
	}
	x := session{ID: id, User: user, Address: clientAddress(r), Agent: agentOf(r)}
	s.bound.add(x)
	http.SetCookie(w, boundTo(id))
	s.page(w, r, http.StatusOK, "hijackhome", callerOf(r, "/hijack/bound/", x))
}

// boundTo is the cookie of a bound session.
func boundTo(id string) *http.Cookie {
	return &http.Cookie{Name: boundCookie, Value: id, Path: "/", Secure: true, HttpOnly: true,
		SameSite: http.SameSiteStrictMode}
}

// boundHome refuses an id that comes from somebody else, and ends the session:
// it is known to be stolen.
func (s *Site) boundHome(w http.ResponseWriter, r *http.Request) {
	if !s.secured(w, r) {
		return
	}
	x, found := s.bound.find(cookieValue(r, boundCookie))
	c := callerOf(r, "/hijack/bound/", x)
	switch {
	case !found:
		s.message(w, r, http.StatusForbidden, "The request carries no id of a session that is open. Log in first.")
	case c.Stolen:
		s.bound.remove(x.ID)
		s.message(w, r, http.StatusForbidden,
			"This id was given to another address or another browser. It is refused, and the session is over.")
	default:
		s.page(w, r, http.StatusOK, "hijackhome", c)
	}
}

// boundLogout ends the session and the cookie.
func (s *Site) boundLogout(w http.ResponseWriter, r *http.Request) {
	if !s.secured(w, r) {
		return
	}
	s.bound.remove(cookieValue(r, boundCookie))
	gone := boundTo("")
	gone.MaxAge = -1
	http.SetCookie(w, gone)
	s.message(w, r, http.StatusOK, "You are logged out.")
}

// secured refuses plain HTTP: a redirect would come after the password and the
// cookie had travelled in the clear.
func (s *Site) secured(w http.ResponseWriter, r *http.Request) bool {
	if r.TLS == nil {
		s.page(w, r, http.StatusForbidden, "needshttps", r.URL.Path)
	}
	return r.TLS != nil
}
