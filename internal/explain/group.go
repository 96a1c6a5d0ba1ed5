package explain

import (
	"slices"
	"strings"
)

// Group is a set of texts that are listed together.
type Group string

// The groups. Findings about TCP stand in two of them.
const (
	GroupFindings Group = "findings"
	GroupRules    Group = "rules"
	GroupMethods  Group = "methods"
	GroupStatuses Group = "statuses"
	GroupFields   Group = "fields"
	GroupTCP      Group = "tcp"
	GroupTLS      Group = "tls"
)

// Groups lists the groups in the order in which a course meets them.
func Groups() []Group {
	return []Group{GroupFindings, GroupRules, GroupMethods, GroupStatuses, GroupFields, GroupTCP, GroupTLS}
}

// Group lists the texts of some groups, sorted by code; of all without any.
func (c Catalogue) Group(groups ...Group) []Text {
	var ts []Text
	for _, t := range c.all() {
		if len(groups) == 0 || slices.ContainsFunc(groups, t.in) {
			ts = append(ts, t)
		}
	}
	return ts
}

// in reports whether a text belongs to a group.
func (t Text) in(g Group) bool {
	switch t.Severity {
	case RuleSeverity:
		return g == GroupRules
	case MethodSeverity:
		return g == GroupMethods
	case StatusSeverity:
		return g == GroupStatuses
	case FieldSeverity:
		return g == GroupFields
	case TCPSeverity:
		return g == GroupTCP
	case TLSSeverity:
		return g == GroupTLS
	}
	return g == GroupFindings || g == GroupTCP && strings.HasPrefix(t.Code, "tcp-")
}
