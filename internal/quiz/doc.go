// Package quiz asks questions about a capture: who is the client, why a body
// ends, what a packet acknowledges. Each question is made from the capture's own
// records, and so are its wrong choices and the explanation, which names the
// packets, the rule and where the rule is written.
//
// [New] makes questions, always the same ones from the same seed; [Session]
// leads through them; [Question.Judge] reads what people type. In another
// language the questions, their order and what counts as an answer are the same.
//
// The package reads no file and knows no terminal: records come in by [Source]
// and texts go out as lines of package page. It decodes nothing, keeps no score
// over time, and marks no coursework. Text from the network has been made
// visible wherever it stands in a question.
package quiz

import (
	"httpscope/internal/texts"
	"httpscope/internal/trace"
)

// Source is the capture that is asked about.
type Source interface {
	// Connections are those that are known, in their order. None is nil.
	Connections() []*trace.Connection
	// Exchanges are those that are known with all details, in their order.
	Exchanges() []*trace.Exchange
	// Tape is the packets and bytes of a connection, nil when they are not kept.
	Tape(connection int64) *trace.Tape
	// Packet is a packet by its number, nil when it is not kept. Questions need
	// none; with it one more mix-up of lengths is recognised.
	Packet(number int64) *trace.Packet
}

// Options say which questions are wanted.
type Options struct {
	Questions int      // at most so many; 0 for [DefaultQuestions]
	Topics    []string // of [Topics]; none for all
	Lang      texts.Lang
}

// DefaultQuestions is how many questions a quiz has when nothing else is asked for.
const DefaultQuestions = 10

// TopicName is a topic as it is called in a language.
func TopicName(c texts.Catalogue, topic string) string { return c.Phrase("quiz.topic-" + topic) }

// Topics are the names of what questions are about, in the order in which a
// course has them.
func Topics() []string {
	return []string{"tcp", "connections", "time", "messages", "methods", "status", "framing", "persistence",
		"conditions", "ranges", "cookies", "filters", "findings"}
}
