# The lab's own demos, programs and practices.

make_echo-telnet() {
  app echo.py 5555
  record echo-telnet
  "$py" "$src/typist.py" 5555 test "CS305 is Awsome." exit
  stop
}

# The slide's question "how to exit the loop": only `exit` without a line end.
make_echo-exit() {
  app echo.py 5555
  record echo-exit
  raw 5555 'test' 'exit'
  stop
}

make_echo-threads() {
  app echo_multithreading.py 5555
  record echo-threads
  raw 5555 'client 1\r\n' 1.5 &
  pause 0.5       # the first client is to be still there
  raw 5555 'client 2\r\n' 0.5
  wait $!
  stop
}

make_web-hello() {
  app web_hello.py 8080
  record web-hello
  get 127.0.0.1:8080
  get 127.0.0.1:8080/not-exist
  stop
}

# A folder as in the lab: first without, then with index.html.
home_folder() {
  mkdir -p "$tmp/home/Documents" "$tmp/home/Downloads"
  echo "a text file" >"$tmp/home/test.txt"
  echo "lab report" >"$tmp/home/Documents/report.txt"
}

own_server() { serve 8000 "$py" -u -m http.server 8000 --directory "$tmp/home"; }

make_http-server() {
  home_folder
  own_server
  record http-server
  get 127.0.0.1:8000/
  get 127.0.0.1:8000/test.txt
  get 127.0.0.1:8000/Documents
  get 127.0.0.1:8000/Documents/
  get 127.0.0.1:8000/favicon.ico
  get --path-as-is 127.0.0.1:8000/../../../etc/passwd
  printf '<html>\nThis is a test demo of CS305\n</html>\n' >"$tmp/home/index.html"
  get 127.0.0.1:8000/
  stop
}

# Practice 4.2: the own PC over loopback, the classmate over the WLAN.
visits() {
  get 10.24.118.137:8000/
  get 127.0.0.1:8000/test.txt
  ip netns exec "$peer" curl -sS --local-port 43324-43330 10.24.118.137:8000/ \
    10.24.118.137:8000/favicon.ico >>"$tmp/curl.out" 2>&1
}

make_http-server-classmate() {
  home_folder
  classmate
  own_server
  record http-server-own lo
  record http-server-classmate wlan0
  ip netns exec "$peer" tcpdump -i wlan0 -Z root -U --immediate-mode \
    -w "$out/http-server-classmate-side.pcap" 2>"$tmp/peer.log" &
  dumps+=($!) dump_logs+=("$tmp/peer.log")
  wait_for 10 grep -q 'listening on' "$tmp/peer.log"
  visits
  stop
}

# The same visits, both interfaces in one file, by Wireshark's own dumpcap.
make_two-interfaces() {
  home_folder
  classmate
  own_server
  dumpcap -i lo -i wlan0 -w "$out/two-interfaces.pcapng" 2>"$tmp/dumpcap.log" &
  dumps+=($!) dump_logs+=("$tmp/dumpcap.log")
  # It names the file once both interfaces are open.
  wait_for 10 grep -q 'File:' "$tmp/dumpcap.log"
  visits
  stop
  "$py" "$src/anonymous.py" "$out/two-interfaces.pcapng"
}

make_flask-form() {
  app flask_form.py 8000
  record flask-form
  get 127.0.0.1:8000/
  get -d 'user=CS305&password=123456' 127.0.0.1:8000/
  stop
}

# Flask's default port, where no tool expects HTTP by number.
make_flask-5000() {
  app flask_form.py 5000
  record flask-5000
  get -d 'user=CS305&password=123456' 127.0.0.1:5000/
  stop
}

make_post-split() {
  app flask_form.py 8000
  record post-split
  "$py" "$src/post_split.py" 8000 >/dev/null
  stop
}

make_upload-multipart() {
  app framing.py 8080
  echo "my report" >"$tmp/report.txt"
  record upload-multipart
  get -F student=CS305 -F "file=@$tmp/report.txt" 127.0.0.1:8080/upload
  stop
}

make_browser-flask() {
  app flask_form.py 8000
  record browser-flask
  browse http://127.0.0.1:8000/static/auto.html --virtual-time-budget=5000
  stop
}

make_browser-images() {
  app gallery.py 8080
  record browser-images
  browse http://127.0.0.1:8080/
  stop
}
