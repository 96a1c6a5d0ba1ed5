package client

import (
	"maps"
	"net"
	"regexp"
	"strconv"
	"strings"
	"time"

	"httpscope/internal/cookies"
	"httpscope/internal/texts"
)

// maxTaken bounds a value that is taken from an answer: it goes into a request
// head, and servers refuse heads of more than some kilobytes.
const maxTaken = 1024

// memory is what a run knows from its answers.
type memory struct {
	jar   cookies.Jar
	taken map[string]string
}

// fill puts values in place of the placeholders of a step.
func (m *memory) fill(s *Step, address string, addr func(string) string) []byte {
	values := maps.Clone(m.taken)
	values["host"] = address
	expand := func(text string) string { return expandBraces(text, values, addr) }
	body := expand(s.Body)
	values["length"] = strconv.Itoa(len(body))
	values["cookies"] = ""
	head := expand(s.Send)
	if strings.Contains(s.Send, "{cookies}") {
		values["cookies"] = m.cookieLine(s, address, head)
		head = expand(s.Send)
	}
	if s.Wait {
		return []byte(head)
	}
	return []byte(head + body)
}

// body is what a step with Wait sends second.
func (m *memory) body(s *Step, address string, addr func(string) string) []byte {
	waiting := *s
	waiting.Send, waiting.Wait = "", false
	return m.fill(&waiting, address, addr)
}

var braces = regexp.MustCompile(`\{[a-z0-9]+\}`)

// expandBraces replaces {NAME} by a value or by the address of a server.
func expandBraces(text string, values map[string]string, addr func(string) string) string {
	return braces.ReplaceAllStringFunc(text, func(b string) string {
		name := b[1 : len(b)-1]
		if v, ok := values[name]; ok {
			return v
		}
		if a := addr(name); a != "" {
			return a
		}
		return b
	})
}

// cookieLine is the Cookie line of a request with this head, with its line end.
func (m *memory) cookieLine(s *Step, address, head string) string {
	if line := m.jar.Line(time.Now(), urlOf(s, address, head)); line != "" {
		return "Cookie: " + line + "\r\n"
	}
	return ""
}

// urlOf is what of a request decides about its cookies.
func urlOf(s *Step, address, head string) cookies.URL {
	host, port, err := net.SplitHostPort(address)
	if err != nil {
		host = address
	}
	u := cookies.URL{Scheme: "http", Host: host, Port: port, Path: "/"}
	if s.Server == secureServer {
		u.Scheme = "https"
	}
	line, _, _ := strings.Cut(head, "\r\n")
	if words := strings.Fields(line); len(words) > 1 {
		u.Path = words[1]
	}
	return u
}

// learn keeps the cookies of an answer, and what the step takes from it.
func (m *memory) learn(s *Step, address, sent string, a *Answer) error {
	for line := range strings.SplitSeq(a.Head, "\r\n") {
		if name, value, _ := strings.Cut(line, ":"); strings.EqualFold(name, "Set-Cookie") {
			m.jar.Receive(time.Now(), urlOf(s, address, sent), cookies.ParseSetCookie(strings.TrimSpace(value)))
		}
	}
	for name, pattern := range s.Take {
		re, err := regexp.Compile(pattern)
		if err != nil {
			return texts.Errorf("client.take", name, err)
		}
		found := re.FindStringSubmatch(a.Head + string(a.Body))
		if len(found) < 2 || len(found[1]) > maxTaken || strings.ContainsAny(found[1], "\r\n") {
			return texts.Errorf("client.nothing-like", name, pattern)
		}
		m.taken[name] = found[1]
	}
	return nil
}
