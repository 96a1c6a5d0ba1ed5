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
	"httpscope/internal/texts"
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
		Short: s.texts.Phrase("filter.cmd.short"),
		Long:  s.texts.Phrase("filter.cmd.long"),
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) != 1 {
				return filterUsage(texts.Errorf("filter.cmd.one"), texts.Say("filter.cmd.one-hint"))
			}
			return nil
		},
		RunE: func(_ *cobra.Command, args []string) error { return f.run(s, args[0]) },
	}
	cmd.Flags().StringVar(&f.capture, "capture", "", s.texts.Phrase("filter.cmd.flag.capture"))
	cmd.Flags().Int64Var(&f.packet, "packet", 0, s.texts.Phrase("filter.cmd.flag.packet"))
	cmd.Flags().Int64Var(&f.exchange, "exchange", 0, s.texts.Phrase("filter.cmd.flag.exchange"))
	cmd.Flags().Int64Var(&f.reference, "reference", 0, s.texts.Phrase("filter.cmd.flag.reference"))
	cmd.Flags().StringVar(&f.against, "against", "", s.texts.Phrase("filter.cmd.flag.against"))
	return cmd
}

// filterUsage is the error that a filter is asked about what is not there.
func filterUsage(what *texts.Error, hint texts.Phrase) error {
	return &exitError{exitUsage, what, hint}
}

// filterPage is what the command writes.
type filterPage struct {
	texts.Catalogue
	strings.Builder
}

// line writes a line of a phrase. What of the network is in it becomes visible.
func (p *filterPage) line(key string, args ...any) {
	p.WriteString(visible.Line(p.Phrase(key, args...)) + "\n")
}

func (f *filterFlags) run(s streams, expr string) error {
	words, err := filter.Explain(s.texts.Lang(), expr)
	if err != nil {
		return filterError(expr, err)
	}
	b := &filterPage{Catalogue: s.texts}
	b.line("filter.cmd.valid")
	b.WriteString(words + "\n")
	if _, err := filter.CompileBeside(expr, false, &filter.Subject{}); err != nil {
		b.line("filter.cmd.of-packets")
	}
	switch {
	case f.capture == "" && (f.packet != 0 || f.exchange != 0 || f.reference != 0):
		return filterUsage(texts.Errorf("filter.cmd.need-capture"), texts.Say("filter.cmd.need-capture-hint"))
	case f.capture != "" || f.against != "":
		if err := f.effect(b, expr); err != nil {
			return err
		}
	}
	if _, err := s.out.Write([]byte(visible.Lines(b.String()))); err != nil {
		return outputError(err)
	}
	if f.damage != nil {
		return &exitError{code: exitDamaged, err: texts.Errorf("error.of", f.capture, f.damage)}
	}
	return nil
}

// effect says what a filter does to a capture, and beside another filter.
func (f *filterFlags) effect(b *filterPage, expr string) error {
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
		b.verdict("filter.cmd.packet-is", compiled.Why(row), f.packet, effect.Words(row))
		return nil
	case f.against != "":
		other, err := filter.CompileBeside(f.against, true, selected)
		if err != nil {
			return filterError(f.against, err)
		}
		b.compared(t.Compare(compiled, other), f.capture != "")
		return nil
	}
	numbers := t.Packets(compiled)
	b.WriteString("\n")
	b.line("filter.cmd.selected", len(numbers), len(r.Packets))
	for _, n := range numbers {
		fmt.Fprintf(b, "%6d  %s\n", n, visible.Line(b.Of(effect.Words(t.Row(n)))))
	}
	return nil
}

// rowOfPacket is a packet as filters see it.
func rowOfPacket(t *effect.Traffic, path string, n int64) (*filter.Subject, error) {
	if row := t.Row(n); row != nil {
		return row, nil
	}
	return nil, filterUsage(texts.Errorf("filter.cmd.no-packet", path, n),
		texts.Say("filter.cmd.no-packet-hint", len(t.Recording.Packets)))
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
func (f *filterFlags) whyExchange(b *filterPage, t *effect.Traffic, expr string) error {
	r := t.Recording
	if f.exchange < 1 || f.exchange > int64(len(r.Exchanges)) {
		return filterUsage(texts.Errorf("filter.cmd.no-exchange", f.capture, f.exchange),
			texts.Say("filter.cmd.no-exchange-hint", len(r.Exchanges)))
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
	b.verdict("filter.cmd.exchange-is", compiled.Why(row), f.exchange)
	return nil
}

// verdict writes that a row is selected, or is not, by the key of the phrase that says so of one that is; and why.
func (p *filterPage) verdict(key string, v filter.Verdict, args ...any) {
	if !v.Match {
		key += "-not"
	}
	p.WriteString("\n")
	p.line(key, args...)
	for _, r := range v.Reasons {
		p.WriteString(visible.Line(p.Of(r.Text)) + "\n")
	}
}

// compared writes what two filters select.
func (p *filterPage) compared(c effect.Comparison, captured bool) {
	p.WriteString("\n")
	first, second := texts.Say("count.packet", len(c.First)), texts.Say("count.packet", len(c.Second))
	switch {
	case captured && c.Same():
		p.line("filter.cmd.same", first, second)
	case captured:
		p.line("filter.cmd.differ", first, second, len(c.Missing), len(c.Extra))
	}
	a := c.Difference
	if a == nil {
		p.line("filter.cmd.not-apart", c.Tried)
		return
	}
	by := map[bool]string{true: "first", false: "second"}[a.ByFirst]
	if a.Made {
		p.line("filter.cmd.made-"+by, a.What)
	} else {
		p.line("filter.cmd.apart-"+by, a.Frame, a.What)
	}
	p.line("filter.cmd.why-first", a.WhyFirst)
	p.line("filter.cmd.why-second", a.WhySecond)
}

// filterError shows where an expression is wrong, and what could stand there.
func filterError(expr string, err error) error {
	e := &exitError{exitUsage, err, texts.Say("filter.cmd.language")}
	var wrong *filter.Error
	if errors.As(err, &wrong) {
		end := min(len(expr), wrong.Offset+wrong.Length)
		mark := visible.Line(expr[:wrong.Offset]) + ">>" + visible.Line(expr[wrong.Offset:end]) + "<<"
		e.hint = texts.Say("filter.cmd.mark", strings.TrimSpace(mark))
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
