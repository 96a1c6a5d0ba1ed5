package main

import (
	"bytes"
	"path/filepath"
	"strings"
	"testing"

	"httpscope/internal/testkit"
)

// TestGoldenReadingsInChinese holds what the tables and the verbose text say with --lang zh.
func TestGoldenReadingsInChinese(t *testing.T) {
	for _, c := range []struct{ format, captures string }{
		{"--why", "demo.pcapng cl-te.pcap lost-segment.pcap http09.pcap"},
		{"--verbose", "chunk-trailers.pcap cookies-login.pcap upload-multipart.pcap"},
		{"--connections", "demo.pcapng"},
	} {
		for _, name := range strings.Fields(c.captures) {
			t.Run(c.format+"/"+name, func(t *testing.T) {
				var out, stderr bytes.Buffer
				if code := run([]string{"read", "--lang", "zh", c.format, testkit.Sample(t, name)}, nil, &out,
					&stderr); code != 0 {
					t.Fatalf("exit code %d: %s", code, &stderr)
				}
				testkit.Golden(t, filepath.Join("testdata", "zh", strings.Trim(c.format, "-")+"-"+name+".txt"),
					out.String())
			})
		}
	}
}
