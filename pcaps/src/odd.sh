# Traffic that breaks or strains the rules.

# odd NAME [CURL-OPTION...]: the path of that name. curl may complain, rightly.
odd() {
  app oddities.py 8080
  record "$1"
  get "127.0.0.1:8080/$1" "${@:2}" || true
  stop
}

make_cl-short() { odd cl-short; }
make_rst-body() { odd rst-body; }
make_cl-te() { odd cl-te; }
make_dup-cl() { odd dup-cl; }
make_bad-chunk() { odd bad-chunk; }
make_chunk-cut() { odd chunk-cut; }
make_chunked-http10() { odd chunked-http10; }
make_obs-fold() { odd obs-fold; }

HOST='Host: 127.0.0.1:8080\r\n\r\n'

# follow NAME REQUEST...: requests as raw bytes, one after the other on one
# connection, to a server that yields surplus bytes.
follow() {
  local name=$1; shift
  app oddities.py 8080
  record "$name"
  raw 8080 "$@"
  stop
}

make_body-204() {
  follow body-204 "GET /body-204 HTTP/1.1\r\n$HOST" "GET /after HTTP/1.1\r\n$HOST"
}
make_excess-bytes() {
  follow excess-bytes "GET /excess-bytes HTTP/1.1\r\n$HOST" "GET /after HTTP/1.1\r\n$HOST"
}
make_bare-lf() {
  follow bare-lf 'GET /bare-lf HTTP/1.1\nHost: 127.0.0.1:8080\n\n'
}
# The head in three segments, cut within the method and within a field name.
make_split-head() {
  follow split-head '+GE' '+T /after HTTP/1.1\r\nHo' 'st: 127.0.0.1:8080\r\n\r\n'
}
# A request that never ends: the client gives up in the middle of its head.
make_head-cut() {
  follow head-cut 'GET /after HTTP/1.1\r\nHost: 127.0'
}

# HTTP/0.9: a request of one line, an answer without a head. nginx knows it.
make_http09() {
  web
  app oddities.py 8090
  record http09
  raw 8080 'GET /hello.txt\r\n'
  get --http0.9 127.0.0.1:8090/http09
  stop
}

# The slide's targets, which lack the slash. Our server is kind, others are not.
make_no-slash-target() {
  local cookie='Cookie: sessionid=3a4b5e\r\n'
  app webmail.py 8080
  web 8081
  record no-slash-target
  raw 8080 "POST login.php HTTP/1.1\r\nContent-Length: 21\r\n${HOST}user=philip&pw=123456" \
    "GET home.php HTTP/1.1\r\n$cookie$HOST" "GET checkmail.php HTTP/1.1\r\n$cookie$HOST"
  raw 8081 "GET home.php HTTP/1.1\r\n$HOST"
  stop
}

make_pipelining() {
  web
  record pipelining
  raw 8080 "GET /a.txt HTTP/1.1\r\n${HOST}GET /b.txt HTTP/1.1\r\n${HOST}GET /c.txt HTTP/1.1\r\n$HOST"
  stop
}

# HEAD in the middle: its answer has a length but no body.
make_pipelining-head() {
  web
  record pipelining-head
  raw 8080 "GET /a.txt HTTP/1.1\r\n${HOST}HEAD /video.mp4 HTTP/1.1\r\n${HOST}GET /b.txt HTTP/1.1\r\n$HOST"
  stop
}

make_h2c() {
  web
  record h2c
  get --http2-prior-knowledge http://127.0.0.1:8082/a.txt
  stop
}

# Not HTTP at all: two banners, as when SSH connects.
make_ssh-banner() {
  serve 2222 sh -c "printf 'SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n' | nc -N -l 127.0.0.1 2222"
  record ssh-banner
  raw 2222 'SSH-2.0-PuTTY_Release_0.78\r\n'
  stop
}
