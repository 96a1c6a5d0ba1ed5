package site

import (
	"fmt"
	"strings"
	"time"
)

func rawPaceEntries() []rawEntry {
	return []rawEntry{
		{Route: Route{ID: "raw-pace-bytes", Path: "/pace/bytes", Topic: "pace",
			Try: "curl -v {base}/pace/bytes"},
			answer: paceBytes, keeps: true},
		{Route: Route{ID: "raw-pace-split", Path: "/pace/split", Topic: "pace",
			Try: "curl -v --raw {base}/pace/split"},
			answer: paceSplit, keeps: true},
		{Route: Route{ID: "raw-pace-pipeline", Path: "/pace/pipeline", Topic: "pace",
			Try: `B={base}; printf 'GET /pace/pipeline?1 HTTP/1.1\r\nHost: a\r\n\r\nGET /pace/pipeline?2 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n' | curl -s "telnet://${B#http://}"`},
			answer: pacePipeline, keeps: true},
	}
}

// paceBytes sends byte by byte. Go switches Nagle's algorithm off, so the
// kernel does not wait to fill segments.
func paceBytes(x *rawExchange) {
	x.send(strings.Split("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 42\r\n\r\n"+alphabet, "")...)
}

// paceSplit cuts where a careless reader breaks.
func paceSplit(x *rawExchange) {
	for _, part := range []string{
		"HTTP/1.1 2", "00 OK\r\nContent-Type: text/plain\r", "\nTransfer-Encoding: chu", "nked\r\n\r", "\n1",
		"a\r\nabcdefghijklmnopqrstuvwxyz\r", "\n10\r\n123456", "7890abcdef\r\n0\r\n", "\r\n",
	} {
		x.send(part)
		pause(x, 100)
	}
}

// pacePipeline answers with the head it was asked with.
func pacePipeline(x *rawExchange) {
	x.send(fmt.Sprintf("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nX-Content-Type-Options: nosniff\r\nContent-Length: %d\r\n\r\n%s", len(x.head), x.head))
}

// pause waits while the connection stands.
func pause(x *rawExchange, milliseconds int) {
	if !x.gone {
		time.Sleep(time.Duration(milliseconds) * time.Millisecond)
	}
}
