package main

import "testing"

func TestParseSize(t *testing.T) {
	for in, want := range map[string]int64{"1000": 1000, "64KB": 64 << 10, "512MB": 512 << 20, "512m": 512 << 20,
		" 2 GB ": 2 << 30, "1T": 1 << 40, "10B": 10} {
		if got, err := parseSize(in); err != nil || got != want {
			t.Errorf("parseSize(%q) = %d, %v; want %d", in, got, err, want)
		}
	}
	for _, in := range []string{"", "MB", "-1", "0", "1.5GB", "9999999999999G", "12 bananas"} {
		if got, err := parseSize(in); err == nil {
			t.Errorf("parseSize(%q) = %d", in, got)
		}
	}
}
