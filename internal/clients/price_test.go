//go:build clients && linux

package clients

import (
	"encoding/json"
	"fmt"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

// costs are what `lesson price --json` says of a capture.
type costs struct {
	Connections []json.RawMessage
	Total       struct {
		Setup, Data struct{ Packets int }
	}
	Model struct{ Strategies []strategy }
}

// strategy is one of the ways in which the same requests could have been made.
type strategy struct {
	Name        string
	Connections int
	Setup       int `json:"setup_packets"`
	Data        int `json:"data_packets"`
	Trips       int `json:"round_trips"`
}

// TestPriceAgainstTheEmbeddedServer: what the price lesson predicts from one
// connection for each request is what one persistent connection and six
// parallel ones really cost, with the same server and the same objects.
func TestPriceAgainstTheEmbeddedServer(t *testing.T) {
	const objects = 6
	var urls []string
	for i := range objects {
		urls = append(urls, fmt.Sprintf("%s/chunked/alphabet?object=%d", site, i))
	}
	each := measured(t, objects, objects, func(n network) {
		for _, u := range urls {
			n.curl(t, u, "-H", "Connection: close")
		}
	})
	persistent := measured(t, objects, 1, func(n network) { n.curl(t, urls...) })
	parallel := measured(t, objects, objects, func(n network) {
		var wg sync.WaitGroup
		for _, u := range urls {
			wg.Go(func() { n.curl(t, u) })
		}
		wg.Wait()
	})
	for name, real := range map[string]costs{"each": each, "persistent": persistent, "parallel": parallel} {
		s := each.strategy(t, name)
		mustBe(t, name+": connections", s.Connections, len(real.Connections))
		mustBe(t, name+": packets of set-up", s.Setup, real.Total.Setup.Packets)
		mustBe(t, name+": packets with data", s.Data, real.Total.Data.Packets)
		t.Logf("%s: predicted %+v, measured %d connections, %+v", name, s, len(real.Connections), real.Total)
	}
}

// strategy finds a prediction by a word of its name.
func (c *costs) strategy(t *testing.T, word string) strategy {
	t.Helper()
	for _, s := range c.Model.Strategies {
		if strings.Contains(s.Name, word) {
			return s
		}
	}
	t.Fatalf("no strategy %q in %+v", word, c.Model.Strategies)
	return strategy{}
}

// measured captures what a client does with the lab's site, and asks what it cost.
func measured(t *testing.T, exchanges, connections int, ask func(n network)) (c costs) {
	t.Helper()
	n := newNetwork(t)
	file := filepath.Join(t.TempDir(), "lab.pcapng")
	p := n.lab(t, "-w", file)
	p.file = file
	ask(n)
	p.saw(exchanges, connections)
	p.stop()
	out := must(t, n.command(httpscope, "lesson", "price", "--json", file))
	if err := json.Unmarshal([]byte(out), &c); err != nil {
		t.Fatal(err)
	}
	return c
}
