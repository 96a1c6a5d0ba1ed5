package tasks

import (
	"strings"
	"time"

	"httpscope/httpdecode"
	"httpscope/internal/client"
	"httpscope/internal/layer"
	"httpscope/internal/trace"
)

func secretTasks() []spec {
	secure := client.Step{Server: "https", Send: get("/", ""), Status: 200}
	return []spec{
		{
			Task: Task{
				ID: "https", Topic: "tasks.topic.encryption",
				Command: []string{"curl -v -k https://{https}/"},
				Steps:   []client.Step{secure},
			},
			parts: []int{1, 1},
			lead:  true,
			watch: watchTLS,
		},
		{
			Task: Task{
				ID: "eavesdrop", Topic: "tasks.topic.full-https",
				Command: []string{
					"curl -v -d \"" + login + "\" http://{http}/login.php",
					"curl -v -k -d \"" + login + "\" https://{https}/login.php",
				},
				Steps: []client.Step{{Server: "http", Send: post("/login.php", ""), Body: login, Status: 200},
					{Server: "https", Send: post("/login.php", ""), Body: login, Status: 200}},
			},
			parts: []int{1, 1},
			watch: watchEavesdrop,
		},
		{
			Task: Task{
				ID: "mixed", Topic: "tasks.topic.partly-secure",
				Command: []string{
					"curl -v -k https://{https}/mixed",
					"curl -v -e https://{https}/mixed http://{http}/images/1.png -o image.png",
				},
				Steps: []client.Step{{Server: "https", Send: get("/mixed", ""), Status: 200},
					{Server: "http", Send: get("/images/1.png", "Referer: https://{https}/mixed\r\n"), Status: 200}},
			},
			parts: []int{1, 1},
			watch: watchMixed,
		},
	}
}

// secured reports a connection on which a server speaks TLS, as far as sizes tell.
func secured(c *trace.Connection) bool {
	return c.Protocol == trace.TLS && c.Bytes[layer.Server] > 0 && c.Exchanges == 0
}

func watchTLS() watch {
	return watch{connection: func(c *trace.Connection, found func(mark)) {
		if c.Protocol == trace.TLS {
			found(mark{part: 0, key: key{id: c.ID}, at: c.Start})
		}
		if secured(c) {
			found(mark{part: 1, key: key{id: c.ID}, at: c.End})
		}
	}}
}

// machinesOf are the two addresses of a connection without ports.
func machinesOf(c *trace.Connection) key {
	return key{from: c.Ends[layer.Client].Addr(), to: c.Ends[layer.Server].Addr()}
}

func watchEavesdrop() watch {
	return watch{
		exchange: func(r *reading, found func(mark)) {
			if scheme, _ := r.q.Lookup(httpdecode.FieldAuthorization); postsPassword(r) ||
				strings.HasPrefix(strings.ToLower(scheme), "basic ") {
				found(mark{part: 0, key: r.sameMachines(), at: r.asked()})
			}
		},
		connection: func(c *trace.Connection, found func(mark)) {
			if secured(c) {
				found(mark{part: 1, key: machinesOf(c), at: c.Start})
			}
		},
	}
}

// pageTime is how long after the page's last packet its parts are still looked
// for: browsers ask for them at once, people with curl take seconds.
const pageTime = 10 * time.Second

// watchMixed cannot read which page a part belongs to: it stands in the
// encrypted bytes. What it goes by is an https Referer, whatever server the part
// comes from, or else (browsers no longer send such a Referer to http) the time
// and the machines.
func watchMixed() watch {
	var pages, parts spans
	return watch{
		exchange: func(r *reading, found func(mark)) {
			if !r.over() || !isPartOfPage(r) {
				return
			}
			asked := span{r.sameMachines(), r.asked().Nano, r.asked().Nano}
			parts.grow(r.ID, asked)
			referer, _ := r.q.Lookup(httpdecode.FieldReferer)
			if strings.HasPrefix(strings.ToLower(referer), "https://") {
				found(mark{part: 1, key: key{from: r.clientEnd().Addr()}, at: r.asked()})
			}
			if pages.meets(-1, asked) {
				found(mark{part: 1, key: r.sameMachines(), at: r.asked()})
			}
		},
		connection: func(c *trace.Connection, found func(mark)) {
			if !secured(c) {
				return
			}
			found(mark{part: 0, key: machinesOf(c), at: c.Start})
			found(mark{part: 0, key: key{from: c.Ends[layer.Client].Addr()}, at: c.Start})
			page := span{machinesOf(c), c.Start.Nano, c.End.Nano + pageTime.Nanoseconds()}
			if parts.meets(-1, pages.grow(c.ID, page)) {
				found(mark{part: 1, key: machinesOf(c), at: c.End})
			}
		},
	}
}

// isPartOfPage reports content that pages embed.
func isPartOfPage(r *reading) bool {
	if r.r.Status/100 != 2 && r.r.Status != 304 {
		return false
	}
	for _, t := range []string{"image/", "font/", "audio/", "video/", "text/css", "text/javascript",
		"application/javascript"} {
		if mediaType(r.r, t) {
			return true
		}
	}
	return false
}
