package site_test

import (
	"net/http"
	"regexp"
	"strings"
	"testing"

	"httpscope/internal/target/site"
)

// TestCookieAttributes: one attribute at a time, as it stands on the wire.
func TestCookieAttributes(t *testing.T) {
	t.Parallel()
	s, c := serve(t), visitor(t, false)
	for name, want := range map[string]string{
		"session":                `session=demo; Path=/cookies`,
		"expires":                `expires=demo; Path=/cookies; Expires=DATE`,
		"max-age":                `max-age=demo; Path=/cookies; Max-Age=60`,
		"path":                   `path=demo; Path=/cookies/path`,
		"domain":                 `domain=demo; Path=/cookies; Domain=127.0.0.1`,
		"foreign-domain":         `foreign-domain=demo; Path=/cookies; Domain=example.com`,
		"secure":                 `secure=demo; Path=/cookies; Secure`,
		"httponly":               `httponly=demo; Path=/cookies; HttpOnly`,
		"samesite-strict":        `samesite-strict=demo; Path=/cookies; SameSite=Strict`,
		"samesite-lax":           `samesite-lax=demo; Path=/cookies; SameSite=Lax`,
		"samesite-none":          `samesite-none=demo; Path=/cookies; Secure; SameSite=None`,
		"samesite-none-insecure": `samesite-none-insecure=demo; Path=/cookies; SameSite=None`,
		"host-prefix":            `__Host-demo=demo; Path=/; Secure`,
		"broken-prefix":          `__Host-broken=demo; Path=/`,
	} {
		r, _ := ask(t, c, "GET", s.plain.URL+"/cookies/set/"+name, "")
		got := regexp.MustCompile(`Expires=[^;]+`).ReplaceAllString(strings.Join(r.Header.Values("Set-Cookie"),
			" + "), "Expires=DATE")
		if got != want {
			t.Errorf("%s: %s, want %s", name, got, want)
		}
	}
	for _, r := range site.New(site.Options{}).Routes() {
		if strings.HasPrefix(r.Path, "/cookies/set/") {
			if a, _ := ask(t, c, "GET", s.plain.URL+r.Path, ""); len(a.Header.Values("Set-Cookie")) != 1 {
				t.Errorf("%s sets %q", r.Path, a.Header.Values("Set-Cookie"))
			}
		}
	}
}

// TestCookiesComeBack: the path decides, and deletion reaches every cookie.
func TestCookiesComeBack(t *testing.T) {
	t.Parallel()
	s, c := serve(t), visitor(t, true)
	for _, name := range []string{"session", "path", "max-age", "broken-prefix"} {
		ask(t, c, "GET", s.plain.URL+"/cookies/set/"+name, "")
	}
	shown := func(path string) string {
		_, body := ask(t, c, "GET", s.plain.URL+path, "")
		return regexp.MustCompile(`<pre>Cookie: .*</pre>`).FindString(body)
	}
	if got := shown("/cookies/show"); strings.Contains(got, "path=demo") || !strings.Contains(got, "session=demo") {
		t.Errorf("/cookies/show: %s", got)
	}
	if got := shown("/cookies/path/show"); !strings.Contains(got, "path=demo") ||
		!strings.Contains(got, "session=demo") {
		t.Errorf("/cookies/path/show: %s", got)
	}
	ask(t, c, "GET", s.plain.URL+"/cookies/delete", "")
	if got := shown("/cookies/path/show"); got != "" {
		t.Errorf("after the deletion: %s", got)
	}
}

const philip = "user=philip&pw=123456"

