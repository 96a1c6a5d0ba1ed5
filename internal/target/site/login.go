package site

import (
	"net/http"
	"strings"
)

func loginEntries() []entry {
	return []entry{
		{Route: Route{ID: "login", Path: "/login.php", Topic: "login",
			Try: "curl -v {base}/login.php"},
			handle: (*Site).loginForm},
		{Route: Route{ID: "login-post", Path: "/login.php", Method: "POST", Topic: "login",
			Try: "curl -v -c jar {base}/login.php -d 'user=philip&pw=123456'"},
			handle: (*Site).login},
		{Route: Route{ID: "home", Path: "/home.php", Topic: "login",
			Try: "curl -v -b jar {base}/home.php"},
			handle: (*Site).home},
		{Route: Route{ID: "checkmail", Path: "/checkmail.php", Topic: "login",
			Try: "curl -v -b jar {base}/checkmail.php"},
			handle: (*Site).checkMail},
		{Route: Route{ID: "logout", Path: "/logout.php", Topic: "login",
			Try: "curl -v -b jar -c jar {base}/logout.php"},
			handle: (*Site).logout},

		{Route: Route{ID: "hidden-login", Path: "/hidden/login.php", Topic: "hidden",
			Try: "curl -v {base}/hidden/login.php"},
			handle: (*Site).loginForm},
		{Route: Route{ID: "hidden-login-post", Path: "/hidden/login.php", Method: "POST", Topic: "hidden",
			Try: "curl -v {base}/hidden/login.php -d 'user=philip&pw=123456'"},
			handle: (*Site).login},
		{Route: Route{ID: "hidden-home-post", Path: "/hidden/home.php", Method: "POST", Topic: "hidden",
			Try: "curl -v {base}/hidden/home.php -d 'sessionid=ID'"},
			handle: (*Site).home},
		{Route: Route{ID: "hidden-checkmail-post", Path: "/hidden/checkmail.php", Method: "POST", Topic: "hidden",
			Try: "curl -v {base}/hidden/checkmail.php -d 'sessionid=ID'"},
			handle: (*Site).checkMail},
		{Route: Route{ID: "hidden-logout-post", Path: "/hidden/logout.php", Method: "POST", Topic: "hidden",
			Try: "curl -v {base}/hidden/logout.php -d 'sessionid=ID'"},
			handle: (*Site).logout},

		{Route: Route{ID: "query-login", Path: "/query/login.php", Topic: "query",
			Try: "curl -v {base}/query/login.php"},
			handle: (*Site).loginForm},
		{Route: Route{ID: "query-login-post", Path: "/query/login.php", Method: "POST", Topic: "query",
			Try: "curl -v {base}/query/login.php -d 'user=philip&pw=123456'"},
			handle: (*Site).login},
		{Route: Route{ID: "query-home", Path: "/query/home.php", Topic: "query",
			Try: "curl -v '{base}/query/home.php?sessionid=ID'"},
			handle: (*Site).home},
		{Route: Route{ID: "query-checkmail", Path: "/query/checkmail.php", Topic: "query",
			Try: "curl -v '{base}/query/checkmail.php?sessionid=ID'"},
			handle: (*Site).checkMail},
		{Route: Route{ID: "query-logout", Path: "/query/logout.php", Topic: "query",
			Try: "curl -v '{base}/query/logout.php?sessionid=ID'"},
			handle: (*Site).logout},
	}
}

// password opens every account; philip is the user on the slide.
const password = "123456"

// desk is the data of the pages around a login.
type desk struct {
	Folder  string // "/", "/hidden/" or "/query/"
	Carrier string // "cookie", "hidden" or "query"
	Session session
}

// deskOf tells by the address how a session is carried.
func deskOf(r *http.Request) desk {
	switch {
	case strings.HasPrefix(r.URL.Path, "/hidden/"):
		return desk{Folder: "/hidden/", Carrier: "hidden"}
	case strings.HasPrefix(r.URL.Path, "/query/"):
		return desk{Folder: "/query/", Carrier: "query"}
	}
	return desk{Folder: "/", Carrier: "cookie"}
}

// loginForm asks for name and password.
func (s *Site) loginForm(w http.ResponseWriter, r *http.Request) {
	s.page(w, r, http.StatusOK, "loginform", deskOf(r))
}

// login checks the password and begins a session.
func (s *Site) login(w http.ResponseWriter, r *http.Request) {
	d := deskOf(r)
	user, ok := s.credentials(w, r)
	if !ok {
		s.message(w, r, http.StatusForbidden, "The password is wrong. Go back and try philip with 123456.")
		return
	}
	id, err := s.logins.randomID(s.options.Rand)
	if err != nil {
		s.message(w, r, http.StatusInternalServerError, "No session could be made. Try again.")
		return
	}
	d.Session = session{ID: id, User: user}
	s.logins.add(d.Session)
	if d.Carrier == "cookie" {
		http.SetCookie(w, &http.Cookie{Name: "sessionid", Value: id})
	}
	s.page(w, r, http.StatusOK, "home", d)
}

// credentials reads the form of a login.
func (s *Site) credentials(w http.ResponseWriter, r *http.Request) (user string, ok bool) {
	form := postForm(w, r)
	user = form.Get("user")
	return user, user != "" && len(user) <= maxName && form.Get("pw") == password
}

// home is a page that needs a session.
func (s *Site) home(w http.ResponseWriter, r *http.Request) { s.withSession(w, r, "home") }

// checkMail is another one.
func (s *Site) checkMail(w http.ResponseWriter, r *http.Request) { s.withSession(w, r, "checkmail") }

// withSession shows a page to those who are logged in.
func (s *Site) withSession(w http.ResponseWriter, r *http.Request, page string) {
	d := deskOf(r)
	var found bool
	if d.Session, found = s.logins.find(sessionID(w, r, d)); !found {
		s.message(w, r, http.StatusForbidden, "The request carries no id of a session that is open. Log in first.")
		return
	}
	s.page(w, r, http.StatusOK, page, d)
}

// logout ends the session on the server, where it matters, and the cookie.
func (s *Site) logout(w http.ResponseWriter, r *http.Request) {
	d := deskOf(r)
	s.logins.remove(sessionID(w, r, d))
	if d.Carrier == "cookie" {
		http.SetCookie(w, &http.Cookie{Name: "sessionid", MaxAge: -1})
	}
	s.page(w, r, http.StatusOK, "loggedout", d)
}

// sessionID reads the id from where it is carried.
func sessionID(w http.ResponseWriter, r *http.Request, d desk) string {
	switch d.Carrier {
	case "hidden":
		return postForm(w, r).Get("sessionid")
	case "query":
		return r.URL.Query().Get("sessionid")
	}
	return cookieValue(r, "sessionid")
}
