package explain_test

import (
	"strings"
	"testing"

	"httpscope/internal/explain"
	"httpscope/internal/texts"
)

func TestFindTakesNaturalSpellings(t *testing.T) {
	for typed, want := range map[string]string{
		"404": "status-404", "status 404": "status-404", "Not Found": "status-404", "404 Not Found": "status-404",
		"HTTP/1.1 404 Not Found": "status-404",
		"4xx":                    "status-4xx", "GET": "method-get", "get": "method-get", "TRACE": "method-trace",
		"Content-Length": "field-content-length", "content-length:": "field-content-length", "ETag": "field-etag",
		"Range": "field-range",
		"LINK":  "field-link", "rule 6": "framing-rule-6", "Rule-6": "framing-rule-6", "bare-lf": "bare-lf",
		"Bare-LF": "bare-lf",
		"SYN":     "tcp-syn", "SYN, ACK": "tcp-syn-ack", "retransmission": "tcp-retransmission",
		"out of order": "tcp-out-of-order", "zero window": "tcp-zero-window",
		"ClientHello": "tls-client-hello", "change cipher spec": "tls-change-cipher-spec", "SNI": "tls-sni",
		"http-0.9-request": "http-0.9-request",
	} {
		for _, lang := range []texts.Lang{texts.English, texts.Chinese} {
			if got, ok := explain.In(lang).Find(typed); !ok || got.Code != want {
				t.Errorf("%q in %s: %q, want %s", typed, lang, got.Code, want)
			}
		}
	}
	for _, typed := range []string{"", " ", "-", "999", "4040", "bare-l", "X-Nobody-Knows", "\x1b[2J"} {
		if got, ok := explain.In(texts.English).Find(typed); ok {
			t.Errorf("%q finds %s", typed, got.Code)
		}
	}
}

// TestEveryCodeFindsItself also holds that no short spelling hides a code.
func TestEveryCodeFindsItself(t *testing.T) {
	for _, x := range explain.In(texts.English).Group() {
		for _, typed := range []string{x.Code, strings.ToUpper(x.Code), " " + x.Code + " "} {
			if got, _ := explain.In(texts.Chinese).Find(typed); got.Code != x.Code {
				t.Errorf("%q finds %q", typed, got.Code)
			}
		}
	}
}

// TestGroupsHoldAll: each text is in a group, and the groups of findings and rules are [explain.All].
func TestGroupsHoldAll(t *testing.T) {
	c := explain.In(texts.English)
	if all, grouped := c.Group(), c.Group(explain.Groups()...); len(all) != len(grouped) || len(all) < 500 {
		t.Errorf("%d texts, %d in groups", len(all), len(grouped))
	}
	for _, g := range explain.Groups() {
		if len(c.Group(g)) < 8 {
			t.Errorf("%s has %d texts", g, len(c.Group(g)))
		}
	}
	for _, x := range c.Group(explain.GroupTCP) {
		if !strings.HasPrefix(x.Code, "tcp-") {
			t.Errorf("%s is in the group tcp", x.Code)
		}
	}
}
