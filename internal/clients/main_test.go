//go:build clients && linux

package clients

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"syscall"
	"testing"
)

// insideVariable names the built program to the tests in the namespaces.
const insideVariable = "HTTPSCOPE_CLIENTS_PROGRAM"

// httpscope is the path of the program under test.
var httpscope = os.Getenv(insideVariable)

// needed are the programs of the tests and the Debian packages that have them.
var needed = [][2]string{
	{"chromium", "chromium"}, {"curl", "curl"}, {"telnet", "telnet"}, {"nc", "netcat-openbsd"},
	{"python3", "python3"}, {"nginx", "nginx-light"},
	{"ip", "iproute2"}, {"ss", "iproute2"}, {"tshark", "tshark"}, {"capinfos", "wireshark-common"}, {"tmux", "tmux"},
	{"setpriv", "util-linux"}, {"unshare", "util-linux"}, {"setcap", "libcap2-bin"}, {"stty", "coreutils"},
}

// TestMain builds the program, and runs the tests in namespaces of their own.
func TestMain(m *testing.M) {
	if httpscope == "" {
		os.Exit(outside())
	}
	// Programs that are started inherit what nohup or a shell's background job ignores, but
	// not what is caught.
	signal.Notify(make(chan os.Signal, 1), syscall.SIGHUP, syscall.SIGINT)
	if err := private(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	os.Exit(m.Run())
}

// outside is the process that was started. It has what the namespaces lack:
// the network that a build may need.
func outside() int {
	if missing := missing(); missing != "" {
		fmt.Fprintln(os.Stderr, missing)
		return 1
	}
	// Not the user's temporary folder: every user must reach the program.
	dir, err := os.MkdirTemp("/tmp", "httpscope-clients-")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer os.RemoveAll(dir)
	program, err := build(dir)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return inside(program)
}

// missing says what to install, "" when everything is there.
func missing() string {
	if os.Geteuid() != 0 {
		return "these tests make network namespaces: run them as root"
	}
	var install []string
	for _, n := range needed {
		if _, err := exec.LookPath(n[0]); err != nil {
			install = append(install, n[1])
		}
	}
	if python() == "" {
		install = append(install, "python3-flask")
	}
	if len(install) == 0 {
		return ""
	}
	return "programs are missing: apt-get install " + strings.Join(slices.Compact(install), " ")
}

// python is an interpreter that has flask, "" for none: the first on the path
// may be one of pyenv, where Debian's packages are not seen.
func python() string {
	for _, p := range []string{"python3", "/usr/bin/python3"} {
		if exec.Command(p, "-c", "import flask").Run() == nil {
			return p
		}
	}
	return ""
}

// build makes the program with both backends in it.
func build(dir string) (string, error) {
	if err := os.Chmod(dir, 0o755); err != nil {
		return "", err
	}
	tag, err := exec.Command("sh", "../build/libpcap-tag").Output()
	if err != nil || len(bytes.TrimSpace(tag)) == 0 {
		return "", fmt.Errorf("libpcap's header is missing: apt-get install libpcap-dev (%v)", err)
	}
	program := filepath.Join(dir, "httpscope")
	out, err := exec.Command("go", "build", "-tags", strings.TrimSpace(string(tag)), "-o", program,
		"../../cmd/httpscope").CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("building the program: %w\n%s", err, out)
	}
	return program, nil
}

// inside runs this test program again. The first process of the namespace of
// processes takes all others with it when it ends.
func inside(program string) int {
	args := append([]string{"--mount", "--net", "--pid", "--fork", "--kill-child", "--mount-proc", os.Args[0]},
		os.Args[1:]...)
	c := exec.Command("unshare", args...)
	c.Env = append(os.Environ(), insideVariable+"="+program)
	c.Stdout, c.Stderr = os.Stdout, os.Stderr
	c.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	// The signal comes when the thread ends that started the process.
	runtime.LockOSThread()
	err := c.Run()
	var failed *exec.ExitError
	switch {
	case err == nil:
		return 0
	case errors.As(err, &failed) && failed.ExitCode() > 0:
		return failed.ExitCode()
	}
	fmt.Fprintln(os.Stderr, err)
	return 1
}

// private hides the folder in which `ip netns` keeps its names.
func private() error {
	const names = "/run/netns"
	if err := os.MkdirAll(names, 0o755); err != nil {
		return err
	}
	return syscall.Mount("tmpfs", names, "tmpfs", 0, "")
}
