package forms

import (
	"encoding/base64"
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"httpscope/internal/grammar"
)

func basicOf(s string) string { return "Basic " + base64.StdEncoding.EncodeToString([]byte(s)) }

func TestParseAuthorizationBasic(t *testing.T) {
	for _, tt := range []struct{ value, user, password, codes string }{
		{"Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==", "Aladdin", "open sesame", AuthCleartext},
		{"basic  aXZhbnI6c2VjcmV0", "ivanr", "secret", AuthCleartext},
		{basicOf("a:b:c"), "a", "b:c", AuthCleartext},
		{basicOf(":"), "", "", AuthCleartext},
		{basicOf("test:123£"), "test", "123£", AuthCleartext},
		{basicOf("test:123\xa3"), "test", "123£", "auth-charset auth-cleartext"},
		{basicOf("nobody"), "nobody", "", "auth-no-colon auth-cleartext"},
		{basicOf("a\r\n:b"), "a\r\n", "b", "auth-control auth-cleartext"},
		{"Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ", "Aladdin", "open sesame", "auth-padding auth-cleartext"},
		{"Basic Pz8_Og==", "???", "", "auth-padding auth-cleartext"},
		{"Basic notBase64:EncodedStuff", "", "", AuthBase64},
		{"Basic", "", "", AuthBase64},
		{"Basic ===", "", "", AuthBase64},
	} {
		c, ps := ParseAuthorization(tt.value)
		knownCode(t, ps)
		if c.User != tt.user || c.Password != tt.password || codesOf(ps) != tt.codes {
			t.Errorf("%q: %q %q %v", tt.value, c.User, c.Password, ps)
		}
	}
}

func TestParseAuthorizationOther(t *testing.T) {
	const digest = `Digest username="Mufasa", realm="http-auth@example.org", uri="/dir/index.html", ` +
		`algorithm=MD5, nonce="7ypf", nc=00000001, cnonce="f2/w", qop=auth, response="8ca5", opaque="FQhe"`
	for _, tt := range []struct{ value, want, codes string }{
		{"", " ", AuthEmpty},
		{"Bearer mF_9.B5f-4.1JqM", "Bearer mF_9.B5f-4.1JqM", ""},
		{"Bearer", "Bearer ", AuthToken},
		{"Bearer a b", "Bearer a b", AuthToken},
		{"Negotiate YII=", "Negotiate YII=", ""},
		{"Turbo customAuthDataHere", "Turbo customAuthDataHere", AuthUnknown},
		{"Turbo a=b", "Turbo  a=b", AuthUnknown},
		{"Tur/bo x", "Tur/bo x", "auth-syntax auth-unknown"},
		{"Digest", "Digest ", AuthSyntax},
		{digest, `Digest  username="Mufasa" realm="http-auth@example.org" uri="/dir/index.html" algorithm=MD5 nonce="7ypf" ` +
			`nc=00000001 cnonce="f2/w" qop=auth response="8ca5" opaque="FQhe"`, ""},
		{`Digest username="a\"b,c", realm="", nonce="", uri="", response=""`,
			`Digest  username="a"b,c" realm="" nonce="" uri="" response=""`, ""},
		{`Digest username = ivanr, realm="", nonce="", uri="", response=""`,
			`Digest  username=ivanr realm="" nonce="" uri="" response=""`, AuthDigestQuoting},
		{`Digest username="x"`, `Digest  username="x"`, AuthDigestMissing},
		{`Digest username*=UTF-8''x, realm="", nonce="", uri="", response="", userhash=true`,
			`Digest  username*=UTF-8''x realm="" nonce="" uri="" response="" userhash=true`, ""},
		{`HOBA result="a`, `HOBA  result="a"`, AuthQuote},
		{"HOBA a=1,,b=2, A=3", "HOBA  a=1 b=2 A=3", AuthParamRepeated},
		{"HOBA a=1, b c, d=", "HOBA  a=1 d=", AuthParamSyntax},
		{`HOBA a="1"2, b=3`, `HOBA  a="1" b=3`, AuthParamSyntax},
	} {
		c, ps := ParseAuthorization(tt.value)
		knownCode(t, ps)
		got := c.Scheme + " " + c.Token
		for _, p := range c.Params {
			if p.Quoted {
				p.Value = `"` + p.Value + `"`
			}
			got += " " + p.Name + "=" + p.Value
		}
		if got != tt.want || codesOf(ps) != tt.codes {
			t.Errorf("%q:\ngot  %q %v\nwant %q %s", tt.value, got, ps, tt.want, tt.codes)
		}
	}
	var many strings.Builder
	for i := range 1000 {
		fmt.Fprintf(&many, "p%d=1,", i)
	}
	if c, ps := ParseAuthorization("HOBA " + many.String()); len(c.Params) != MaxAuthParams ||
		codesOf(ps) != AuthParamLimit {
		t.Errorf("%d parameters, %v", len(c.Params), ps)
	}
}

// Any user without a colon and any password come back.
func TestBasicRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		user := strings.ReplaceAll(rapid.String().Draw(t, "user"), ":", "")
		password := rapid.String().Draw(t, "password")
		c, _ := ParseAuthorization(basicOf(user + ":" + password))
		if c.User != user || c.Password != password || !c.Decoded || c.Charset != "utf-8" {
			t.Fatalf("%+v", c)
		}
	})
}

func FuzzAuthorization(f *testing.F) {
	for _, s := range []string{
		"Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==", "Basic notBase64:EncodedStuff", "Bearer mF_9.B5f-4.1JqM",
		`Digest username="Mufasa", realm="r\"", nc=1, qop = auth,, x`, "Negotiate YII=", "Turbo a=b",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, value string) {
		c, ps := ParseAuthorization(value)
		knownCode(t, ps)
		if !strings.HasPrefix(grammar.Trim(value), c.Scheme) || len(c.Params) > MaxAuthParams {
			t.Fatalf("%q: %+v", value, c)
		}
		if c.Decoded != (c.Charset != "") || !c.Decoded && c.User+c.Password != "" {
			t.Fatalf("%q: %+v", value, c)
		}
		for _, p := range c.Params {
			if !strings.Contains(value, p.Name) || len(p.Value) > len(value) {
				t.Fatalf("%q: %+v", value, p)
			}
		}
		if c.Decoded && c.Charset == "utf-8" && len(ps) == 1 {
			again, _ := ParseAuthorization(basicOf(c.User + ":" + c.Password))
			if again.User != c.User || again.Password != c.Password {
				t.Fatalf("%q: %+v, again %+v", value, c, again)
			}
		}
	})
}
