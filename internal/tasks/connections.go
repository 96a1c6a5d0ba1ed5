package tasks

import (
	"httpscope/httpdecode"
	"httpscope/internal/client"
	"httpscope/internal/layer"
	"httpscope/internal/trace"
)

func connectionTasks() []spec {
	return []spec{
		{
			Task: Task{
				ID: "persistent", Topic: "tasks.topic.connections",
				Command: []string{"curl -v http://{http}/keepalive http://{http}/keepalive"},
				Steps: []client.Step{site("one", get("/keepalive", ""), 200),
					site("one", get("/keepalive", ""), 200)},
			},
			parts: []int{1, 1},
			watch: watchPersistent,
		},
		{
			Task: Task{
				ID: "parallel", Topic: "tasks.topic.connections",
				Command: []string{"curl -v --parallel --parallel-immediate -o \"image-#1.png\" " +
					"\"http://{http}/images/[1-6].png?delay=300\""},
				Steps: parallelSteps(),
			},
			parts: []int{1, 1},
			watch: watchParallel,
		},
		{
			Task: Task{
				ID: "close-client", Topic: "tasks.topic.close",
				Command: []string{"curl -v -H \"Connection: close\" http://{http}/keepalive"},
				Steps: []client.Step{{Server: "http", Send: get("/keepalive", "Connection: close\r\n"), Status: 200,
					Expect: client.Closed}},
			},
			parts: []int{1, 1, 1},
			lead:  true,
			watch: watchCloseAsked,
		},
		{
			Task: Task{
				ID: "close-server", Topic: "tasks.topic.close",
				Command: []string{"curl -v http://{http}/close http://{http}/close"},
				Steps:   []client.Step{{Server: "http", Send: get("/close", ""), Status: 200, Expect: client.Closed}},
			},
			parts: []int{1, 1},
			lead:  true,
			watch: watchCloseAnnounced,
		},
		{
			Task: Task{
				ID: "http10", Topic: "tasks.topic.http10",
				Command: []string{"curl -v http://{dir}/ http://{dir}/favicon.ico"},
				Steps: []client.Step{{Server: "dir", Send: get("/", ""), Expect: client.Closed},
					{Server: "dir", Send: get("/favicon.ico", ""), Expect: client.Closed}},
			},
			parts: []int{2},
			watch: watchOld,
		},
	}
}

// parallelSteps ask on each connection twice, so that the connections lie side by
// side whatever the server's pace.
func parallelSteps() []client.Step {
	var steps []client.Step
	for round, images := range [][3]string{{"1", "2", "3"}, {"4", "5", "6"}} {
		for i, image := range images {
			s := site("connection "+images[i], get("/images/"+image+".png?delay=100", ""), 200)
			if round == 1 {
				s.On = "connection " + []string{"1", "2", "3"}[i]
			}
			s.Parallel = i > 0
			steps = append(steps, s)
		}
	}
	return steps
}

func watchPersistent() watch {
	return watch{exchange: func(r *reading, found func(mark)) {
		if r.over() {
			part := 1
			if r.Ordinal == 1 {
				part = 0
			}
			found(mark{part: part, key: r.sameConnection(), at: r.asked()})
		}
	}}
}

// watchParallel compares connections from their first exchange's beginning to
// their last one's end, so that exchanges that take turns count too.
func watchParallel() watch {
	var used spans
	return watch{exchange: func(r *reading, found func(mark)) {
		if r.Request == nil || r.Response == nil || r.asked().Nano == 0 {
			return
		}
		k := r.sameServer()
		k.from = r.clientEnd().Addr()
		s := used.grow(r.Conn.ID, span{k, r.asked().Nano, r.Response.Last.Nano})
		found(mark{part: 0, key: k, at: r.asked()})
		if used.meets(r.Conn.ID, s) {
			found(mark{part: 1, key: k, at: r.asked()})
		}
	}}
}

// closed reports the end of a connection; a FIN of one side announces it.
func closed(c *trace.Connection) bool { return c.State.Ended() }

func watchCloseAsked() watch {
	return watch{
		exchange: func(r *reading, found func(mark)) {
			if !r.over() || r.q.Persist() != httpdecode.CloseAsked {
				return
			}
			found(mark{part: 0, key: r.sameConnection(), at: r.asked()})
			if r.r.Persist() == httpdecode.CloseAsked {
				found(mark{part: 1, key: r.sameConnection(), at: r.answered()})
			}
		},
		connection: func(c *trace.Connection, found func(mark)) {
			if c.ClosedBy == trace.ByServer {
				found(mark{part: 1, key: key{id: c.ID}, at: c.End})
			}
			if closed(c) {
				found(mark{part: 2, key: key{id: c.ID}, at: c.End})
			}
		},
	}
}

func watchCloseAnnounced() watch {
	return watch{
		exchange: func(r *reading, found func(mark)) {
			if r.over() && r.q.Version == "HTTP/1.1" && r.q.Persist().Keeps() &&
				r.r.Persist() == httpdecode.CloseAsked && r.r.Version == "HTTP/1.1" {
				found(mark{part: 0, key: r.sameConnection(), at: r.answered()})
			}
		},
		connection: func(c *trace.Connection, found func(mark)) {
			if closed(c) {
				found(mark{part: 1, key: key{id: c.ID}, at: c.End})
			}
		},
	}
}

func watchOld() watch {
	return watch{connection: func(c *trace.Connection, found func(mark)) {
		if closed(c) && c.Protocol == trace.HTTP10 && c.Exchanges == 1 {
			server := c.Ends[layer.Server]
			found(mark{key: key{from: c.Ends[layer.Client].Addr(), to: server.Addr(), port: server.Port()},
				subject: uint64(c.ID), at: c.Start})
		}
	}}
}
