//go:build linux || darwin

package main

import (
	"bufio"
	"bytes"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// load is what wrk asks the target server for at full rate: by one process, or by several at once.
type load struct {
	name string
	path string
	args [][]string // of each process, behind its usual ones and the URL
}

// loads are many small responses, fewer large ones, which fill buffers, and what strangers do.
func loads(script string) []load {
	one := [][]string{{}}
	mixed := [][]string{{"-s", script}, {"-s", script, "--", "pipelined"}}
	return []load{{"42 bytes", "/length/alphabet", one}, {"47 022 bytes", "/range/file", one},
		{"mixed traffic, a third of it pipelined", "/", mixed}}
}

// mixedScript is the script of the mixed traffic.
//
//go:embed mixed.lua
var mixedScript []byte

// liveBench measures a capture on loopback while wrk asks the target server at
// full rate, by turns without a capture, with each backend, and with tcpdump as
// it is by default.
func liveBench(bin string, seconds int) error {
	if _, err := exec.LookPath("wrk"); err != nil {
		fmt.Println("live: wrk is not installed")
		return nil
	}
	server, url, err := startServer(bin)
	if err != nil {
		return err
	}
	defer server.end()
	port := url[strings.LastIndex(url, ":")+1:]
	script := filepath.Join(os.TempDir(), fmt.Sprintf("mixed-%d.lua", os.Getpid()))
	if err := os.WriteFile(script, mixedScript, 0o644); err != nil {
		return err
	}
	defer os.Remove(script)
	for _, load := range loads(script) {
		fmt.Printf("live: GET %s, %s, at full rate for %d s on loopback\n", load.path, load.name, seconds)
		for _, c := range captures(bin, port) {
			if err := c.measure(load, url, seconds); err != nil {
				return err
			}
		}
	}
	return nil
}

// captor is a way to capture while the load runs.
type captor struct {
	name    string
	command []string                                                  // nil: no capture
	read    func(out, err []byte) (packets, dropped, exchanges int64) // what it says at its end
}

func captures(bin, port string) []captor {
	filter := "tcp port " + port
	ours := func(backend string) captor {
		return captor{"httpscope, " + backend, []string{bin, "live", "-i", loopback, "-f", filter, "--headless",
			"--json", "--backend", backend}, readSummary}
	}
	all := []captor{{name: "no capture"}, ours("libpcap")}
	if loopback == "lo" {
		all = append(all, ours("af_packet"))
	}
	return append(all, captor{"tcpdump, by default", []string{"tcpdump", "-i", loopback, "-w", "/dev/null", filter},
		readTcpdump})
}

// measure runs the load beside the capture and prints a line.
func (c captor) measure(l load, url string, seconds int) error {
	var p *process
	if c.command != nil {
		var err error
		if p, err = start(c.command); err != nil {
			fmt.Printf("  %-22s %v\n", c.name, err)
			return nil
		}
		time.Sleep(time.Second) // until it captures
	}
	requests, rate, err := l.run(url, seconds)
	if err != nil {
		return err
	}
	if p == nil {
		fmt.Printf("  %-22s %8.0f requests/s\n", c.name, rate)
		return nil
	}
	time.Sleep(time.Second) // until the last packets are through
	p.end()
	packets, dropped, exchanges := c.read(p.out.Bytes(), p.err.Bytes())
	fmt.Printf("  %-22s %8.0f requests/s  %9d packets, %d dropped", c.name, rate, packets, dropped)
	if exchanges >= 0 {
		fmt.Printf("; %d exchanges, wrk counts %d requests", exchanges, requests)
	}
	fmt.Println()
	return nil
}

// run runs the processes of a load at once and sums up what they counted.
func (l load) run(url string, seconds int) (requests int64, rate float64, err error) {
	type counted struct {
		requests int64
		rate     float64
		err      error
	}
	all := make(chan counted)
	for _, args := range l.args {
		go func() {
			var c counted
			c.requests, c.rate, c.err = wrk(url+l.path, seconds, 32/len(l.args), args)
			all <- c
		}()
	}
	for range l.args {
		c := <-all
		requests, rate, err = requests+c.requests, rate+c.rate, errors.Join(err, c.err)
	}
	return requests, rate, err
}

// wrk loads a URL over some connections and returns what it counted: requests, and
// requests per second. What args has behind "--" is for its script.
func wrk(url string, seconds, connections int, args []string) (requests int64, rate float64, err error) {
	command := []string{"-t1", fmt.Sprintf("-c%d", connections), fmt.Sprintf("-d%ds", seconds)}
	if i := slices.Index(args, "--"); i >= 0 {
		command = append(append(append(command, args[:i]...), url), args[i:]...)
	} else {
		command = append(append(command, args...), url)
	}
	out, err := exec.Command("wrk", command...).Output()
	if err != nil {
		return 0, 0, fmt.Errorf("wrk: %w", err)
	}
	if m := regexp.MustCompile(`(\d+) requests in`).FindSubmatch(out); m != nil {
		requests, _ = strconv.ParseInt(string(m[1]), 10, 64)
	}
	if m := regexp.MustCompile(`Requests/sec:\s+([\d.]+)`).FindSubmatch(out); m != nil {
		rate, _ = strconv.ParseFloat(string(m[1]), 64)
	}
	return requests, rate, nil
}

// process is a command that runs until it is interrupted. Of what it prints
// the end is kept.
type process struct {
	cmd      *exec.Cmd
	out, err tail
}

// tail keeps the last bytes that were written to it.
type tail struct{ b []byte }

// tailBytes is enough for the last lines of any of the commands.
const tailBytes = 64 << 10

// Write implements io.Writer.
func (t *tail) Write(p []byte) (int, error) {
	t.b = append(t.b, p...)
	if len(t.b) > 2*tailBytes {
		t.b = append(t.b[:0], t.b[len(t.b)-tailBytes:]...)
	}
	return len(p), nil
}

// Bytes is what was kept.
func (t *tail) Bytes() []byte { return t.b }

func start(command []string) (*process, error) {
	p := &process{cmd: exec.Command(command[0], command[1:]...)}
	p.cmd.Stdout, p.cmd.Stderr = &p.out, &p.err
	if err := p.cmd.Start(); err != nil {
		return nil, err
	}
	return p, nil
}

func (p *process) end() {
	p.cmd.Process.Signal(syscall.SIGINT)
	p.cmd.Wait() // how it ended shows in what it printed
}

// startServer runs the target servers and returns the address of the site.
func startServer(bin string) (*process, string, error) {
	p := &process{cmd: exec.Command(bin, "serve", "--quiet", "--port", "0")}
	p.cmd.Stderr = os.Stderr
	out, err := p.cmd.StdoutPipe()
	if err != nil {
		return nil, "", err
	}
	if err := p.cmd.Start(); err != nil {
		return nil, "", fmt.Errorf("%s serve: %w", bin, err)
	}
	lines := bufio.NewReader(out)
	for {
		line, err := lines.ReadString('\n')
		if err != nil {
			return nil, "", fmt.Errorf("%s serve: %w", bin, err)
		}
		if w := strings.Fields(line); len(w) > 1 && w[0] == "site" {
			go io.Copy(io.Discard, lines)
			return p, w[1], nil
		}
	}
}

// readSummary reads the last line of JSON.
func readSummary(out, _ []byte) (packets, dropped, exchanges int64) {
	lines := bytes.Split(bytes.TrimSpace(out), []byte("\n"))
	var s struct{ Packets, Dropped, Exchanges int64 }
	if json.Unmarshal(lines[len(lines)-1], &s) != nil {
		return -1, -1, -1
	}
	return s.Packets, s.Dropped, s.Exchanges
}

// readTcpdump reads the counts that tcpdump ends with.
func readTcpdump(_, said []byte) (packets, dropped, exchanges int64) {
	number := func(what string) int64 {
		m := regexp.MustCompile(`(\d+) packets? ` + what).FindSubmatch(said)
		if m == nil {
			return -1
		}
		n, _ := strconv.ParseInt(string(m[1]), 10, 64)
		return n
	}
	return number("captured"), number("dropped by kernel"), -1
}
