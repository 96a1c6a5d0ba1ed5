//go:build !unix

package tui

// suspensions does nothing: this system stops no programs.
func (l *loop) suspensions(*app) {}

func askToSuspend() {}
