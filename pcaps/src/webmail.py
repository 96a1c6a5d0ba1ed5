"""The slide's mail site: three ways to carry a session, and cookie scopes.

/login.php, /home.php, /checkmail.php, /logout.php   the session in a cookie
/hidden, /query                                      in a form field, in the URL
/scope...                                            cookies with attributes
"""
from urllib.parse import parse_qs

from tinyhttp import answer, serve

SESSION = "3a4b5e"       # fixed as on the slide; a real site draws it at random
HTML = "text/html"


def page(text, *fields, status="200 OK"):
    return answer(f"<html><body>{text}</body></html>\n".encode(), status, HTML, *fields)


def login(req):
    form = parse_qs(req.body().decode())
    if form.get("pw") != ["123456"]:
        return page("Wrong password", status="403 Forbidden")
    return page("Welcome", f"Set-Cookie: sessionid={SESSION}; Path=/; HttpOnly; SameSite=Lax")


def logout(req):
    return page("Bye", "Set-Cookie: sessionid=; Path=/; Max-Age=0;"
                " Expires=Thu, 01 Jan 1970 00:00:00 GMT")


def private(text):
    def handler(req):
        # The cookie alone decides: neither address nor browser is looked at.
        if f"sessionid={SESSION}" in req.fields.get("cookie", ""):
            return page(text)
        return page("Log in first", "Location: /login.html", status="302 Found")
    return handler


def hidden(req):
    """The session id travels in a hidden field of every form."""
    form = parse_qs(req.body().decode())
    step = int(form.get("step", ["0"])[0])
    session = form.get("sid", [SESSION])[0]
    return page(f'<form method="post" action="/hidden">step {step}'
                f'<input type="hidden" name="sid" value="{session}">'
                f'<input type="hidden" name="step" value="{step + 1}"></form>')


def query(req):
    """The session id travels in the query string of every link."""
    if "?" not in req.target:
        return page("Moved", f"Location: /query?sid={SESSION}&page=1", status="302 Found")
    args = parse_qs(req.target.partition("?")[2])
    here = int(args["page"][0])
    return page(f'<a href="/query?sid={args["sid"][0]}&amp;page={here + 1}">next</a>')


SCOPES = [
    # The slide's cookie: it ran out in 2010, so no client keeps it.
    "userid=12345; expires=Fri, 31-Dec-2010 23:59:59 GMT; path=/; domain=.example.com",
    "hostonly=1",                            # no domain: this host only, path /scope
    "everywhere=2; Path=/; Domain=example.com",
    "mail=3; Path=/mail",
    "safe=4; Path=/; Secure",                # set over http: clients refuse it
    "foreign=5; Path=/; Domain=example.org",  # not our domain: refused
    "week=6; Path=/; Max-Age=604800; SameSite=Strict",
    "script=7; Path=/; HttpOnly",
]


def scope(req):
    return page("eight cookies", *("Set-Cookie: " + cookie for cookie in SCOPES))


def echo_cookie(req):
    return page("you sent: " + (req.fields.get("cookie") or "no cookie"))


ROUTES = {
    "/login.php": login, "/logout.php": logout,
    "/home.php": private("Home of philip"),
    "/checkmail.php": private("2 new mails: exam results; lunch?"),
    "/hidden": hidden, "/query": query, "/scope/set": scope,
}


def handle(req):
    # The slide writes `POST login.php` without a slash; be kind to it.
    path = "/" + req.path.lstrip("/")
    yield ROUTES.get(path, echo_cookie)(req)


if __name__ == "__main__":
    serve(handle)
