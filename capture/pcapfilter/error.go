package pcapfilter

import "httpscope/internal/texts"

// said is the whole of an error, in every language.
type said = texts.Error

// Error refuses a filter. Its own text quotes the filter and names the place and the reason.
type Error struct {
	said
	Text   string       // the filter
	Offset int          // where the trouble begins, bytes; -1 when not known
	Reason texts.Phrase // what is wrong there
	Hint   texts.Phrase // what to do about it, a sentence; may be zero
}

// Refuse refuses a filter, as a whole where offset is -1.
func Refuse(text string, offset int, reason, hint texts.Phrase) *Error {
	e := &Error{Text: text, Offset: offset, Reason: reason, Hint: hint}
	if e.Phrase = texts.Say("pcapfilter.error", text, reason); offset >= 0 {
		e.Phrase = texts.Say("pcapfilter.error-at", text, offset+1, reason)
	}
	return e
}

// fail refuses a filter. The hint is always the same: what is refused here may be good pcap.
func (p *parser) fail(offset int, key string, args ...any) error {
	return Refuse(p.text, offset, texts.Say(key, args...), texts.Say("pcapfilter.hint"))
}
