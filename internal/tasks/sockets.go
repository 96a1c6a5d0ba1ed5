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
				ID: "echo", Topic: "tasks.topic.socket-1",
				Command: []string{"telnet {echo.host} {echo.port}"},
				Steps: []client.Step{{Server: "echo", On: "telnet", Send: "test\r\n", Expect: client.Same},
					{Server: "echo", On: "telnet", Send: "CS305 is Awesome.\r\n", Expect: client.Same}},
			},
			parts: []int{1, 1},
			lead:  true,
			watch: watchEcho,
		},
		{
			Task: Task{
				ID: "echo-threads", Topic: "tasks.topic.socket-3",
				Command: []string{"telnet {threads.host} {threads.port}", "tasks.step.two-windows"},
				Steps: []client.Step{{Server: "threads", On: "client 1", Expect: client.Nothing},
					{Server: "threads", On: "client 2", Expect: client.Nothing},
					{Server: "threads", On: "client 2", Send: "client 2\r\n", Expect: client.Same},
					{Server: "threads", On: "client 1", Send: "client 1\r\n", Expect: client.Same}},
			},
			parts: []int{1, 1},
			watch: watchEchoes,
		},
		{
			Task: Task{
				ID: "speculative", Topic: "tasks.topic.connections",
				Command: []string{"python3 -c \"import socket; " +
					"socket.create_connection(('{http.host}', {http.port})).close()\""},
				Steps: []client.Step{{Server: "http", Expect: client.Nothing}},
			},
			parts: []int{1},
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
