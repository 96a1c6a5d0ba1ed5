//go:build unix

package page_test

import (
	"os/exec"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"httpscope/internal/page"
)

// fake makes of curl a function that prints its arguments and its input.
const fake = `curl() { for a in "$@"; do printf '%s\001' "$a"; done; case "$*" in *@-) cat;; esac; }; `

// TestShellObeysNothing gives the command to sh: what curl would get is in the
// request, and nothing else happens.
func TestShellObeysNothing(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		request, body := drawRequest(rt, shellWords+"\x02\x1b\x7f\u00e9\u202e")
		body += rapid.SampledFrom([]string{"", "\n", "\r\n\n", "\x00"}).Draw(rt, "end")
		command := curlOf(t, request, body, page.ShellPOSIX)
		out, err := exec.Command("sh", "-c", fake+command).Output()
		if err != nil {
			rt.Fatalf("sh: %v\n%s", err, command)
		}
		args := strings.Split(string(out), "\x01")
		input := args[len(args)-1]
		args = append([]string{"curl.exe"}, args[:len(args)-1]...)
		if args[len(args)-1] == "@-" {
			if input != body {
				rt.Fatalf("curl reads %q, want %q\n%s", input, body, command)
			}
			args = args[:len(args)-2]
		}
		sameArguments(rt, args, request, body)
		nothingLost(rt, args, command, request)
	})
}