// TestLoginByCookie is the session on the slides.
func TestLoginByCookie(t *testing.T) {
	t.Parallel()
	s, c := serve(t), visitor(t, true)
	status := func(method, path, body string) (int, string) {
		r, _ := ask(t, c, method, s.plain.URL+path, body)
		return r.StatusCode, r.Header.Get("Set-Cookie")
	}
	if code, _ := status("GET", "/home.php", ""); code != 403 {
		t.Errorf("home before the login: %d", code)
	}
	for _, body := range []string{"user=philip&pw=wrong", "user=&pw=123456", "",
		"user=" + strings.Repeat("a", 65) + "&pw=123456", "user=a&pw=123456&x=" + strings.Repeat("a", 70<<10)} {
		if code, set := status("POST", "/login.php", body); code != 403 || set != "" {
			t.Errorf("login with %.40q: %d %q", body, code, set)
		}
	}
	code, set := status("POST", "/login.php", philip)
	if code != 200 || !regexp.MustCompile(`^sessionid=[0-9a-f]{32}$`).MatchString(set) {
		t.Fatalf("login: %d %q", code, set)
	}
	for _, path := range []string{"/home.php", "/checkmail.php"} {
		if r, body := ask(t, c, "GET", s.plain.URL+path, ""); r.StatusCode != 200 || !strings.Contains(body, "philip") {
			t.Errorf("%s: %d %s", path, r.StatusCode, body)
		}
	}
	if code, set := status("GET", "/logout.php", ""); code != 200 || set != "sessionid=; Max-Age=0" {
		t.Errorf("logout: %d %q", code, set)
	}
	if r, _ := ask(t, visitor(t, false), "GET", s.plain.URL+"/home.php", "", "Cookie: "+set); r.StatusCode != 403 {
		t.Errorf("the old cookie after the logout: %d", r.StatusCode)
	}
}

// TestLoginWithoutCookies: the same by hidden field and by query string.
func TestLoginWithoutCookies(t *testing.T) {
	t.Parallel()
	s, c := serve(t), visitor(t, false)
	ids := regexp.MustCompile(`[0-9a-f]{32}`)
	for folder, page := range map[string]func(name, id string) (*http.Response, string){
		"/hidden/": func(name, id string) (*http.Response, string) {
			return ask(t, c, "POST", s.plain.URL+"/hidden/"+name, "sessionid="+id)
		},
		"/query/": func(name, id string) (*http.Response, string) {
			return ask(t, c, "GET", s.plain.URL+"/query/"+name+"?sessionid="+id, "")
		},
	} {
		r, body := ask(t, c, "POST", s.plain.URL+folder+"login.php", philip)
		id := ids.FindString(body)
		if r.StatusCode != 200 || len(r.Header.Values("Set-Cookie")) != 0 || id == "" {
			t.Fatalf("%s: %d %v", folder, r.StatusCode, r.Header)
		}
		for _, name := range []string{"home.php", "checkmail.php"} {
			if r, body := page(name, id); r.StatusCode != 200 || !strings.Contains(body, "philip") {
				t.Errorf("%s%s: %d", folder, name, r.StatusCode)
			}
			if r, _ := page(name, "0"); r.StatusCode != 403 {
				t.Errorf("%s%s without the id: %d", folder, name, r.StatusCode)
			}
		}
		if r, _ := page("logout.php", id); r.StatusCode != 200 {
			t.Errorf("%slogout.php: %d", folder, r.StatusCode)
		}
		if r, _ := page("home.php", id); r.StatusCode != 403 {
			t.Errorf("%shome.php after the logout: %d", folder, r.StatusCode)
		}
	}
}

// TestOpenSessionIsHijacked: by copying the id, by guessing it and by fixing it.
func TestOpenSessionIsHijacked(t *testing.T) {
	t.Parallel()
	s, thief := serve(t), visitor(t, false)
	login := func(fields ...string) string {
		r, _ := ask(t, visitor(t, false), "POST", s.plain.URL+"/hijack/open/login", philip, fields...)
		return r.Header.Get("Set-Cookie")
	}
	if got := login(); got != "openid=3a4b5e; Path=/hijack/open" {
		t.Errorf("first login: %s", got)
	}
	if got := login(); got != "openid=3a4b5f; Path=/hijack/open" {
		t.Errorf("second login: %s", got)
	}
	if got := login("Cookie: openid=attack"); got != "openid=attack; Path=/hijack/open" {
		t.Errorf("login with an id of the attacker: %s", got)
	}
	if got := login("Cookie: openid=<a>"); got != "openid=3a4b60; Path=/hijack/open" {
		t.Errorf("login with an id that is none: %s", got)
	}
	for _, id := range []string{"3a4b5e", "attack"} {
		r, body := ask(t, thief, "GET", s.plain.URL+"/hijack/open/home", "", "Cookie: openid="+id, "User-Agent: thief")
		if r.StatusCode != 200 || !strings.Contains(body, "has been hijacked") {
			t.Errorf("%s: %d %s", id, r.StatusCode, body)
		}
	}
	ask(t, thief, "GET", s.plain.URL+"/hijack/open/logout", "", "Cookie: openid=attack")
	if r, _ := ask(t, thief, "GET", s.plain.URL+"/hijack/open/home", "", "Cookie: openid=attack"); r.StatusCode != 403 {
		t.Errorf("after the logout: %d", r.StatusCode)
	}
}

