package tasks

import (
	"net"
	"slices"
	"strings"

	"httpscope/internal/client"
)

// Task is a topic of the lab to be seen on the wire.
//
// Command and Steps name servers: http and https (the site, in the clear and
// over TLS), hello, dir (a folder), form, echo (one client at a time), threads (a
// client each) and raw.
type Task struct {
	ID, Title string
	Topic     string        // of the lab
	Goal      string        // what must be seen on the wire, one or two sentences
	Command   string        // to try in a shell, one command a line; placeholders as in [Task.Commands]
	Steps     []client.Step // the same by the built-in client
	Explain   string        // what it shows, once it is done, and where the rule stands
}

// All lists the tasks in the order of the lab.
func All() []Task {
	var all []Task
	for _, s := range specs() {
		all = append(all, s.Task)
	}
	return all
}

// specs lists the tasks with what proves them.
func specs() []spec {
	return slices.Concat(connectionTasks(), bodyTasks(), messageTasks(), rangeTasks(), sessionTasks(), secretTasks(), socketTasks(), serverTasks())
}

// Commands is the command with the servers' addresses, "host:port" by name, in
// place of {NAME}, {NAME.host} and {NAME.port}; {host} is {http}. The placeholders
// of a server that is not among the addresses stay.
func (t *Task) Commands(addresses map[string]string) string {
	var pairs []string
	for name, address := range addresses {
		host, port, err := net.SplitHostPort(address)
		if err != nil {
			continue
		}
		pairs = append(pairs, "{"+name+"}", address, "{"+name+".host}", host, "{"+name+".port}", port)
		if name == "http" {
			pairs = append(pairs, "{host}", address)
		}
	}
	return strings.NewReplacer(pairs...).Replace(t.Command)
}
