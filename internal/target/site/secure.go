package site

import "net/http"

func secureEntries() []entry {
	return []entry{
		{Route: Route{ID: "mixed", Path: "/mixed", Topic: "https",
			Try: "curl -v -k {base}/mixed"},
			handle: (*Site).mixed},
		{Route: Route{ID: "mixed-script-js", Path: "/mixed/script.js", Topic: "https",
			Try: "curl -v {base}/mixed/script.js"},
			handle: (*Site).mixedScript},
		{Route: Route{ID: "secure-login", Path: "/secure-login", Topic: "https",
			Try: "curl -v {base}/secure-login"},
			handle: (*Site).secureForm},
		{Route: Route{ID: "secure-login-post", Path: "/secure-login", Method: "POST", Topic: "https",
			Try: "curl -v -k -c jar {base}/secure-login -d 'user=philip&pw=123456'"},
			handle: (*Site).secureLogin},
		{Route: Route{ID: "secure-login-home", Path: "/secure-login/home", Topic: "https",
			Try: "curl -v -b jar {base}/secure-login/home"},
			handle: (*Site).secureHome},
	}
}

// mixed sets one cookie that plain HTTP sees and one that it does not: cookies
// do not care for ports, so both servers share them.
func (s *Site) mixed(w http.ResponseWriter, r *http.Request) {
	if r.TLS != nil {
		http.SetCookie(w, &http.Cookie{Name: "mixed-open", Value: "visible", Path: "/"})
		http.SetCookie(w, &http.Cookie{Name: "mixed-secure", Value: "hidden", Path: "/", Secure: true})
	}
	s.page(w, r, http.StatusOK, "mixed", nil)
}

// mixedScript is what an attacker would like to replace.
func (s *Site) mixedScript(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "text/javascript; charset=utf-8")
	_, _ = w.Write([]byte("document.body.append('A script that came over plain HTTP has run in this page.');\n"))
}

// secureForm sends its form to the HTTPS server.
func (s *Site) secureForm(w http.ResponseWriter, r *http.Request) {
	s.page(w, r, http.StatusOK, "secureform", nil)
}

// secureLogin protects the password and forgets the session: the cookie has no
// Secure attribute, and the redirect leads to plain HTTP.
func (s *Site) secureLogin(w http.ResponseWriter, r *http.Request) {
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
	s.logins.add(session{ID: id, User: user})
	http.SetCookie(w, &http.Cookie{Name: "sessionid", Value: id, Path: "/", HttpOnly: true})
	http.Redirect(w, r, s.options.HTTP+"/secure-login/home", http.StatusSeeOther)
}

// secureHome shows what the request carried, and how.
func (s *Site) secureHome(w http.ResponseWriter, r *http.Request) {
	x, found := s.logins.find(cookieValue(r, "sessionid"))
	if !found {
		s.message(w, r, http.StatusForbidden, "The request carries no id of a session that is open. Log in first.")
		return
	}
	s.page(w, r, http.StatusOK, "securehome", x)
}
