package main

import (
	"cmp"
	"errors"
	"fmt"
	"strings"
	"sync/atomic"

	"github.com/spf13/cobra"

	"httpscope/capture"
	"httpscope/internal/course/effect"
	"httpscope/internal/filter"
	"httpscope/internal/inspect"
	"httpscope/internal/recording"
	"httpscope/internal/trace"
	"httpscope/internal/visible"
)

// filterFlags are the flags of `filter`.
type filterFlags struct {
	capture, against string
	packet, exchange int64
	reference        int64
	damage           *capture.DamageError // of the capture
}

func filterCommand(s streams) *cobra.Command {
	var f filterFlags
	cmd := &cobra.Command{
		Use:   "filter EXPR",
		Short: "Say whether a display filter is valid, what it means, what it selects, and why",
		Long: "Say whether a display filter is valid, and what it means. With --capture, list the packets that it selects in a file,\n" +
			"or say why it selects a packet or exchange, or does not. With --against, say whether another filter selects the same.",
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) != 1 {
				return &exitError{exitUsage, errors.New("filter needs one expression"), "quote it: httpscope filter 'http.response.code == 404'"}
			}
			return nil
		},
		RunE: func(_ *cobra.Command, args []string) error { return f.run(s, args[0]) },
	}
	cmd.Flags().StringVar(&f.capture, "capture", "", "a capture file: list what the filter selects in it")
	cmd.Flags().Int64Var(&f.packet, "packet", 0, "with --capture: say why the filter selects this packet, or does not")
	cmd.Flags().Int64Var(&f.exchange, "exchange", 0, "with --capture: the same for an exchange")
	cmd.Flags().Int64Var(&f.reference, "reference", 0, "with --capture: the packet of which ${field} has the values")
	cmd.Flags().StringVar(&f.against, "against", "", "another filter: say whether both select the same, here and in general")
	return cmd
}

func (f *filterFlags) run(s streams, expr string) error {
	words, err := filter.Explain(expr)
	if err != nil {
		return filterError(expr, err)
	}
	var b strings.Builder
	fmt.Fprintf(&b, "valid\n%s\n", words)
	if _, err := filter.CompileBeside(expr, false, &filter.Subject{}); err != nil {
		b.WriteString("It is a filter of packets: httpscope read --packets -Y takes it.\n")
	}
	switch {
	case f.capture == "" && (f.packet != 0 || f.exchange != 0 || f.reference != 0):
		return &exitError{exitUsage, errors.New("--packet, --exchange and --reference need --capture"), "the file that has them"}
	case f.capture != "" || f.against != "":
		if err := f.effect(&b, expr); err != nil {
			return err
		}
	}
	if _, err := s.out.Write([]byte(visible.Lines(b.String()))); err != nil {
		return outputError(err)
	}
	if f.damage != nil {
		return &exitError{code: exitDamaged, err: fmt.Errorf("%s: %w", f.capture, f.damage)}
	}
	return nil
}

// effect says what a filter does to a capture, and beside another filter.
func (f *filterFlags) effect(b *strings.Builder, expr string) error {
	r := &recording.Recording{}
	if f.capture != "" {
		var err error
		if r, err = openRecording(f.capture); err != nil {
			return err
		}
		f.damage = r.Damage
	}
	t := effect.Of(r)
	if f.exchange != 0 {
		return f.whyExchange(b, t, expr)
	}
	selected, err := referred(t, f.capture, cmp.Or(f.reference, f.packet))
	if err != nil {
		return err
	}
	compiled, err := filter.CompileBeside(expr, true, selected)
	if err != nil {
		return filterError(expr, err)
	}
	switch {
	case f.packet != 0:
		row, err := rowOfPacket(t, f.capture, f.packet)
		if err != nil {
			return err
		}
		verdict(b, fmt.Sprintf("Packet %d, %s,", f.packet, effect.Words(row)), compiled.Why(row))
		return nil
	case f.against != "":
		other, err := filter.CompileBeside(f.against, true, selected)
		if err != nil {
			return filterError(f.against, err)
		}
		compared(b, t.Compare(compiled, other), f.capture != "")
		return nil
	}
	numbers := t.Packets(compiled)
	fmt.Fprintf(b, "\n%d of %d packets\n", len(numbers), len(r.Packets))
	for _, n := range numbers {
		fmt.Fprintf(b, "%6d  %s\n", n, visible.Line(effect.Words(t.Row(n))))
	}
	return nil
}

