package tasks_test

import (
	"testing"

	"httpscope/internal/tasks"
)

// TestSamples: each capture of a real program ticks the tasks that it shows, and
// no other.
func TestSamples(t *testing.T) {
	for _, c := range []struct{ file, want string }{
		{"demo.pcapng", "persistent close-server http10 framing not-found form range ranges cookie login https eavesdrop echo missing-crlf"},
		{"echo-telnet.pcap", "echo"},
		{"echo-exit.pcap", "echo"},
		{"echo-threads.pcap", "echo echo-threads"},
		{"web-hello.pcap", "http10 missing-crlf"},
		{"http-server.pcap", "http10 not-found listing"},
		{"http-server-classmate.pcap", "http10 not-found"},
		{"flask-form.pcap", "close-server form"},
		{"post-split.pcap", "close-server form"},
		{"upload-multipart.pcap", ""},
		{"browser-flask.pcap", "close-server not-found form"},
		{"browser-images.pcap", "persistent parallel not-found"},
		{"persistent.pcap", "persistent"},
		{"connection-close.pcap", "close-client"},
		{"http10.pcap", "persistent"},
		{"three-messages.pcap", "persistent close-server"},
		{"content-length-42.pcap", ""},
		{"chunked-42.pcap", ""},
		{"slow-chunked.pcap", ""},
		{"slow-buffered.pcap", ""},
		{"sse.pcap", ""},
		{"gzip.pcap", "coding"},
		{"gzip-chunked.pcap", ""},
		{"expect-100.pcap", "continue form"},
		{"expect-417.pcap", "close-server form"},
		{"early-hints-103.pcap", ""},
		{"head.pcap", "persistent"},
		{"redirect.pcap", "persistent"},
		{"basic-auth.pcap", "persistent"},
		{"favicon-404.pcap", "persistent not-found"},
		{"websocket.pcap", "websocket"},
		{"h2c.pcap", ""},
		{"range-single.pcap", "range"},
		{"range-multi.pcap", "ranges"},
		{"range-suffix.pcap", ""},
		{"range-416.pcap", ""},
		{"if-range.pcap", "persistent range"},
		{"range-wrong.pcap", "persistent"},
		{"conditional-304.pcap", "persistent conditional"},
		{"precondition-412.pcap", ""},
		{"cookies-login.pcap", "persistent form cookie login"},
		{"cookie-hijack.pcap", "form cookie hijack"},
		{"cookies-scope.pcap", "cookie"},
		{"hidden-field.pcap", "persistent form hidden-field"},
		{"query-string.pcap", "persistent query-string"},
		{"https.pcapng", "https"},
		{"https-tls12.pcapng", "https"},
		{"mixed-content.pcapng", "https mixed"},
		{"cookie-secure.pcapng", "https mixed"},
		{"ssh-banner.pcap", ""},
		{"pipelining.pcap", "persistent"},
		{"speculative.pcap", "speculative"},
		{"refused.pcap", ""},
		{"mid-stream.pcap", ""},
		{"truncated.pcap", ""},
		{"lost-segment.pcap", "persistent"},
	} {
		t.Run(c.file, func(t *testing.T) {
			b := tasks.NewBoard()
			sample(t, c.file, watcher{b})
			if got := done(b); got != c.want {
				t.Errorf("done: %q, want %q", got, c.want)
			}
		})
	}
}
