package pcapfilter

import "fmt"

// Error refuses a filter.
type Error struct {
	Text   string // the filter
	Offset int    // where the trouble begins, bytes; -1 when not known
	Reason string // what is wrong there
	Hint   string // what to do about it, a sentence; may be ""
}

// Error quotes the filter and names the place and the reason.
func (e *Error) Error() string {
	if e.Offset < 0 {
		return fmt.Sprintf("capture filter %q: %s", e.Text, e.Reason)
	}
	return fmt.Sprintf("capture filter %q: at character %d: %s", e.Text, e.Offset+1, e.Reason)
}

// hint is the same for every refusal: what is refused here may be good pcap.
const hint = "This build takes tcp, udp, ip, ip6, port, portrange, host and net with src or dst, numbers and addresses, " +
	"joined by and, or, not and parentheses. A build with libpcap takes any capture filter."

func (p *parser) fail(offset int, format string, args ...any) error {
	return &Error{Text: p.text, Offset: offset, Reason: fmt.Sprintf(format, args...), Hint: hint}
}
