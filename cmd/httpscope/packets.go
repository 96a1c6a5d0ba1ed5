package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"httpscope/capture"
	"httpscope/internal/course/effect"
	"httpscope/internal/doc"
	"httpscope/internal/filter"
	"httpscope/internal/recording"
	"httpscope/internal/texts"
	"httpscope/internal/visible"
)

// maxListed is how many bytes of packets `read --packets` holds in memory.
const maxListed = 512 << 20

// packets lists the packets of files that the display filter selects.
func (f *readFlags) listPackets(s streams, paths []string) error {
	if err := f.checkFilter(); err != nil {
		return err
	}
	write, err := f.packetWriter(s)
	if err != nil {
		return err
	}
	var damaged error
	for _, path := range paths {
		r, err := openPackets(s, path)
		if err != nil {
			return err
		}
		if len(paths) > 1 && !f.json && len(f.fields) == 0 {
			fmt.Fprintf(s.out, "%s\n", visible.Line(path))
		}
		t := effect.Of(r)
		chosen, err := f.packetFilter(t, path)
		if err != nil {
			return err
		}
		if err := write(t, chosen); err != nil {
			return outputError(err)
		}
		if r.Damage != nil {
			damaged = &exitError{code: exitDamaged, err: texts.Errorf("error.of", path, r.Damage)}
		}
	}
	return damaged
}

// checkFilter refuses a wrong filter before any file is read.
func (f *readFlags) checkFilter() error {
	var selected *filter.Subject
	if f.reference != 0 {
		selected = &filter.Subject{}
	}
	if _, err := filter.CompileBeside(f.filter, true, selected); err != nil {
		return filterError(f.filter, err)
	}
	return nil
}

// packetFilter is the display filter beside the packet of a capture that it refers to.
func (f *readFlags) packetFilter(t *effect.Traffic, path string) (*filter.Filter, error) {
	selected, err := referred(t, path, f.reference)
	if err != nil {
		return nil, err
	}
	return filter.CompileBeside(f.filter, true, selected)
}

// packetWriter writes the packets of a capture that a filter selects, in the
// format that the flags ask for.
func (f *readFlags) packetWriter(s streams) (func(*effect.Traffic, *filter.Filter) error, error) {
	kind, err := f.kind()
	switch {
	case err != nil:
		return nil, err
	case kind != "table" && kind != "json" && kind != "fields" && kind != "csv" || f.hash || f.full:
		return nil, &exitError{exitUsage, texts.Errorf("error.packets.with"), texts.Say("hint.packets.with")}
	}
	if err := f.checkFields(kind); err != nil {
		return nil, err
	}
	if kind == "fields" || kind == "csv" {
		return f.packetRows(s)
	}
	return func(t *effect.Traffic, chosen *filter.Filter) error {
		return writePackets(s.out, s.texts, t, chosen, kind == "json")
	}, nil
}

func openPackets(s streams, path string) (*recording.Recording, error) {
	var r *recording.Recording
	var err error
	if path == "-" {
		r, err = recording.Read(s.in, maxListed)
	} else {
		r, err = recording.Open(path, maxListed)
	}
	var large *recording.TooLargeError
	switch {
	case errors.As(err, &large):
		return nil, &exitError{exitUsage, texts.Errorf("error.of", path, err), texts.Say("hint.packets.any-size")}
	case errors.Is(err, capture.ErrFormat):
		return nil, &exitError{code: exitUsage, err: err}
	case err != nil:
		return nil, openError(path, err)
	}
	return r, nil
}

// packetRow is a packet as --packets --json writes it.
type packetRow struct {
	Type    string  `json:"type"`
	Frame   int64   `json:"frame"`
	Time    float64 `json:"time_relative"` // seconds
	Source  string  `json:"source,omitempty"`
	Dest    string  `json:"destination,omitempty"`
	Stream  *int64  `json:"connection,omitempty"`
	Length  int     `json:"length"`
	Payload int     `json:"payload"`
	Info    string  `json:"info"`
}

// packetHeading stands over the columns of the table of packets.
func packetHeading(c texts.Catalogue) string {
	column := func(key string, width int, right bool) string { return doc.Column(c.Phrase(key), width, "", right) }
	return strings.Join([]string{
		column("packets.column.number", 6, true), column("packets.column.time", 10, true),
		column("packets.column.source", 24, false), column("packets.column.destination", 24, false),
		column("packets.column.length", 6, true), c.Phrase("packets.column.info"),
	}, "  ") + "\n"
}

func writePackets(w io.Writer, c texts.Catalogue, t *effect.Traffic, chosen *filter.Filter, asJSON bool) error {
	var b strings.Builder
	if !asJSON {
		b.WriteString(packetHeading(c))
	}
	for _, n := range t.Packets(chosen) {
		row := t.Row(n)
		p := rowOf(c, row)
		if asJSON {
			line, err := json.Marshal(p)
			if err != nil {
				return err
			}
			b.Write(append(visible.JSON(line), '\n'))
		} else {
			fmt.Fprintf(&b, "%6d  %10.6f  %-24s  %-24s  %6d  %s\n",
				p.Frame, p.Time, p.Source, p.Dest, p.Length, p.Info)
		}
		const share = 1 << 16
		if b.Len() > share {
			if _, err := io.WriteString(w, b.String()); err != nil {
				return err
			}
			b.Reset()
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func rowOf(c texts.Catalogue, row *filter.Subject) packetRow {
	p := row.P
	out := packetRow{Type: "packet", Frame: p.Number, Time: float64(p.Nano-row.Begin) / 1e9, Length: p.WireLen,
		Payload: len(p.Payload), Info: visible.Line(c.Of(effect.Words(row)))}
	if p.Skip == "" {
		out.Source, out.Dest = p.Src.String(), p.Dst.String()
	}
	if p.Conn >= 0 {
		out.Stream = &p.Conn
	}
	return out
}