// rowOfPacket is a packet as filters see it.
func rowOfPacket(t *effect.Traffic, path string, n int64) (*filter.Subject, error) {
	if row := t.Row(n); row != nil {
		return row, nil
	}
	return nil, &exitError{exitUsage, fmt.Errorf("%s has no packet %d", path, n), fmt.Sprintf("its packets are 1 to %d", len(t.Recording.Packets))}
}

// referred is the packet that ${field} is about, nil for none.
func referred(t *effect.Traffic, path string, n int64) (*filter.Subject, error) {
	if n == 0 {
		return nil, nil
	}
	return rowOfPacket(t, path, n)
}

// whyExchange says why a filter selects an exchange as a whole, or does not. It
// is the selected row too, unless a packet is.
func (f *filterFlags) whyExchange(b *strings.Builder, t *effect.Traffic, expr string) error {
	r := t.Recording
	if f.exchange < 1 || f.exchange > int64(len(r.Exchanges)) {
		return &exitError{exitUsage, fmt.Errorf("%s has no exchange %d", f.capture, f.exchange), fmt.Sprintf("its exchanges are 1 to %d", len(r.Exchanges))}
	}
	row := &filter.Subject{X: r.Exchanges[f.exchange-1], Begin: r.Begin}
	selected, err := referred(t, f.capture, f.reference)
	if err != nil {
		return err
	}
	compiled, err := filter.CompileBeside(expr, false, cmp.Or(selected, row))
	if err != nil {
		return filterError(expr, err)
	}
	verdict(b, fmt.Sprintf("Exchange %d", f.exchange), compiled.Why(row))
	return nil
}

// verdict writes why a row is selected, or not.
func verdict(b *strings.Builder, what string, v filter.Verdict) {
	is := "is selected"
	if !v.Match {
		is = "is not selected"
	}
	fmt.Fprintf(b, "\n%s %s.\n", visible.Line(what), is)
	for _, r := range v.Reasons {
		fmt.Fprintf(b, "%s\n", visible.Line(r.Text))
	}
}

// compared writes what two filters select.
func compared(b *strings.Builder, c effect.Comparison, captured bool) {
	b.WriteString("\n")
	if captured {
		fmt.Fprintf(b, "In this capture the filter selects %s, the other one %s: ", count(len(c.First), "packet"), count(len(c.Second), "packet"))
		if c.Same() {
			b.WriteString("the same ones.\n")
		} else {
			fmt.Fprintf(b, "%d only by the first, %d only by the second.\n", len(c.Missing), len(c.Extra))
		}
	}
	a := c.Apart
	if a == nil {
		fmt.Fprintf(b, "Nothing tells them apart among %d packets, most of them made for this purpose.\n", c.Tried)
		return
	}
	by := "the second"
	if a.ByFirst {
		by = "the first"
	}
	where := fmt.Sprintf("Packet %d, %s,", a.Frame, a.What)
	if a.Made {
		where = fmt.Sprintf("In general they are not equal: %s", a.What)
	}
	fmt.Fprintf(b, "%s is selected by %s alone.\nFirst: %s\nSecond: %s\n",
		visible.Line(where), by, visible.Line(a.WhyFirst), visible.Line(a.WhySecond))
}

// count writes a number of things.
func count(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

// filterError shows where an expression is wrong, and what could stand there.
func filterError(expr string, err error) error {
	e := &exitError{code: exitUsage, err: err, hint: "docs/filters.md describes the language and lists the fields"}
	var wrong *filter.Error
	if errors.As(err, &wrong) {
		end := min(len(expr), wrong.Offset+wrong.Length)
		mark := visible.Line(expr[:wrong.Offset]) + ">>" + visible.Line(expr[wrong.Offset:end]) + "<<"
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
