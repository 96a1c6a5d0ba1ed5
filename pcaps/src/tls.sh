# Encryption: the same pages over TLS, with and without the keys.

# certificate: a new key and self-signed certificate for the names used here.
certificate() {
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 3650 \
    -keyout "$tmp/key.pem" -out "$tmp/cert.pem" -subj "/CN=www.example.com" \
    -addext "subjectAltName=DNS:www.example.com,IP:127.0.0.1" 2>/dev/null
}

# secure_visit CURL-OPTION...: a POST and a GET on one TLS connection, as a name
# (so that the ClientHello carries it), the keys written to $tmp/keys.
secure_visit() {
  local site=https://www.example.com:8443 how=(-sS --http1.1 --cacert "$tmp/cert.pem"
    --resolve www.example.com:8443:127.0.0.1 -b "$tmp/tls-jar" "$@")
  SSLKEYLOGFILE=$tmp/keys get "${how[@]}" -d 'user=philip&pw=123456' "$site/login" \
    --next "${how[@]}" "$site/mail"
}

# tls_capture CURL-OPTION...: leaves $tmp/tls.pcap and $tmp/keys.
tls_capture() {
  certificate
  app secure.py 8443 "$tmp/cert.pem" "$tmp/key.pem"
  record "$tmp/tls"
  secure_visit "$@"
  stop
}

# One recording, twice: keys in a file beside it, and keys inside it.
make_https() {
  tls_capture
  editcap -F pcapng "$tmp/tls.pcap" "$out/https.pcapng"
  cp "$tmp/keys" "$out/https.keylog"
  editcap -F pcapng --inject-secrets "tls,$tmp/keys" "$tmp/tls.pcap" "$out/https-dsb.pcapng"
}

make_https-tls12() {
  tls_capture --tls-max 1.2
  editcap -F pcapng --inject-secrets "tls,$tmp/keys" "$tmp/tls.pcap" "$out/https-tls12.pcapng"
}

# A secure page that refers to an image and a script over plain http.
mixed_page() {
  cat >"$tmp/page.html" <<'HTML'
<!DOCTYPE html><title>Partly secure</title>
<img src="http://www.example.com:8080/image01.png" alt="">
<script src="http://www.example.com:8080/player.js"></script>
HTML
}

# The name must not be localhost: browsers call that secure even over http.
make_mixed-content() {
  certificate
  mixed_page
  app secure.py 8443 "$tmp/cert.pem" "$tmp/key.pem" "$tmp/page.html"
  app gallery.py 8080
  record "$tmp/mixed"
  SSLKEYLOGFILE=$tmp/keys browse https://www.example.com:8443/ --ignore-certificate-errors \
    --disable-features=AutoupgradeMixedContent
  stop
  editcap -F pcapng --inject-secrets "tls,$tmp/keys" "$tmp/mixed.pcap" "$out/mixed-content.pcapng"
}

# The same page by curl, with the cookies: over plain http only the cookie
# without the Secure attribute goes out, readable for everybody on the way.
make_cookie-secure() {
  certificate
  mixed_page
  app secure.py 8443 "$tmp/cert.pem" "$tmp/key.pem" "$tmp/page.html"
  app gallery.py 8080
  record "$tmp/mixed"
  local how=(-sS --cacert "$tmp/cert.pem" -b "$tmp/jar" -c "$tmp/jar"
    --resolve www.example.com:8443:127.0.0.1 --resolve www.example.com:8080:127.0.0.1)
  SSLKEYLOGFILE=$tmp/keys get "${how[@]}" https://www.example.com:8443/
  get "${how[@]}" http://www.example.com:8080/image01.png
  stop
  editcap -F pcapng --inject-secrets "tls,$tmp/keys" "$tmp/mixed.pcap" "$out/cookie-secure.pcapng"
}
