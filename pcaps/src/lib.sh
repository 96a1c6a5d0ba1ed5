# Helpers for the recipes. Everything here runs inside a private namespace.
# $tmp is a scratch folder, $out the folder whose files become captures.

servers=() dumps=() dump_logs=() port=50000

# wait_for SECONDS COMMAND...: poll until the command succeeds.
wait_for() {
  local end=$((SECONDS + $1)); shift
  until "$@" >/dev/null 2>&1; do
    ((SECONDS < end)) || { echo "gave up waiting for: $*" >&2; return 1; }
    sleep 0.05
  done
}

listening() { [[ -n $(ss -Hltn "sport = :$1") ]]; }

# serve PORT COMMAND...: start a server and wait until it listens. It leads a
# process group, so that its children (Flask's reloader) end with it.
serve() {
  local at=$1; shift
  PYTHONDONTWRITEBYTECODE=1 setsid "$@" >"$tmp/server-$at.log" 2>&1 </dev/null &
  servers+=($!)
  wait_for 15 listening "$at"
}

# app FILE PORT [ARGUMENT...]: one of the Python servers beside this file.
app() { serve "$2" "$py" -u "$src/$1" "${@:2}"; }

# web [PORT]: nginx over a fresh site with fixed dates, on 8080 (then on 8082
# too, for HTTP/2) or on another port beside a server that has 8080.
web() {
  local www=$tmp/www
  mkdir -p "$www/site/notes" "$www/site/secret"
  "$py" "$src/make_site.py" "$www/site"
  echo "student:$(openssl passwd -apr1 -salt cs305 secret)" >"$www/htpasswd"
  echo "the exam questions" >"$www/site/secret/exam.txt"
  sed "s/8080;/${1:-8080};/" "$src/nginx.conf" >"$www/nginx.conf"
  serve "${1:-8080}" nginx -e stderr -p "$www" -c "$www/nginx.conf"
}

# record NAME [INTERFACE [tcpdump option...]]: start a capture and wait until
# it is live. NAME may be a path; --immediate-mode and -U keep nothing back.
record() {
  local file=$1 log=$tmp/tcpdump-${#dumps[@]}.log
  [[ $file == */* ]] || file=$out/$file
  tcpdump -i "${2:-lo}" -Z root -U --immediate-mode -B 16384 -w "$file.pcap" "${@:3}" 2>"$log" &
  dumps+=($!) dump_logs+=("$log")
  wait_for 10 grep -q 'listening on' "$log"
}

drained() { ! ss -Htan | grep -qvE '^(LISTEN|TIME-WAIT)'; }

stop_servers() {
  ((${#servers[@]})) || return 0
  wait_for 3 drained 2>/dev/null || true      # a lab server may hold its end open
  local pid
  for pid in "${servers[@]}"; do kill -TERM -- "-$pid" 2>/dev/null || true; done
  wait "${servers[@]}" 2>/dev/null || true
  servers=()
  wait_for 5 drained
}

# steady: true once the capture files have stopped growing.
steady() {
  local before after
  before=$(stat -c %s "$out"/* "$tmp"/*.pcap 2>/dev/null | tr '\n' ' ')
  sleep 0.2
  after=$(stat -c %s "$out"/* "$tmp"/*.pcap 2>/dev/null | tr '\n' ' ')
  [[ $before == "$after" ]]
}

# stop: servers first, so that their FINs are in the capture; then tcpdump,
# once nothing more comes. A capture with dropped packets is worthless.
stop() {
  stop_servers
  wait_for 5 steady
  kill -INT "${dumps[@]}"
  wait "${dumps[@]}" || true
  if grep -hE '^[1-9][0-9]* packets dropped' "${dump_logs[@]}"; then return 1; fi
  dumps=() dump_logs=()
}

# get CURL-ARGUMENTS...: one connection from the next fixed port, 50001 on.
get() {
  port=$((port + 1))
  curl -sS --max-time 20 --local-port "$port" "$@" >>"$tmp/curl.out" 2>&1
}

# raw [OPTIONS] PORT STEP...: given bytes on one connection.
raw() { "$py" "$src/raw_client.py" "$@"; }

# pause SECONDS: the user thinks. Only for the shape of a timeline, never to
# wait for something.
pause() { sleep "$1"; }

# browse URL: headless Chromium with a new, empty profile, until the page has
# settled. HOME too is new: nothing of the user's own may leak into a capture.
# One name is known, no other: its background services stay out of the file.
browse() {
  local names='MAP www.example.com 127.0.0.1,MAP * ~NOTFOUND,EXCLUDE 127.0.0.1'
  HOME=$tmp/home chromium --headless --no-sandbox --disable-gpu --disable-quic \
    --no-first-run --disable-background-networking --disable-component-update \
    --disable-sync --host-resolver-rules="$names" \
    --user-data-dir="$tmp/profile" "${@:2}" --dump-dom "$1" \
    >"$tmp/dom.html" 2>"$tmp/chromium.log"
}

# nth FILE FILTER N: the number of the Nth packet that a display filter picks.
nth() { tshark -r "$1" -Y "$2" -T fields -e frame.number 2>/dev/null | sed -n "${3}p"; }

# ethernet_sized: segments of at most 1460 bytes, as on a real network; lo
# would carry 64 KB in one. Needed where a packet is to be lost or moved.
ethernet_sized() { ip link set lo mtu 1500 gso_max_segs 1; }

# classmate: an Ethernet link to the peer namespace, with the lab's addresses.
# IPv6 is off on it, which spares the captures the neighbour discovery.
classmate() {
  ip link add wlan0 type veth peer name wlan0 netns "$peer"
  sysctl -qw net.ipv6.conf.wlan0.disable_ipv6=1
  ip netns exec "$peer" sysctl -qw net.ipv6.conf.wlan0.disable_ipv6=1
  ip addr add 10.24.118.137/16 dev wlan0
  ip -n "$peer" addr add 10.24.114.91/16 dev wlan0
  ip link set wlan0 up
  ip -n "$peer" link set wlan0 up
}
