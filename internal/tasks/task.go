package tasks

import (
	"net"
	"slices"
	"strconv"
	"strings"

	"httpscope/internal/client"
	"httpscope/internal/texts"
)

// Task is a topic of the lab to be seen on the wire.
//
// Command and Steps name servers: http and https (the site, in the clear and
// over TLS), hello, dir (a folder), form, echo (one client at a time), threads (a
// client each) and raw.
type Task struct {
	ID      string
	Topic   string        // of the lab: the key of a phrase
	Command []string      // to try in a shell, with placeholders as in [Filled]; keys of phrases stand in between
	Steps   []client.Step // the same by the built-in client
}

// Title is the task in a few words.
func (t *Task) Title() texts.Phrase { return texts.Say("tasks.title." + t.ID) }

// Goal is what must be seen on the wire, in one or two sentences with placeholders as in [Filled].
func (t *Task) Goal() texts.Phrase { return texts.Say("tasks.goal." + t.ID) }

// Explain is what the task shows, once it is done, and where the rule stands.
func (t *Task) Explain() texts.Phrase { return texts.Say("tasks.explain." + t.ID) }

// part is the thing that must be seen as part i of the task, from 0.
func (t *Task) part(i int) texts.Phrase {
	return texts.Say("tasks.part." + t.ID + "." + strconv.Itoa(i+1))
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
	return slices.Concat(connectionTasks(), bodyTasks(), messageTasks(), rangeTasks(), sessionTasks(), secretTasks(),
		socketTasks(), serverTasks())
}

// Commands is the command in a language, with the servers' addresses.
func (t *Task) Commands(c texts.Catalogue, addresses map[string]string) []string {
	var lines []string
	for _, line := range t.Command {
		if c.Has(line) {
			line = c.Phrase(line)
		}
		lines = append(lines, Filled(line, addresses))
	}
	return lines
}

// Filled is a text with the servers' addresses, "host:port" by name, in place of
// {NAME}, {NAME.host} and {NAME.port}; {host} is {http}. The placeholders of a
// server that is not among the addresses stay.
func Filled(text string, addresses map[string]string) string {
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
	return strings.NewReplacer(pairs...).Replace(text)
}
