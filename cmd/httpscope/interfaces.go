package main

import (
	"cmp"
	"fmt"
	"io"
	"net"
	"net/netip"
	"net/url"
	"strings"

	"github.com/rivo/uniseg"
	"github.com/spf13/cobra"

	"httpscope/capture"
	"httpscope/internal/texts"
)

func interfacesCommand(s streams) *cobra.Command {
	var about string
	cmd := &cobra.Command{
		Use:   "interfaces",
		Short: s.texts.Phrase("command.interfaces.short"),
		Args:  noArguments,
		RunE: func(*cobra.Command, []string) error {
			all, err := capture.Interfaces()
			if err != nil {
				return &exitError{code: exitUsage, err: texts.Errorf("error.interfaces.list", err)}
			}
			if about != "" {
				return carry(s, all, about)
			}
			return outputError(listInterfaces(s, all))
		},
	}
	cmd.Flags().StringVar(&about, "url", "", s.texts.Phrase("flag.interfaces.url"))
	return cmd
}

func listInterfaces(s streams, all []capture.NetInterface) error {
	lines := []string{interfaceRow(s.texts.Phrase("interfaces.name"), s.texts.Phrase("interfaces.kind"),
		s.texts.Phrase("interfaces.state"), s.texts.Phrase("interfaces.backend"),
		s.texts.Phrase("interfaces.addresses"))}
	for _, i := range all {
		var addresses []string
		for _, a := range i.Addresses {
			addresses = append(addresses, a.String())
		}
		state := "down"
		if i.Up {
			state = "up"
		}
		lines = append(lines, interfaceRow(i.Name, string(i.Kind), state, cmp.Or(i.Backend, "-"),
			strings.Join(addresses, " ")))
	}
	_, err := fmt.Fprintln(s.out, strings.Join(lines, "\n"))
	return err
}

// interfaceRow is a row of the table of interfaces.
func interfaceRow(name, kind, state, backend, addresses string) string {
	row := ""
	for i, text := range []string{name, kind, state, backend} {
		row += text + strings.Repeat(" ", max(0, [...]int{16, 9, 5, 11}[i]-uniseg.StringWidth(text))) + " "
	}
	return row + addresses
}

// carry answers the lab's questions about a URL.
func carry(s streams, all []capture.NetInterface, text string) error {
	host, err := hostOf(text)
	if err != nil {
		return &exitError{exitUsage, texts.Errorf("error.of", "--url", err), texts.Say("hint.interfaces.url")}
	}
	addresses, err := resolve(host)
	if err != nil {
		return &exitError{code: exitUsage, err: texts.Errorf("error.of", "--url", err),
			hint: texts.Say("hint.interfaces.spelling")}
	}
	var unreachable []error
	reached := false
	for _, a := range addresses {
		r, err := capture.RouteTo(a)
		if err != nil {
			unreachable = append(unreachable, texts.Errorf("error.interfaces.no-route", a, err))
			continue
		}
		reached = true
		if _, err := io.WriteString(s.out, routeText(s.texts, a, r, all)); err != nil {
			return outputError(err)
		}
	}
	if reached {
		return nil
	}
	return &exitError{code: exitUsage, err: texts.Errorf("error.of", "--url", texts.ListOf("", unreachable)),
		hint: texts.Say("hint.interfaces.network")}
}

// hostOf takes the host out of a URL, or of what people type instead.
func hostOf(text string) (string, error) {
	if a, err := netip.ParseAddr(text); err == nil {
		return a.String(), nil
	}
	if !strings.Contains(text, "://") {
		text = "http://" + text
	}
	u, err := url.Parse(text)
	if err != nil {
		return "", texts.Errorf("error.interfaces.no-url", text)
	}
	if u.Hostname() == "" {
		return "", texts.Errorf("error.interfaces.no-host", text)
	}
	return u.Hostname(), nil
}

func resolve(host string) ([]netip.Addr, error) {
	if a, err := netip.ParseAddr(host); err == nil {
		return []netip.Addr{a.Unmap()}, nil
	}
	found, err := net.LookupHost(host)
	if err != nil {
		return nil, err
	}
	var out []netip.Addr
	for _, f := range found {
		if a, err := netip.ParseAddr(f); err == nil {
			out = append(out, a.Unmap())
		}
	}
	if len(out) == 0 {
		return nil, texts.Errorf("error.interfaces.no-address")
	}
	return out, nil
}

// routeText says what carries traffic to an address, from here and from others.
func routeText(c texts.Catalogue, a netip.Addr, r capture.Route, all []capture.NetInterface) string {
	here := texts.Say("route.away.here", a, r.Interface, r.Source)
	others := texts.Say("route.away.others")
	switch owner := ownerOf(a, all); {
	case a.IsLoopback():
		here = texts.Say("route.loopback.here", a, r.Interface)
		others = texts.Say("route.loopback.others")
	case r.Own:
		here = texts.Say("route.own.here", a, r.Interface, owner)
		others = texts.Say("route.own.others", owner)
	}
	return c.Phrase("route.both", a, r.Interface, here, others) + "\n"
}

// ownerOf is the interface that has an address, "" for none.
func ownerOf(a netip.Addr, all []capture.NetInterface) string {
	for _, i := range all {
		for _, p := range i.Addresses {
			if p.Addr().WithZone("") == a.WithZone("") {
				return i.Name
			}
		}
	}
	return ""
}
