package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"httpscope/internal/testkit"
)

// TestGoldenReadings holds what the program says of every sample capture.
func TestGoldenReadings(t *testing.T) {
	for _, path := range testkit.Samples(t) {
		name := filepath.Base(path)
		t.Run(name, func(t *testing.T) {
			var out, stderr bytes.Buffer
			if code := run([]string{"read", "--why", path}, nil, &out, &stderr); code != 0 {
				t.Fatalf("exit code %d: %s", code, &stderr)
			}
			testkit.Golden(t, filepath.Join(testkit.Sample(t, "golden"), name+".txt"), out.String())
		})
	}
}

// ledgerLine is what the tests read of a summary.
type ledgerLine struct {
	Type    string           `json:"type"`
	Payload int64            `json:"payload_bytes"`
	Ledger  map[string]int64 `json:"ledger"`
}

// TestLedgerAddsUp holds that every captured TCP payload byte of every capture
// is in exactly one class, for the samples and for the corpus where it is.
func TestLedgerAddsUp(t *testing.T) {
	paths := testkit.Samples(t)
	if corpus := os.Getenv("HTTPSCOPE_CORPUS"); corpus != "" {
		more, err := filepath.Glob(filepath.Join(corpus, "pcaps", "*.pcap*"))
		if err != nil || len(more) == 0 {
			t.Fatalf("no captures in %s: %v", corpus, err)
		}
		paths = append(paths, more...)
	}
	for _, path := range paths {
		var out, stderr bytes.Buffer
		if code := run([]string{"read", "--json", path}, nil, &out, &stderr); code != 0 && code != exitDamaged {
			t.Errorf("%s: exit code %d: %s", path, code, &stderr)
			continue
		}
		lines := strings.Split(strings.TrimSpace(out.String()), "\n")
		var s ledgerLine
		if err := json.Unmarshal([]byte(lines[len(lines)-1]), &s); err != nil || s.Type != "summary" {
			t.Errorf("%s: no summary: %v", path, err)
			continue
		}
		sum := int64(0)
		for class, n := range s.Ledger {
			if class != "gaps" {
				sum += n
			}
		}
		if sum != s.Payload {
			t.Errorf("%s: the classes add up to %d, captured were %d: %v", filepath.Base(path), sum, s.Payload,
				s.Ledger)
		}
	}
}

// TestJSONIsJSON holds that every line of every sample is one valid object.
func TestJSONIsJSON(t *testing.T) {
	for _, path := range testkit.Samples(t) {
		var out, stderr bytes.Buffer
		run([]string{"read", "--json", "--hash", path}, nil, &out, &stderr)
		for line := range strings.Lines(out.String()) {
			if !json.Valid([]byte(line)) {
				t.Errorf("%s: not JSON: %s", path, line)
			}
		}
	}
}
