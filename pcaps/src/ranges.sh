# Partial content and conditional requests, answered by nginx.

# asks NAME FILE CURL-OPTION...: one request with these options.
asks() {
  web
  record "$1"
  get "127.0.0.1:8080/$2" "${@:3}"
  stop
}

make_range-single() { asks range-single video.mp4 -H 'Range: bytes=1900-2900'; }
make_range-multi() { asks range-multi lecture.bin -H 'Range: bytes=200-1000,2000-6576,19000-'; }
make_range-suffix() { asks range-suffix video.mp4 -H 'Range: bytes=-500'; }
make_range-416() { asks range-416 video.mp4 -H 'Range: bytes=99999-'; }

# Four ranges of one file: two touch, two overlap, and a hole is left.
make_range-pieces() {
  web
  record range-pieces
  local url=http://127.0.0.1:8080/video.mp4
  get -r 0-999 "$url" --next -sS -r 1000-1999 "$url" --next -sS -r 1500-2499 "$url" \
    --next -sS -r 4000- "$url"
  stop
}

make_if-range() {
  web
  local url=http://127.0.0.1:8080/video.mp4 etag
  etag=$(curl -sSI "$url" | sed -n 's/^ETag: \(.*\)\r$/\1/p')
  record if-range
  get -r 1900-2900 -H "If-Range: $etag" "$url" \
    --next -sS -r 1900-2900 -H 'If-Range: "an-older-one"' "$url"
  stop
}

make_range-wrong() {
  app oddities.py 8080
  record range-wrong
  get -H 'Range: bytes=1900-2900' http://127.0.0.1:8080/range-wrong \
    --next -sS -H 'Range: bytes=1900-2900' http://127.0.0.1:8080/range-other
  stop
}

make_conditional-304() {
  web
  local url=http://127.0.0.1:8080/video.mp4 etag
  etag=$(curl -sSI "$url" | sed -n 's/^ETag: \(.*\)\r$/\1/p')
  record conditional-304
  get "$url" --next -sS -H "If-None-Match: $etag" "$url" \
    --next -sS -H 'If-Modified-Since: Wed, 06 Mar 2024 02:03:31 GMT' "$url" \
    --next -sS -H 'If-None-Match: "an-older-one"' "$url"
  stop
}

# Two connections: nginx says keep-alive in a 412 and then closes all the same.
make_precondition-412() {
  web
  record precondition-412
  local url=http://127.0.0.1:8080/a.txt
  get -H 'If-Match: "an-older-one"' "$url"
  get -H 'If-Unmodified-Since: Mon, 01 Jan 2024 00:00:00 GMT' "$url"
  stop
}
