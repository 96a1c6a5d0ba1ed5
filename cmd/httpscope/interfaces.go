package main

import (
	"errors"
	"fmt"
	"io"
	"net"
	"net/netip"
	"net/url"
	"strings"

	"github.com/spf13/cobra"

	"httpscope/capture"
)

func interfacesCommand(s streams) *cobra.Command {
	var about string
	cmd := &cobra.Command{
		Use:   "interfaces",
		Short: "List what can be captured on; say which interface will carry a URL",
		Args:  cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			all, err := capture.Interfaces()
			if err != nil {
				return &exitError{code: exitUsage, err: fmt.Errorf("listing interfaces: %w", err)}
			}
			if about != "" {
				return carry(s.out, all, about)
			}
			return outputError(listInterfaces(s.out, all))
		},
	}
	cmd.Flags().StringVar(&about, "url", "", "say which interface will carry this URL, from here and from a classmate's machine")
	return cmd
}

func listInterfaces(w io.Writer, all []capture.NetInterface) error {
	lines := []string{fmt.Sprintf("%-16s %-9s %-5s %-11s %s", "Interface", "Kind", "State", "Capture by", "Addresses")}
	for _, i := range all {
		var addresses []string
		for _, a := range i.Addresses {
			addresses = append(addresses, a.String())
		}
		state, backend := "down", i.Backend
		if i.Up {
			state = "up"
		}
		if backend == "" {
			backend = "-"
		}
		lines = append(lines, fmt.Sprintf("%-16s %-9s %-5s %-11s %s", i.Name, i.Kind, state, backend, strings.Join(addresses, " ")))
	}
	_, err := fmt.Fprintln(w, strings.Join(lines, "\n"))
	return err
}

// carry answers the lab's questions about a URL.
func carry(w io.Writer, all []capture.NetInterface, text string) error {
	host, err := hostOf(text)
	if err != nil {
		return &exitError{exitUsage, fmt.Errorf("--url: %w", err), "for instance --url http://127.0.0.1:8000/"}
	}
	addresses, err := resolve(host)
	if err != nil {
		return &exitError{code: exitUsage, err: fmt.Errorf("--url: %w", err), hint: "check the spelling, or give an address"}
	}
	var unreachable error
	reached := false
	for _, a := range addresses {
		r, err := capture.RouteTo(a)
		if err != nil {
			unreachable = errors.Join(unreachable, fmt.Errorf("no route to %s: %w", a, err))
			continue
		}
		reached = true
		if _, err := fmt.Fprint(w, routeText(a, r, all)); err != nil {
			return outputError(err)
		}
	}
	if reached {
		return nil
	}
	return &exitError{code: exitUsage, err: fmt.Errorf("--url: %w", unreachable), hint: "connect to a network that reaches it"}
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
		return "", fmt.Errorf("%q is no URL", text)
	}
	if u.Hostname() == "" {
		return "", fmt.Errorf("%q names no host", text)
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
		return nil, errors.New("the name has no address")
	}
	return out, nil
}

// routeText says what carries traffic to an address, from here and from others.
func routeText(a netip.Addr, r capture.Route, all []capture.NetInterface) string {
	here := fmt.Sprintf("%s is reached by %s, from the source address %s.", a, r.Interface, r.Source)
	others := "A classmate's machine reaches it by its own network; on this machine you see nothing of that."
	switch owner := ownerOf(a, all); {
	case a.IsLoopback():
		here = fmt.Sprintf("%s is this machine, and only this machine: the loopback interface %s carries it.", a, r.Interface)
		others = "From a classmate's machine this URL means the classmate's own machine, never yours."
	case r.Own:
		here = fmt.Sprintf("%s is an address of this machine itself. What this machine sends to itself never leaves it: the loopback interface %s carries it, not %s, which has the address.", a, r.Interface, owner)
		others = fmt.Sprintf("From a classmate's machine it comes in by %s: capture there. The server must listen on this address or on all, not on 127.0.0.1.", owner)
	}
	return fmt.Sprintf("%s\n  from this machine:  httpscope live -i %s   %s\n  from a classmate's: %s\n", a, r.Interface, here, others)
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
