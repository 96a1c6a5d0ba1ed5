package main

import (
	"errors"
	"fmt"
	"strings"
	"sync/atomic"

	"github.com/spf13/cobra"

	"httpscope/internal/filter"
	"httpscope/internal/inspect"
	"httpscope/internal/trace"
)

func filterCommand(s streams) *cobra.Command {
	return &cobra.Command{
		Use:   "filter EXPR",
		Short: "Say whether a display filter is valid, and what it means",
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) != 1 {
				return &exitError{exitUsage, errors.New("filter needs one expression"), "quote it: httpscope filter 'http.response.code == 404'"}
			}
			return nil
		},
		RunE: func(_ *cobra.Command, args []string) error {
			words, err := filter.Explain(args[0])
			if err != nil {
				return filterError(args[0], err)
			}
			_, err = fmt.Fprintf(s.out, "valid\n%s\n", words)
			return outputError(err)
		},
	}
}

// filterError shows where an expression is wrong, and what could stand there.
func filterError(expr string, err error) error {
	e := &exitError{code: exitUsage, err: err, hint: "docs/filters.md describes the language and lists the fields"}
	var wrong *filter.Error
	if errors.As(err, &wrong) {
		mark := oneLine(expr[:wrong.Offset]) + ">>" + oneLine(expr[wrong.Offset:min(len(expr), wrong.Offset+wrong.Length)]) + "<<"
		e.hint = "the place is between >> and <<: " + strings.TrimSpace(mark)
	}
	return e
}

// selection lets pass what a display filter selects: exchanges of which a
// message, or both together, match, and the connections that have one.
type selection struct {
	*inspect.Relay
	filter *filter.Filter
	began  *atomic.Int64  // time of the first packet
	seen   map[int64]bool // open connections with such an exchange
}

// Exchange implements inspect.Sink.
func (s *selection) Exchange(x *trace.Exchange) {
	if s.filter.Match(&filter.Subject{X: x, Begin: s.began.Load()}) {
		s.seen[x.Conn.ID] = true
		s.Relay.Exchange(x)
	}
}

// Connection implements inspect.Sink.
func (s *selection) Connection(c *trace.Connection) {
	if s.seen[c.ID] {
		delete(s.seen, c.ID)
		s.Relay.Connection(c)
	}
}
