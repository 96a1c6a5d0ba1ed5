package filter

import "slices"

// difference is expressions that select other packets of a capture than in
// Wireshark.
type difference struct {
	capture string // "" for all
	why     string
	exprs   []string
}

// timing are the expressions that rest on which request a response answers.
var timing = []string{"http.request_in", "http.time", "http.time < 1", "http.time >= 0", "abs(http.time) < 0.5",
	"http.time > -1"}

var differences = []difference{
	{"", "Wireshark 4.0 finds no unsigned field greater than a negative number", []string{"http.response.code > -1"}},
	{"bad-chunk.pcap", "Wireshark goes on where a chunk size cannot be read",
		[]string{"http.chunk_size", "any http.chunk_size == 0", "min(http.chunk_size) == 0",
			"http.chunked_trailer_part", "http.file_data", `http contains "\r\n0\r\n"`, "http.response_in",
			"http.response_in < 20"}},
	{"body-204.pcap", "Wireshark reads a body after 204, which has none (RFC 9112, Section 6.3, rule 1)",
		[]string{"http.file_data"}},
	{"gzip.pcap", "Wireshark decodes content codings", []string{`http.file_data matches "^<"`}},
	{"zstd.pcap", "Wireshark does not know zstd, and shows data in place of the body",
		[]string{"http.file_data", "data", "data.len > 10"}},
	{"range-multi.pcap", "Wireshark shows the parts of a multipart body without a type as data",
		[]string{"data", "data.len > 10"}},
	{"upload-multipart.pcap", "Wireshark shows the parts of a multipart body without a type as data", []string{"data"}},
	{"excess-bytes.pcap", "bytes after a response are not skipped by Wireshark, and hide the next one",
		[]string{"http.response_in", "http.response_in < 20"}},
	{"truncated.pcap", "packets were cut: httpscope calls the messages incomplete",
		append([]string{"http.response_in", "http.response_in < 20", `http.response_for.uri contains "/"`}, timing...)},
	{"chunked-request.pcap", "Wireshark counts an interim response as an exchange of its own",
		[]string{"http.request_number == 2", "http.request_number > 1", "http.response_number in {2..4}"}},
	{"expect-100.pcap", "Wireshark counts an interim response as an exchange of its own",
		[]string{"http.request_number == 2", "http.request_number > 1", "http.response_number in {2..4}"}},
	{"early-hints-103.pcap", "Wireshark takes the interim response for the answer",
		append([]string{"http.response_number in {2..4}", "http.time > 0.001"}, timing...)},
	{"pipelining.pcap", "Wireshark remembers one request of those in a packet",
		append([]string{"http.request_number == 2", "http.response_number in {2..4}"}, timing...)},
	{"pipelining-head.pcap", "Wireshark remembers one request of those in a packet",
		[]string{"http.request_number == 2", "http.response_number in {2..4}"}},
	{"pipelining-head.pcap", "the bytes of every message in a packet begin, for Wireshark, with those of the first",
		[]string{"http[0:4] & ff:00:00:00 == 48:00:00:00"}},
	{"connect-proxy.pcap", "Wireshark names the host of CONNECT in the packets of the tunnel",
		[]string{"http.proxy_connect_host", "http.proxy_connect_port"}},
	{"obs-fold.pcap", "Wireshark does not join folded lines, and misses the field",
		[]string{"http.content_length", "http.content_length <= 0x2a", "http.content_length_header",
			"http.content_length in {1..50, 100}"}},
}

// explained finds the reason of a difference.
func explained(expr, capture string) *difference {
	for i := range differences {
		if d := &differences[i]; (d.capture == "" || d.capture == capture) && slices.Contains(d.exprs, expr) {
			return d
		}
	}
	return nil
}

// ends are packets that only one of the two takes for the end of a message.
type ends struct {
	ours, theirs []int64
	why          string
}

const (
	incomplete = "Wireshark shows no message that is not complete"
	encrypted  = "Wireshark decrypts with the secrets in the file"
	bareBody   = "a document without status line is no response for Wireshark"
	trailers   = "for Wireshark the message ends before its trailers"
)

var otherMessages = map[string]ends{
	"chunk-cut.pcap":       {ours: []int64{8}, why: incomplete},
	"chunk-trailers.pcap":  {ours: []int64{14}, theirs: []int64{12}, why: trailers},
	"cl-short.pcap":        {ours: []int64{6}, why: incomplete},
	"cookie-secure.pcapng": {theirs: []int64{9, 12}, why: encrypted},
	"demo.pcapng": {ours: []int64{134}, theirs: []int64{132, 163, 164, 165, 166},
		why: trailers + "; " + encrypted},
	"excess-bytes.pcap": {ours: []int64{9},
		why: "bytes after a response are not skipped by Wireshark, and hide the next one"},
	"expect-417.pcap":      {ours: []int64{4}, why: incomplete},
	"head-cut.pcap":        {ours: []int64{4}, why: incomplete},
	"http09.pcap":          {ours: []int64{4, 8, 18}, why: bareBody},
	"https-dsb.pcapng":     {theirs: []int64{11, 12, 13, 14}, why: encrypted},
	"https-tls12.pcapng":   {theirs: []int64{10, 11, 12, 13}, why: encrypted},
	"lost-segment.pcap":    {ours: []int64{11}, why: incomplete},
	"mixed-content.pcapng": {theirs: []int64{23, 25, 34, 35}, why: encrypted},
	"pipelining-head.pcap": {ours: []int64{8, 10}, why: "Wireshark forgets which of the pipelined requests was a HEAD"},
	"rst-body.pcap":        {ours: []int64{10}, why: incomplete},
}
