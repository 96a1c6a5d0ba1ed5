package quiz

import (
	"slices"

	"httpscope/internal/trace"
)

// semantics are what methods promise (RFC 9110, Section 9.2).
var semantics = map[string]string{
	"GET": safeMethod, "HEAD": safeMethod, "OPTIONS": safeMethod, "TRACE": safeMethod,
	"PUT": idempotentMethod, "DELETE": idempotentMethod,
	"POST": neitherMethod, "PATCH": neitherMethod, "CONNECT": neitherMethod,
}

// Phrases for it. The second is about one request sent twice.
const (
	safeMethod       = "quiz.method-semantics.safe"
	idempotentMethod = "quiz.method-semantics.idempotent"
	neitherMethod    = "quiz.method-semantics.neither"
)

// methodSemantics asks whether a request may be repeated.
func methodSemantics(a *asker, x *trace.Exchange) *Question {
	if !whole(x.Request) || semantics[x.Request.Head.Method] == "" {
		return nil
	}
	method := x.Request.Head.Method
	wrong := append(options(phrases(safeMethod, idempotentMethod, neitherMethod)...),
		option{phrase("quiz.method-semantics.impossible"), phrase("quiz.method-semantics.impossible-why")})
	q := a.choose(phrase(semantics[method]), wrong, "quiz.method-semantics.ask", method, nameOf(x))
	q.about(x, x.Request.First.Packet).hint("quiz.method-semantics.hint")
	q.at(x.Request.First.Packet, "quiz.packet.request-line", startOf(x.Request))
	return q.say("quiz.method-semantics.repeat").cite("RFC 9110, Sections 9.2.1 and 9.2.2")
}

// otherMethods stand as wrong choices for what a method asks for.
var otherMethods = []string{"GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE"}

// methodMeaning asks what a method is for.
func methodMeaning(a *asker, x *trace.Exchange) *Question {
	if !whole(x.Request) || semantics[x.Request.Head.Method] == "" {
		return nil
	}
	method := x.Request.Head.Method
	right, _ := a.texts.Method(method)
	var wrong []option
	for _, other := range mixed(a.rng, slices.Clone(otherMethods)) {
		if t, ok := a.texts.Method(other); ok && other != method {
			wrong = append(wrong, option{meaningOf(t), phrase("quiz.method-meaning.other", other)})
		}
	}
	q := a.choose(meaningOf(right), wrong, "quiz.method-meaning.ask", method, nameOf(x))
	q.about(x, x.Request.First.Packet).hint("quiz.method-meaning.hint")
	q.at(x.Request.First.Packet, "quiz.packet.request-line", startOf(x.Request))
	return q.say("quiz.means", method, right.What).cite(right.Cite)
}
