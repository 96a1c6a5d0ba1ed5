package tasks

import (
	"httpscope/internal/client"
	"httpscope/internal/layer"
	"httpscope/internal/trace"
)

func socketTasks() []spec {
	return []spec{
		{
			Task: Task{
				ID: "echo", Title: "Echo with telnet", Topic: "Socket example 1: echo server",
				Goal:    "A connection that is not HTTP, on which the server sends back as many bytes as it got.",
				Command: "telnet {echo.host} {echo.port}",
				Steps: []client.Step{{Server: "echo", On: "telnet", Send: "test\r\n", Expect: client.Same},
					{Server: "echo", On: "telnet", Send: "CS305 is Awesome.\r\n", Expect: client.Same}},
				Explain: "TCP carries bytes, and what they mean is up to the programs. Here the numbers of bytes are compared; look at the packets to see that the bytes are the same (RFC 862).",
			},
			parts: []want{{text: "a client sends bytes that are not HTTP"}, {text: "the server sends back as many"}},
			lead:  true,
			watch: watchEcho,
		},
		{
			Task: Task{
				ID: "echo-threads", Title: "Echo with two clients at once", Topic: "Socket example 3: echo server multithreading",
				Goal:    "Two connections to one echo server that are open at the same time, and both are answered. The server with one client at a time cannot do it.",
				Command: "telnet {threads.host} {threads.port}\n(open it in two windows first, then type a line in each)",
				Steps: []client.Step{{Server: "threads", On: "client 1", Expect: client.Nothing},
					{Server: "threads", On: "client 2", Expect: client.Nothing},
					{Server: "threads", On: "client 2", Send: "client 2\r\n", Expect: client.Same},
					{Server: "threads", On: "client 1", Send: "client 1\r\n", Expect: client.Same}},
				Explain: "A thread for each client waits in recv, so no client waits for another. The four numbers of the connections differ in the client's port (RFC 9293, Section 3.3.1).",
			},
			parts: []want{{text: "an echo on one connection"}, {text: "an echo on a second one while the first is open"}},
			watch: watchEchoes,
		},
		{
			Task: Task{
				ID: "speculative", Title: "A connection that is never used", Topic: "Persistent and parallel connection",
				Goal:    "A connection that is opened and closed without a byte on it. Browsers open such connections ahead of need.",
				Command: "python3 -c \"import socket; socket.create_connection(('{http.host}', {http.port})).close()\"",
				Steps:   []client.Step{{Server: "http", Expect: client.Nothing}},
				Explain: "A handshake and a close, and nothing between them. It costs the server a connection and saves the browser a round trip, if it needs one (RFC 9112, Section 9.4).",
			},
			parts: []want{{text: "a connection that was opened and closed without a byte"}},
			watch: watchUnused,
		},
	}
}

// typed reports bytes of a client that belong to no protocol known here.
func typed(c *trace.Connection) bool {
	return c.Protocol == trace.OtherProtocol && c.Detail == "other" && c.Exchanges == 0 && c.Bytes[layer.Client] > 0
}

// echoed reports as many bytes back as were sent. The lab's server does not send
// back the four bytes exit, on which it closes.
func echoed(c *trace.Connection) bool {
	sent, back := c.Bytes[layer.Client], c.Bytes[layer.Server]
	return typed(c) && back > 0 && (back == sent || back == sent-4 && c.ClosedBy == trace.ByServer)
}

func watchEcho() watch {
	return watch{connection: func(c *trace.Connection, found func(mark)) {
		if typed(c) {
			found(mark{part: 0, key: key{id: c.ID}, at: c.Start})
		}
		if echoed(c) {
			found(mark{part: 1, key: key{id: c.ID}, at: c.End})
		}
	}}
}

// watchEchoes compares connections from the first snapshot with an echo to the
// last: a client that waits for its turn is connected, too, but has no echo yet.
//
// The lab's server with threads lets go of a connection after one echo, often
// before the next client gets its own. But then it is the server that closes,
// with everything echoed, which the other never does: there it is enough that
// both were connected at the same time.
func watchEchoes() watch {
	var served, connected, dropped spans
	return watch{connection: func(c *trace.Connection, found func(mark)) {
		if !echoed(c) || c.End.Nano == 0 {
			return
		}
		server := c.Ends[layer.Server]
		k := key{to: server.Addr(), port: server.Port()}
		found(mark{part: 0, key: k, at: c.Start})
		whole := connected.grow(c.ID, span{k, c.Start.Nano, c.End.Nano})
		met := served.meets(c.ID, served.grow(c.ID, span{k, c.End.Nano, c.End.Nano})) || dropped.meets(c.ID, whole)
		if c.ClosedBy == trace.ByServer && c.Bytes[layer.Client] == c.Bytes[layer.Server] {
			met = connected.meets(c.ID, dropped.grow(c.ID, whole)) || met
		}
		if met {
			found(mark{part: 1, key: k, at: c.End})
		}
	}}
}

func watchUnused() watch {
	return watch{connection: func(c *trace.Connection, found func(mark)) {
		if closed(c) && (c.Handshake || c.Heard) && c.Bytes == [2]int64{} && c.GapBytes == 0 {
			found(mark{key: key{id: c.ID}, at: c.Start})
		}
	}}
}
