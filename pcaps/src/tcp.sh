# What happens below HTTP, and other ways to capture.

# The same client port twice. The server closes first and keeps TIME-WAIT;
# curl may bind the port again, and the server accepts it as a new connection.
make_port-reuse() {
  web
  record port-reuse
  get -H 'Connection: close' 127.0.0.1:8080/a.txt
  wait_for 2 drained
  port=$((port - 1))
  get -H 'Connection: close' 127.0.0.1:8080/b.txt
  stop
}

make_ipv6() {
  web
  record ipv6
  get 'http://[::1]:8080/a.txt' 'http://[::1]:8080/missing'
  stop
}

# The client closes its direction at once; the answer still comes.
make_half-close() {
  home_folder
  own_server
  record half-close
  printf 'GET /test.txt HTTP/1.0\r\n\r\n' | nc -N -p 50001 127.0.0.1 8000 >/dev/null
  stop
}

# 2.5 idle seconds with TCP probes, a second request, then the server's own
# idle limit of 3 seconds.
make_keepalive-idle() {
  web
  record keepalive-idle
  raw --keepalive 8080 "GET /a.txt HTTP/1.1\r\n$HOST" 2.3 "GET /b.txt HTTP/1.1\r\n$HOST" 3.5
  stop
}

# A browser's spare connection: opened, never used.
make_speculative() {
  web
  record speculative
  raw 8080 2 &
  get 127.0.0.1:8080/a.txt
  wait $!
  stop
}

make_refused() {
  record refused
  get 127.0.0.1:8000/ || true
  stop
}

make_odd-port() {
  home_folder
  serve 12345 "$py" -u -m http.server 12345 --directory "$tmp/home"
  record odd-port
  get 127.0.0.1:12345/test.txt
  stop
}

make_nanosecond() {
  web
  record nanosecond lo --time-stamp-precision=nano
  get 127.0.0.1:8080/a.txt
  stop
}

make_truncated() {
  web
  record truncated lo -s 96
  get 127.0.0.1:8080/video.mp4
  stop
}

# All interfaces at once; both generations of the cooked header.
make_any-interface() {
  home_folder
  classmate
  own_server
  record any-interface any
  record any-interface-sll1 any -y LINUX_SLL
  visits
  stop
}

# A download in segments of Ethernet size, to be damaged afterwards.
download() {
  ethernet_sized
  web
  record "$tmp/base"
  get http://127.0.0.1:8080/{video.mp4,a.txt}
  stop
}

# damage NAME OPERATION K...: on the Kth data segments from the server.
damage() {
  local name=$1 operation=$2 k; shift 2
  download
  for k in "$@"; do
    operation+=" $(nth "$tmp/base.pcap" 'tcp.srcport == 8080 && tcp.len > 0' "$k")"
  done
  "$py" -B "$src/mangle.py" "$operation" "$tmp/base.pcap" "$out/$name.pcap"
}

make_lost-segment() { damage lost-segment drop 2; }
make_out-of-order() { damage out-of-order ahead 3 2; }
make_retransmission() { damage retransmission dup 2; }
make_mid-stream() { damage mid-stream from 3; }

# The lab's own traffic under the link layers of other systems.
relinked() {
  app web_hello.py 8080
  record "$tmp/base"
  get 127.0.0.1:8080
  stop
  "$py" -B "$src/relink.py" "$2" "$tmp/base.pcap" "$out/$1.pcap"
}

make_link-null() { relinked link-null null; }
make_link-raw() { relinked link-raw raw; }
make_big-endian() { relinked big-endian big; }
