# demo.pcapng: one evening in the lab, a bit of everything.

demo_servers() {
  web 8081
  app web_hello.py 8080
  app flask_form.py 8000
  app webmail.py 8083
  app framing.py 8084
  app echo.py 5555
  certificate
  app secure.py 8443 "$tmp/cert.pem" "$tmp/key.pem"
}

# The lab's own demos.
demo_lab() {
  get 127.0.0.1:8080
  get 127.0.0.1:8080/not-exist
  pause 0.3
  get 127.0.0.1:8000/
  pause 0.5
  get -d 'user=CS305&password=123456' 127.0.0.1:8000/
  "$py" "$src/typist.py" 5555 test "CS305 is Awsome."
}

# One connection to nginx: page, icon, HEAD, two kinds of range, 304.
demo_files() {
  local site=http://127.0.0.1:8081
  get "$site/index.html" "$site/favicon.ico" --next -sS -I "$site/video.mp4" \
    --next -sS -r 1900-2900 "$site/video.mp4" \
    --next -sS -r 0-99,4602- "$site/video.mp4" \
    --next -sS -H 'If-Modified-Since: Wed, 06 Mar 2024 02:03:31 GMT' "$site/a.txt"
}

make_demo() {
  demo_servers
  record "$tmp/demo"
  demo_lab
  pause 0.2
  demo_files
  pause 0.4
  login_session 8083
  get http://127.0.0.1:8084/{content-length-42,chunked-42,chunk-trailers,slow-chunked}
  secure_visit
  stop
  editcap -F pcapng --inject-secrets "tls,$tmp/keys" \
    --capture-comment 'CS305 lab 4: the demos and a bit of everything' "$tmp/demo.pcap" "$out/demo.pcapng"
}