// TestBoundSessionIsNot: plain HTTP is refused, a fixed id is replaced, a
// stolen one is refused and ends the session.
func TestBoundSessionIsNot(t *testing.T) {
	t.Parallel()
	s, c := serve(t), visitor(t, false)
	if r, _ := ask(t, c, "POST", s.plain.URL+"/hijack/bound/login", philip); r.StatusCode != 403 ||
		r.Header.Get("Set-Cookie") != "" {
		t.Errorf("login over plain HTTP: %d %v", r.StatusCode, r.Header)
	}
	login := func(fields ...string) string {
		r, _ := ask(t, c, "POST", s.secure.URL+"/hijack/bound/login", philip, append(fields, "User-Agent: browser")...)
		set := r.Header.Get("Set-Cookie")
		if !regexp.MustCompile(`^__Host-sessionid=[0-9a-f]{32}; Path=/; HttpOnly; Secure; SameSite=Strict$`).MatchString(set) {
			t.Fatalf("login: %s", set)
		}
		cookie, _, _ := strings.Cut(set, ";")
		return "Cookie: " + cookie
	}
	home := func(cookie, agent string) int {
		r, _ := ask(t, c, "GET", s.secure.URL+"/hijack/bound/home", "", cookie, "User-Agent: "+agent)
		return r.StatusCode
	}
	first := login()
	second := login(first)
	if first == second || home(first, "browser") != 403 {
		t.Error("the id from before the login is still good")
	}
	if got := home(second, "browser"); got != 200 {
		t.Errorf("the owner: %d", got)
	}
	if got := home(second, "thief"); got != 403 {
		t.Errorf("the thief: %d", got)
	}
	if got := home(second, "browser"); got != 403 {
		t.Errorf("the owner after the theft: %d", got)
	}
	third := login()
	ask(t, c, "GET", s.secure.URL+"/hijack/bound/logout", "", third, "User-Agent: browser")
	if got := home(third, "browser"); got != 403 {
		t.Errorf("after the logout: %d", got)
	}
}

// TestMixedAndSecureLogin: where the plain and the secure server meet.
func TestMixedAndSecureLogin(t *testing.T) {
	t.Parallel()
	s, c := serve(t), visitor(t, false)
	r, body := ask(t, c, "GET", s.secure.URL+"/mixed", "")
	if !strings.Contains(body, `<img src="`+s.plain.URL+`/images/1.png"`) ||
		!strings.Contains(body, `<script src="`+s.plain.URL+`/mixed/script.js"`) {
		t.Errorf("the secure page refers to nothing insecure:\n%s", body)
	}
	if got := strings.Join(r.Header.Values("Set-Cookie"),
		" + "); got != "mixed-open=visible; Path=/ + mixed-secure=hidden; Path=/; Secure" {
		t.Errorf("cookies %s", got)
	}
	if r, body := ask(t, c, "GET", s.plain.URL+"/mixed", ""); strings.Contains(body, "<script") ||
		len(r.Header.Values("Set-Cookie")) != 0 || !strings.Contains(body, s.secure.URL+"/mixed") {
		t.Errorf("the plain page:\n%s", body)
	}
	if _, body := ask(t, c, "GET", s.plain.URL+"/secure-login", ""); !strings.Contains(body,
		`action="`+s.secure.URL+`/secure-login"`) {
		t.Errorf("the form goes elsewhere:\n%s", body)
	}
	r, _ = ask(t, c, "POST", s.secure.URL+"/secure-login", philip)
	set, _, _ := strings.Cut(r.Header.Get("Set-Cookie"), ";")
	if r.StatusCode != 303 || r.Header.Get("Location") != s.plain.URL+"/secure-login/home" ||
		strings.Contains(r.Header.Get("Set-Cookie"), "Secure") {
		t.Errorf("login: %d %v", r.StatusCode, r.Header)
	}
	if r, body := ask(t, c, "GET", s.plain.URL+"/secure-login/home", "", "Cookie: "+set); r.StatusCode != 200 ||
		!strings.Contains(body, "came over plain HTTP") {
		t.Errorf("home: %d\n%s", r.StatusCode, body)
	}
}
