package forms

import (
	"testing"

	"httpscope/internal/problem/problemtest"
)

func codesOf(ps []Problem) string { return problemtest.Codes(ps) }

func knownCode(t problemtest.Reporter, ps []Problem) {
	t.Helper()
	problemtest.CheckProblems(t, Codes, ps)
}

func TestEveryCodeIsListed(t *testing.T) {
	problemtest.CheckCodes(t, "codes.go", Codes)
}
