// Package tui is the terminal screen: the table of exchanges, the pages about
// the selected one, and the panes beside it. It draws what a store holds while
// the store grows, and asks others, through its [Config], for everything that
// has an effect outside the screen.
//
// It decodes no traffic, explains none and opens no sockets. All network text
// reaches it made visible, and none of it is a style tag here.
package tui
