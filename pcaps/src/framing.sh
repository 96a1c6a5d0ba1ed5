# Connections, framing, timing, content codings and status codes.

# frames NAME PATH...: these paths of framing.py over one connection.
frames() {
  local name=$1; shift
  app framing.py 8080
  record "$name"
  get "${@/#/http:\/\/127.0.0.1:8080}"
  stop
}

make_persistent() {
  web
  record persistent
  get http://127.0.0.1:8080/{index.html,a.txt,b.txt,c.txt,hello.txt}
  stop
}

make_connection-close() {
  web
  record connection-close
  get -H 'Connection: close' 127.0.0.1:8080/a.txt
  get -H 'Connection: close' 127.0.0.1:8080/b.txt
  stop
}

make_http10() {
  web
  record http10
  get --http1.0 127.0.0.1:8080/a.txt
  get --http1.0 -H 'Connection: keep-alive' http://127.0.0.1:8080/{a,b}.txt
  stop
}

make_three-messages() { frames three-messages /first /second /third; }
make_content-length-42() { frames content-length-42 /content-length-42; }
make_chunked-42() { frames chunked-42 /chunked-42; }
make_slow-chunked() { frames slow-chunked /slow-chunked; }
make_slow-buffered() { frames slow-buffered /slow-buffered; }
make_chunk-trailers() { frames chunk-trailers /chunk-trailers; }
make_sse() { frames sse /sse; }
make_early-hints-103() { frames early-hints-103 /early-hints; }
make_deflate() { frames deflate /deflate /deflate-raw; }
make_brotli() { frames brotli /br; }
make_zstd() { frames zstd /zstd; }
make_gzip-chunked() { frames gzip-chunked /gzip-chunked; }

make_gzip() {
  web
  record gzip
  get --compressed 127.0.0.1:8080/packed/long.html
  get 127.0.0.1:8080/packed/long.html
  stop
}

make_chunked-request() {
  app framing.py 8080
  record chunked-request
  printf 'a body of unknown length' |
    get -H 'Transfer-Encoding: chunked' -H 'Content-Type: text/plain' -X POST -T - 127.0.0.1:8080/upload
  stop
}

# big FIELD PATH: a POST of 3000 bytes. With Expect curl holds the body back
# until it is invited, and sends none if it is refused.
big() {
  head -c 3000 /dev/zero | tr '\0' x >"$tmp/big.txt"
  get --expect100-timeout 5 -H "$1" --data-binary "@$tmp/big.txt" "127.0.0.1:8080$2"
}

make_expect-100() {
  app framing.py 8080
  record expect-100
  big 'Expect: 100-continue' /upload
  stop
}

# Refused with the question, accepted without.
make_expect-417() {
  app framing.py 8080
  record expect-417
  big 'Expect: 100-continue' /refuse
  big 'Expect:' /refuse
  stop
}

make_put-delete() {
  web
  record put-delete
  local note=127.0.0.1:8080/notes/1.txt
  get -X PUT -d 'buy milk' "$note" --next -sS "$note" --next -sS -X PUT -d 'buy tea' "$note" \
    --next -sS -X DELETE "$note" --next -sS "$note"
  stop
}

make_head() {
  web
  record head
  get -I http://127.0.0.1:8080/video.mp4 --next -sS http://127.0.0.1:8080/a.txt
  stop
}

# http.server knows no OPTIONS (501), nginx answers 405 with DAV off.
make_options() {
  web
  home_folder
  own_server
  record options
  get -X OPTIONS 127.0.0.1:8080/a.txt
  get -X OPTIONS 127.0.0.1:8000/
  stop
}

make_redirect() {
  web
  record redirect
  get -L 127.0.0.1:8080/old
  stop
}

make_basic-auth() {
  web
  record basic-auth
  get http://127.0.0.1:8080/secret/exam.txt --next -sS -u student:wrong \
    http://127.0.0.1:8080/secret/exam.txt --next -sS -u student:secret \
    http://127.0.0.1:8080/secret/exam.txt
  stop
}

make_favicon-404() {
  web
  record favicon-404
  get http://127.0.0.1:8080/{index.html,favicon.ico}
  stop
}

make_websocket() {
  app ws_server.py 8080
  record websocket
  get 127.0.0.1:8080/chat
  "$py" "$src/ws_client.py" 8080 >/dev/null
  stop
}

# Plain HTTP through the proxy as an absolute URL, HTTPS as a tunnel.
make_connect-proxy() {
  web
  certificate
  app secure.py 8443 "$tmp/cert.pem" "$tmp/key.pem"
  app proxy.py 3128
  record connect-proxy
  get -x 127.0.0.1:3128 127.0.0.1:8080/a.txt
  get -x 127.0.0.1:3128 --cacert "$tmp/cert.pem" https://127.0.0.1:8443/mail
  stop
}
