//go:build clients && linux

package clients

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"
)

// patience is how long a test waits for what must happen.
const patience = 20 * time.Second

// poll is the time between two looks.
const poll = 10 * time.Millisecond

// network is a network namespace: a machine of its own, as far as packets go.
type network struct{ name string }

var networks atomic.Int32

// newNetwork makes a network with nothing but its loopback.
func newNetwork(t *testing.T) network {
	t.Helper()
	n := network{fmt.Sprintf("net%d", networks.Add(1))}
	must(t, exec.Command("ip", "netns", "add", n.name))
	t.Cleanup(func() { must(t, exec.Command("ip", "netns", "del", n.name)) })
	n.ip(t, "link", "set", "lo", "up")
	return n
}

// ip configures the network.
func (n network) ip(t *testing.T, args ...string) {
	t.Helper()
	must(t, exec.Command("ip", append([]string{"-n", n.name}, args...)...))
}

// cable joins two networks by a pair of virtual Ethernet interfaces, without
// IPv6, whose neighbour discovery would stand in the captures.
func cable(t *testing.T, a network, aName, aAddress string, b network, bName, bAddress string) {
	t.Helper()
	a.ip(t, "link", "add", aName, "type", "veth", "peer", "name", bName, "netns", b.name)
	for _, end := range []struct {
		network
		name, address string
	}{{a, aName, aAddress}, {b, bName, bAddress}} {
		end.run(t, "sysctl", "-qw", "net.ipv6.conf."+end.name+".disable_ipv6=1")
		end.ip(t, "addr", "add", end.address, "dev", end.name)
		end.ip(t, "link", "set", end.name, "up")
	}
}

// command is a program in the network, with an environment that says the same
// on every machine: no proxy, English.
func (n network) command(args ...string) *exec.Cmd {
	c := exec.Command("ip", append([]string{"netns", "exec", n.name}, args...)...)
	c.Env = []string{"PATH=" + os.Getenv("PATH"), "HOME=/nonexistent", "LANG=C.UTF-8", "TERM=xterm-256color",
		"PYTHONDONTWRITEBYTECODE=1"}
	// A group of its own, so that children end with it.
	c.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	return c
}

// run runs a program that must succeed, and returns what it printed.
func (n network) run(t *testing.T, args ...string) string {
	t.Helper()
	return must(t, n.command(args...))
}

// curl runs curl, silent but for errors.
func (n network) curl(t *testing.T, args ...string) string {
	t.Helper()
	return n.run(t, append([]string{"curl", "-sS", "--max-time", "15"}, args...)...)
}

// background starts a program that ends with the test.
func (n network) background(t *testing.T, c *exec.Cmd) *exec.Cmd {
	t.Helper()
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		syscall.Kill(-c.Process.Pid, syscall.SIGKILL)
		c.Wait()
	})
	return c
}

// serve starts a server and waits until it listens.
func (n network) serve(t *testing.T, port string, c *exec.Cmd) *exec.Cmd {
	t.Helper()
	n.background(t, c)
	eventually(t, strings.Join(c.Args, " ")+" listens on "+port, func() bool {
		return n.run(t, "ss", "-Hltn", "sport = :"+port) != ""
	})
	return c
}

// must runs a command to its end, and stops it when that takes too long.
func must(t *testing.T, c *exec.Cmd) string {
	t.Helper()
	var stdout, stderr strings.Builder
	c.Stdout, c.Stderr = &stdout, &stderr
	c.WaitDelay = time.Second
	ctx, cancel := context.WithTimeout(context.Background(), 2*patience)
	defer cancel()
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	defer context.AfterFunc(ctx, func() { c.Process.Kill() })()
	if err := c.Wait(); err != nil {
		t.Fatalf("%s: %v\n%s", strings.Join(c.Args, " "), err, stderr.String())
	}
	return stdout.String()
}

// eventually waits until something is true.
func eventually(t *testing.T, what string, happened func() bool) {
	t.Helper()
	for end := time.Now().Add(patience); !happened(); time.Sleep(poll) {
		if time.Now().After(end) {
			t.Fatalf("waited in vain: %s", what)
		}
	}
}
