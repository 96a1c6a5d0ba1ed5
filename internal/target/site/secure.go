package site

import "net/http"

func secureEntries() []entry {
	return []entry{
		{Route: Route{Path: "/mixed", Topic: "https", Title: "A secure page with insecure parts",
			Look: "The page comes over HTTPS, and names a script and images of plain HTTP: their requests, with the cookies that lack Secure, stand readable in the capture. Browsers block or upgrade most of them.",
			Try:  "curl -v -k {base}/mixed"},
			handle: (*Site).mixed},
		{Route: Route{Path: "/mixed/script.js", Topic: "https", Title: "The insecure script",
			Look: "Whoever can change this response on its way can change the secure page. This is why browsers refuse it.",
			Try:  "curl -v {base}/mixed/script.js"},
			handle: (*Site).mixedScript},
		{Route: Route{Path: "/secure-login", Topic: "https", Title: "Login over HTTPS, the rest over HTTP",
			Look: "The form goes to the HTTPS server. On plain HTTP the page with the form could have been changed before it arrived.",
			Try:  "curl -v {base}/secure-login"},
			handle: (*Site).secureForm},
		{Route: Route{Path: "/secure-login", Method: "POST", Topic: "https", Title: "The secured part",
			Look: "The password cannot be read. The redirect leads back to plain HTTP, and the cookie has no Secure.",
			Try:  "curl -v -k -c jar {base}/secure-login -d 'user=philip&pw=123456'"},
			handle: (*Site).secureLogin},
		{Route: Route{Path: "/secure-login/home", Topic: "https", Title: "The part that is not secured",
			Look: "The cookie that was set over HTTPS now travels in the clear: the password is safe, the session is not.",
			Try:  "curl -v -b jar {base}/secure-login/home"},
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
