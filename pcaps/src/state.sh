# Sessions: cookies and what replaces them.

# One connection, the slide's order: log in, home, mail, log out, refused.
login_session() {
  local site=http://127.0.0.1:$1 jar=(-sS -b "$tmp/jar" -c "$tmp/jar")
  get "${jar[@]}" -d 'user=philip&pw=123456' "$site/login.php" \
    --next "${jar[@]}" "$site/home.php" --next "${jar[@]}" "$site/checkmail.php" \
    --next "${jar[@]}" "$site/logout.php"
}

make_cookies-login() {
  app webmail.py 8080
  record cookies-login
  login_session 8080
  get 127.0.0.1:8080/home.php
  stop
}

# The eavesdropper has another address and another browser; the cookie is all
# it takes.
make_cookie-hijack() {
  app webmail.py 8080
  record cookie-hijack
  get -A 'Victim/1.0' -d 'user=philip&pw=123456' 127.0.0.1:8080/login.php
  get -A 'Victim/1.0' -b sessionid=3a4b5e 127.0.0.1:8080/home.php
  get --interface 127.0.0.66 -A 'Attacker/6.6' 127.0.0.1:8080/checkmail.php
  get --interface 127.0.0.66 -A 'Attacker/6.6' -b sessionid=3a4b5e 127.0.0.1:8080/checkmail.php
  stop
}

# The names need no DNS: curl is told the address. What is withheld, and where,
# follows from path, domain, secure and expires.
make_cookies-scope() {
  app webmail.py 8080
  record cookies-scope
  local host path
  for path in www/scope/set www/scope/again www/ www/mail/inbox shop/ shop/mail; do
    host=${path%%/*}.example.com
    get -b "$tmp/jar" -c "$tmp/jar" --resolve "$host:8080:127.0.0.1" "$host:8080/${path#*/}"
  done
  stop
}

make_hidden-field() {
  app webmail.py 8080
  record hidden-field
  local url=http://127.0.0.1:8080/hidden
  get -d 'user=philip' $url --next -sS -d 'sid=3a4b5e&step=1' $url \
    --next -sS -d 'sid=3a4b5e&step=2' $url
  stop
}

make_query-string() {
  app webmail.py 8080
  record query-string
  local url=http://127.0.0.1:8080/query
  get -L $url --next -sS -e "$url?sid=3a4b5e&page=1" "$url?sid=3a4b5e&page=2" \
    --next -sS -e "$url?sid=3a4b5e&page=2" http://127.0.0.1:8080/other-site
  stop
}
