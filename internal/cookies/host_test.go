package cookies

import "testing"

func TestCanonicalHost(t *testing.T) {
	for _, tt := range []struct{ host, want string }{
		{"Shop.Example", "shop.example"},
		{"shop.example.", "shop.example"},
		{"shop.example:8080", "shop.example"},
		{"shop.example.:8080", "shop.example"},
		{"shop.example:", "shop.example"},
		{"my_host.example", "my_host.example"},
		{"Bücher.example", "xn--bcher-kva.example"},
		{"xn--bcher-kva.example", "xn--bcher-kva.example"},
		{"localhost", "localhost"},
		{"127.0.0.1:80", "127.0.0.1"},
		{"127.0.0.1.", "127.0.0.1"},
		{"[::1]", "::1"},
		{"[0:0::1]:8080", "::1"},
		{"2001:DB8::1", "2001:db8::1"},
		// No host has these names.
		{"", ""}, {".", ""}, {"a..b", ""}, {".a", ""}, {"a b", ""}, {"a/b", ""}, {"a:b", ""},
		{"[::1", ""}, {"[x]", ""}, {"[::1]x", ""}, {"a:1:2", ""}, {"xn--\x00", ""}, {"a,b", ""},
	} {
		if got, ok := CanonicalHost(tt.host); ok != (tt.want != "") || ok && got != tt.want {
			t.Errorf("%q: got %q %v, want %q", tt.host, got, ok, tt.want)
		}
	}
}

func TestDomainMatch(t *testing.T) {
	for _, tt := range []struct {
		host, domain string
		want         bool
	}{
		{"shop.example", "shop.example", true},
		{"www.shop.example", "shop.example", true},
		{"a.www.shop.example", "shop.example", true},
		{"shop.example", "www.shop.example", false},
		{"workshop.example", "shop.example", false},
		{"1.2.3.4", "2.3.4", false},
		{"1.2.3.4", "1.2.3.4", true},
		{"shop.example", "", false},
		{"shop.example", ".example", false},
	} {
		if got := DomainMatch(tt.host, tt.domain); got != tt.want {
			t.Errorf("%s in %s: got %v", tt.host, tt.domain, got)
		}
	}
}

func TestPathMatch(t *testing.T) {
	for _, tt := range []struct {
		request, cookie string
		want            bool
	}{
		{"/docs", "/docs", true},
		{"/docs/", "/docs", true},
		{"/docs/web", "/docs", true},
		{"/docs/web", "/docs/", true},
		{"/docsearch", "/docs", false},
		{"/docs", "/docs/", false},
		{"/", "/docs", false},
		{"/anything", "/", true},
		{"/Docs", "/docs", false},
		{"/d%6Fcs", "/docs", false},
	} {
		if got := PathMatch(tt.request, tt.cookie); got != tt.want {
			t.Errorf("%s in %s: got %v", tt.request, tt.cookie, got)
		}
	}
}

func TestDefaultPath(t *testing.T) {
	for request, want := range map[string]string{
		"": "/", "/": "/", "/a": "/", "/a/": "/a", "/a/b": "/a", "/a/b/c": "/a/b", "a/b": "/", "*": "/", "//": "/",
	} {
		if got := DefaultPath(request); got != want {
			t.Errorf("%q: got %q, want %q", request, got, want)
		}
	}
}

func TestIsIP(t *testing.T) {
	for host, want := range map[string]bool{
		"127.0.0.1": true, "::1": true, "[::1]": true, "1.2.3": false, "shop.example": false, "": false,
		"256.1.1.1": false,
	} {
		if got := IsIP(host); got != want {
			t.Errorf("%q: got %v", host, got)
		}
	}
}

func TestIsPublicSuffix(t *testing.T) {
	for domain, want := range map[string]bool{
		"com": true, "co.uk": true, "github.io": true, "example.com": false, "internal": true, "localhost": true,
		"127.0.0.1": false, "": false, ".": false, "com.": false, "..": false,
	} {
		if got := IsPublicSuffix(domain); got != want {
			t.Errorf("%q: got %v", domain, got)
		}
	}
}
