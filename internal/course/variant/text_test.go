package variant

import (
	"net/netip"
	"testing"
	"time"
)

// editing makes an editor as a maker would: 10.0.0.1 becomes 10.7.7.7, port
// 8080 becomes 3333, 50001 becomes 60999.
func editing(moved bool) *editor {
	p := &ports{map[uint16]uint16{50001: 60999}}
	if moved {
		p.to[8080] = 3333
	}
	a := &addresses{seen: map[netip.Addr]bool{}, to: map[netip.Addr]netip.Addr{}}
	for from, to := range map[string]string{"10.0.0.1": "10.7.7.7", "2001:db8::1": "2001:db8::7"} {
		a.seen[netip.MustParseAddr(from)] = true
		a.to[netip.MustParseAddr(from)] = netip.MustParseAddr(to)
	}
	e := newEditor(p, moved, time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC).Unix())
	e.addAddresses(a, false)
	e.addValues([]Value{{From: "3a4b5e", To: "9c9c9c"}, {From: "0123456789abcdef", To: "fedcba9876543210"}})
	return e
}

func TestText(t *testing.T) {
	for _, c := range []struct {
		name, from, to string
		moved          bool
	}{
		{"address", "Host: 10.0.0.1\r\n", "Host: 10.7.7.7\r\n", false},
		{"address and kept port", "http://10.0.0.1:8080/", "http://10.7.7.7:8080/", false},
		{"address and moved port", "http://10.0.0.1:8080/", "http://10.7.7.7:3333/", true},
		{"address and client port", "you are 10.0.0.1:50001", "you are 10.7.7.7:60999", false},
		{"name and moved port", "Host: localhost:8080\r\n", "Host: localhost:3333\r\n", true},
		{"CONNECT", "CONNECT localhost:8080 HTTP/1.1", "CONNECT localhost:3333 HTTP/1.1", true},
		{"a field value is no port", "Content-Length:8080\r\n", "Content-Length:8080\r\n", true},
		{"a longer port", "Host: localhost:80801", "Host: localhost:80801", true},
		{"longer address", "10.0.0.12 110.0.0.1 10.0.0.1.5", "10.0.0.12 110.0.0.1 10.0.0.1.5", false},
		{"end of a sentence", "It is 10.0.0.1.", "It is 10.7.7.7.", false},
		{"IPv6 in brackets", "http://[2001:db8::1]:8080/", "http://[2001:db8::7]:3333/", true},
		{"longer IPv6 address", "2001:db8::1f 2001:db8::1:2", "2001:db8::1f 2001:db8::1:2", false},
		{"cookie", "Cookie: a=1; sid=3a4b5e; b=2", "Cookie: a=1; sid=9c9c9c; b=2", false},
		{"hidden field", `value="3a4b5e"`, `value="9c9c9c"`, false},
		{"short value without equals sign", "id 3a4b5e", "id 3a4b5e", false},
		{"part of a longer value", "sid=3a4b5ef", "sid=3a4b5ef", false},
		{"long value anywhere", "/s/0123456789abcdef/", "/s/fedcba9876543210/", false},
		{"date", "Date: Mon, 23 Nov 2026 01:32:06 GMT\r\n", "Date: Sun, 22 Nov 2026 01:32:06 GMT\r\n", false},
		{"old date", "expires=Mon, 23-Nov-2026 01:32:06 GMT", "expires=Sun, 22-Nov-2026 01:32:06 GMT", false},
		{"long ago", "Expires: Thu, 01 Jan 1970 00:00:00 GMT", "Expires: Thu, 01 Jan 1970 00:00:00 GMT", false},
		{"wrong weekday", "Tue, 23 Nov 2026 01:32:06 GMT", "Tue, 23 Nov 2026 01:32:06 GMT", false},
		{"nothing", "", "", true},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := []byte(c.from)
			for _, e := range editing(c.moved).edits(b, 100, func(unix int64) int64 { return unix - 86400 }) {
				copy(b[e.at-100:], e.to)
			}
			if string(b) != c.to {
				t.Errorf("%q became %q, want %q", c.from, b, c.to)
			}
		})
	}
}

func TestValuesKeepTheirKind(t *testing.T) {
	s := newSecret([]byte("0123456789abcdef"), "ada")
	for _, value := range []string{"3a4b5e", "A1-b2_C3", "a%2Fb1", "eyJhbGciOiJIUzI1NiJ9.e30.c2lnbmF0dXJl1", "12345"} {
		to := other(s.random("value", value), value)
		if len(to) != len(value) || to == value {
			t.Errorf("%q became %q", value, to)
		}
		for i := range value {
			if letter(value[i]) != letter(to[i]) || digit(value[i]) != digit(to[i]) {
				t.Errorf("%q became %q", value, to)
			}
		}
	}
	if to := other(s.random("value"), "a%2Fb1"); to[1:4] != "%2F" {
		t.Errorf("the escape became %q", to)
	}
}
