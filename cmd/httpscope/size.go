package main

import (
	"strconv"
	"strings"

	"httpscope/internal/texts"
)

// parseSize reads a number of bytes: 1000000, 64KB, 512MB, 2GB. The units are
// powers of 1024, with or without the B.
func parseSize(s string) (int64, error) {
	digits := strings.TrimRight(strings.ToUpper(strings.TrimSpace(s)), "B")
	shift := 0
	if digits != "" {
		if i := strings.IndexByte("KMGT", digits[len(digits)-1]); i >= 0 {
			shift, digits = 10*(i+1), digits[:len(digits)-1]
		}
	}
	n, err := strconv.ParseInt(strings.TrimSpace(digits), 10, 64)
	if err != nil || n <= 0 || n > 1<<62>>shift {
		return 0, texts.Errorf("error.size", s)
	}
	return n << shift, nil
}
