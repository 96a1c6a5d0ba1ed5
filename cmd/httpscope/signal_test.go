//go:build unix

package main

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// TestInterruptBeforeTheFirstByte: every command that reads a capture or a sheet from a pipe into
// which nobody writes ends with the signal, `read` with its summary and the code for it.
func TestInterruptBeforeTheFirstByte(t *testing.T) {
	pipe := filepath.Join(t.TempDir(), "pipe")
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Fatal(err)
	}
	for line, summary := range map[string]string{
		"read PIPE": "0 exchanges", "read -": "0 exchanges", "read --why PIPE": "0 exchanges",
		"read --json -": `"type":"summary"`, "read -e http.host -": "",
	} {
		for _, sig := range []syscall.Signal{syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP} {
			args := strings.Fields(strings.ReplaceAll(line, "PIPE", pipe))
			if code, _, said := untilHeard(t, args, sig); code != exitInterrupted || !strings.Contains(said, summary) {
				t.Errorf("%s: %s ends it with %d, %q", line, sig, code, said)
			}
		}
	}
	for _, line := range []string{
		"read --packets -", "read --packets PIPE", "lesson jar PIPE", "quiz --list PIPE",
		"filter http --capture PIPE", "coursework key cs305-4.2 --capture PIPE", "coursework validate PIPE",
		"check cs305-4.2 --capture PIPE --answers PIPE",
	} {
		args := strings.Fields(strings.ReplaceAll(line, "PIPE", pipe))
		code, died, _ := interrupted(t, args, syscall.SIGINT, 50*time.Millisecond)
		if died != syscall.SIGINT && code != exitInterrupted {
			t.Errorf("%s: it ends with %d", line, code)
		}
	}
}

// untilHeard sends a signal later and later, until it does not come before the program asks for it.
func untilHeard(t *testing.T, args []string, sig syscall.Signal) (code int, died syscall.Signal, said string) {
	t.Helper()
	for after := 50 * time.Millisecond; after < patience/2; after *= 2 {
		if code, died, said = interrupted(t, args, sig, after); died == 0 {
			break
		}
	}
	return code, died, said
}

// interrupted starts the program with an input that stays silent, and sends it a signal after a time.
func interrupted(t *testing.T, args []string, sig syscall.Signal, after time.Duration) (
	code int, died syscall.Signal, said string,
) {
	t.Helper()
	cmd := exec.Command("httpscope", args...)
	var out bytes.Buffer
	cmd.Stdout = &out
	stdin, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	defer stdin.Close()
	// What nohup or a shell's background job ignores, the program would ignore too. A signal
	// that is caught here is not ignored there.
	caught := make(chan os.Signal, 1)
	signal.Notify(caught, sig)
	defer signal.Stop(caught)
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	soon := time.AfterFunc(after, func() { _ = cmd.Process.Signal(sig) })
	late := time.AfterFunc(after+patience, func() { _ = cmd.Process.Kill() })
	defer soon.Stop()
	defer late.Stop()
	err = cmd.Wait()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	if status, ok := cmd.ProcessState.Sys().(syscall.WaitStatus); ok && status.Signaled() {
		died = status.Signal()
	}
	return cmd.ProcessState.ExitCode(), died, out.String()
}
