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
				ID: "https", Title: "HTTPS", Topic: "Encryption for HTTP",
				Goal:    "A connection that speaks TLS, with bytes of both sides. No request and no response on it can be read.",
				Command: "curl -v -k https://{https}/",
				Steps:   []client.Step{secure},
				Explain: "Addresses, ports, times and sizes are there; the request and the response are not to be seen. Whether the handshake ended well cannot be told from sizes alone: look at the packets (RFC 9110, Section 4.2.2, RFC 8446).",
			},
			parts: []want{{text: "a client begins TLS"}, {text: "the server answers, and no exchange can be read"}},
			lead:  true,
			watch: watchTLS,
		},
		{
			Task: Task{
				ID: "eavesdrop", Title: "Login with http and with https", Topic: "Secured login vs. full-session HTTPS",
				Goal:    "A password that can be read in a request, and a TLS connection of the same two machines. Bodies must be kept for this.",
				Command: "curl -v -d \"" + login + "\" http://{http}/login.php\ncurl -v -k -d \"" + login + "\" https://{https}/login.php",
				Steps: []client.Step{{Server: "http", Send: post("/login.php", ""), Body: login, Status: 200},
					{Server: "https", Send: post("/login.php", ""), Body: login, Status: 200}},
				Explain: "The same form, and an eavesdropper reads the password of the first and not of the second. What was sent on the TLS connection nobody can tell from outside (RFC 9110, Section 17.16.1).",
			},
			parts: []want{{text: "a password that can be read"}, {text: "a TLS connection of the same machines"}},
			watch: watchEavesdrop,
		},
		{
			Task: Task{
				ID: "mixed", Title: "Partially secure page", Topic: "Partially secure web page",
				Goal:    "A TLS connection, and within seconds an image, script or style sheet that the same client gets by plain http.",
				Command: "curl -v -k https://{https}/mixed\ncurl -v -e https://{https}/mixed http://{http}/images/1.png -o image.png",
				Steps: []client.Step{{Server: "https", Send: get("/mixed", ""), Status: 200},
					{Server: "http", Send: get("/images/1.png", "Referer: https://{https}/mixed\r\n"), Status: 200}},
				Explain: "The page was encrypted, a part of it was not, and whoever can change packets can change that part. Browsers therefore block scripts and upgrade or warn of images (W3C Mixed Content).",
			},
			parts: []want{{text: "a TLS connection"}, {text: "a part of a page by plain http, with an https Referer or while the TLS connection was in use"}},
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
			if scheme, _ := r.q.Lookup(httpdecode.FieldAuthorization); postsPassword(r) || strings.HasPrefix(strings.ToLower(scheme), "basic ") {
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
			if parts.meets(-1, pages.grow(c.ID, span{machinesOf(c), c.Start.Nano, c.End.Nano + pageTime.Nanoseconds()})) {
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
	for _, t := range []string{"image/", "font/", "audio/", "video/", "text/css", "text/javascript", "application/javascript"} {
		if mediaType(r.r, t) {
			return true
		}
	}
	return false
}
