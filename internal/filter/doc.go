// Package filter is the display filter language of Wireshark 4 over trace
// records: which exchanges, or which messages, a reader wants to see.
//
// A filter is compiled once and asked of many rows. [Compile] scans, parses,
// gives every operand its type as Wireshark's manual page wireshark-filter(4)
// has it, and turns the tree into closures. [Filter.Match] then runs without
// looking at text again. Wrong expressions are an [*Error] with the place, what
// was expected there, and what to write instead.
//
// A row ([Subject]) is an exchange with all its messages, one message, or the
// messages that complete in one packet, which is what a row is in Wireshark. A
// field has as many values as the row gives it: a comparison holds when any
// value does, != when all differ, and neither holds without a value.
//
// [CompileBeside] lets an expression refer to a selected row (${field}). [Columns]
// are the same fields as the columns of a list.
//
// What it does not do: it decodes nothing and keeps nothing, it resolves no
// host names, and it reads no macros of its users. Patterns of matches are those of
// package regexp, which knows no look-around and no back-references.
package filter
