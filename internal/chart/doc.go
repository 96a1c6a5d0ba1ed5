// Package chart draws what happened over time, as package doc's lines: the ladder, on which the packets of a connection
// and the messages in them stand between client and server, and the waterfall, with a bar for each exchange.
//
// It knows the records, and takes some words from package page. It decodes no traffic, and knows no terminal: a chart
// is lines of a width that it is told.
package chart
