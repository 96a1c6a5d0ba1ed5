// Package page writes what a pane of a screen shows of traffic, as package doc's lines: each tells which bytes it is
// about.
//
// It knows the records and the teaching texts. It knows no terminal, and it decodes no traffic.
package page
