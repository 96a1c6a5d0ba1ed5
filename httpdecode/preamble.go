package httpdecode

import (
	"bytes"
	"encoding/binary"
)

// The header of the PROXY protocol, versions 1 and 2, which a load balancer puts
// before the first byte of a connection (haproxy.org, proxy-protocol.txt, section 2).
const (
	proxyLine      = "PROXY "
	proxySignature = "\r\n\r\n\x00\r\nQUIT\n"
	proxyFixed     = len(proxySignature) + 4 // with version and command, family, and the length of the rest
)

// proxyHeader measures a PROXY header at the beginning of a client's bytes; n is
// its length when it is there as a whole.
func proxyHeader(in []byte) (n int, v verdict) {
	if v := prefixOf(in, proxySignature); v != no {
		return proxyBinary(in, v)
	}
	if v := prefixOf(in, proxyLine); v != yes {
		return 0, v
	}
	i := bytes.IndexByte(in[:min(len(in), maxChunkLine)], '\n')
	family, _, _ := bytes.Cut(in[len(proxyLine):], []byte(" "))
	switch known := string(bytes.TrimRight(family, "\r\n")); {
	case i < 0 && len(in) < maxChunkLine && len(family) <= len("UNKNOWN"):
		return 0, maybe
	case i > 0 && (known == "TCP4" || known == "TCP6" || bytes.HasPrefix(family, []byte("UNKNOWN"))):
		return i + 1, yes
	}
	return 0, no
}

// proxyBinary measures a header of version 2.
func proxyBinary(in []byte, v verdict) (int, verdict) {
	if v == maybe || len(in) < proxyFixed {
		return 0, maybe
	}
	n := proxyFixed + int(binary.BigEndian.Uint16(in[proxyFixed-2:]))
	switch {
	case in[proxyFixed-4]>>4 != 2:
		return 0, no
	case len(in) < n:
		return 0, maybe
	}
	return n, yes
}

// prefixOf compares bytes with a prefix, of which they may hold a part.
func prefixOf(in []byte, prefix string) verdict {
	n := min(len(in), len(prefix))
	switch {
	case string(in[:n]) != prefix[:n]:
		return no
	case n < len(prefix):
		return maybe
	}
	return yes
}

// skipProxy takes a PROXY header: what follows is the connection's beginning.
func (d *Decoder) skipProxy(h *half, in []byte) int {
	if bytes.HasPrefix(in, []byte(proxySignature)) {
		d.find(h, ProxyHeader, len(in), "found.proxy-header.version-2", len(in))
	} else {
		d.find(h, ProxyHeader, len(in), "found.proxy-header.version-1", shorten(string(bytes.TrimRight(in, "\r\n"))))
	}
	d.emitRaw(h, in)
	h.tally.Other += int64(len(in))
	return len(in)
}
