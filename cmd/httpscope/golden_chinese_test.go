package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
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
				if code := run([]string{"read", "--lang", "zh", c.format, "../../pcaps/" + name}, nil, &out, &stderr); code != 0 {
					t.Fatalf("exit code %d: %s", code, &stderr)
				}
				golden := filepath.Join("testdata", "zh", strings.Trim(c.format, "-")+"-"+name+".txt")
				if *update {
					if err := os.WriteFile(golden, out.Bytes(), 0o644); err != nil {
						t.Fatal(err)
					}
				}
				want, err := os.ReadFile(golden)
				if err != nil {
					t.Fatal(err)
				}
				if d := cmp.Diff(string(want), out.String()); d != "" {
					t.Errorf("reading differs (-want +got):\n%s", d)
				}
			})
		}
	}
}
