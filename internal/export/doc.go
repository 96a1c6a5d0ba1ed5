// Package export writes a trace: JSON lines, tables, the wire line by line,
// and fields by Wireshark's names.
//
// It only formats what package trace holds. Bytes from the network are never
// written as they are: text output shows control and bidirectional characters
// as escapes, JSON is valid UTF-8.
package export
