//go:build unix

package target

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"strconv"
	"syscall"
	"testing"
)

// crowdEnv makes this test program a crowd: it opens a number of connections
// to an address, says so, and holds them until its input ends. In a process of
// its own, because the number of file descriptors of one process is limited.
const crowdEnv = "HTTPSCOPE_TEST_CROWD"

func TestMain(m *testing.M) {
	if order := os.Getenv(crowdEnv); order != "" {
		if err := crowd(order); err != nil {
			fmt.Println(err)
			os.Exit(1)
		}
		return
	}
	os.Exit(m.Run())
}

func crowd(order string) error {
	var count int
	var addr string
	if _, err := fmt.Sscan(order, &count, &addr); err != nil {
		return err
	}
	open := make([]net.Conn, count)
	for i := range open {
		c, err := net.Dial("tcp", addr)
		if err != nil {
			return err
		}
		if i%2 == 0 {
			// Half of them begin a request, which keeps a server reading.
			if _, err := io.WriteString(c, "GET / HT"); err != nil {
				return err
			}
		}
		open[i] = c
	}
	fmt.Println("open")
	_, err := io.Copy(io.Discard, os.Stdin)
	return err
}

// TestTenThousandOpenConnections asks servers for a page beside as many idle
// connections as the system lets this process have, up to 10 000.
func TestTenThousandOpenConnections(t *testing.T) {
	var files syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_NOFILE, &files); err != nil {
		t.Fatal(err)
	}
	count := min(10_000, int(files.Cur)-200)
	if count < 500 {
		t.Fatalf("only %d file descriptors: run `ulimit -n 1024` before the tests", files.Cur)
	}
	for _, name := range []string{"site", "directory", "echo-threads"} {
		t.Run(name, func(t *testing.T) {
			ear := newTape()
			s := start(t, Options{Ear: ear})
			hold(t, count, address(t, s, name))
			eventually(t, strconv.Itoa(count)+" are accepted", func() bool { return len(ear.happened()) >= count })
			alive(t, info(t, s, name))
			if closed := len(ear.closed(name)); closed > count/2+2 {
				// echo-threads answers those that sent something, once.
				t.Errorf("%d of %d connections have ended", closed, count)
			}
		})
	}
}

// hold keeps connections open in another process for the length of a test.
func hold(t *testing.T, count int, addr string) {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), fmt.Sprintf("%s=%d %s", crowdEnv, count, addr))
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		in.Close()
		if err := cmd.Wait(); err != nil {
			t.Error(err)
		}
	})
	if line, err := bufio.NewReader(out).ReadString('\n'); err != nil || line != "open\n" {
		t.Fatalf("the crowd says %q, %v", line, err)
	}
}
