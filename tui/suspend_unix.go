//go:build unix

package tui

import (
	"os"
	"os/signal"
	"syscall"

	"golang.org/x/sys/unix"
)

// suspensions stops the program when the terminal's user asks for it, and shows all again when it
// goes on. The terminal is given back meanwhile. Where somebody else has stopped the program,
// the shell has changed the terminal's modes, so it is taken anew then, too.
func (l *loop) suspensions(a *app) {
	signals := make(chan os.Signal, 4) // none is lost behind another
	signal.Notify(signals, syscall.SIGTSTP, syscall.SIGCONT)
	defer signal.Stop(signals)
	for {
		select {
		case s := <-signals:
			if terminalThere() && (s == syscall.SIGCONT || supervised()) {
				l.suspend(a, s == syscall.SIGTSTP, signals)
			}
		case <-l.gone:
			return
		}
	}
}

// suspend gives the terminal back and takes it again. In between the program stops if it is to,
// until SIGCONT: threads go on for a moment after the call that stops them.
func (l *loop) suspend(a *app, stop bool, signals <-chan os.Signal) {
	goesOn := make(chan struct{})
	l.post(func() {
		l.ui.Suspend(func() {
			if stop {
				_ = syscall.Kill(syscall.Getpid(), syscall.SIGSTOP)
				<-goesOn
			}
		})
		a.redraw()
	})
	for stop {
		select {
		case s := <-signals:
			stop = s != syscall.SIGCONT
		case <-l.gone:
			stop = false
		}
	}
	close(goesOn)
}

// terminalThere reports that the program still has a terminal. When it loses it, the system sends
// SIGCONT, too, beside the SIGHUP that ends the program.
func terminalThere() bool {
	tty, err := os.OpenFile("/dev/tty", os.O_RDWR, 0)
	if err != nil {
		return false
	}
	return tty.Close() == nil
}

// supervised reports that a shell watches over the program, which can let it go on: the system
// itself would not stop one whose group is orphaned (POSIX, General Terminal Interface), as
// the only program of a window is.
func supervised() bool {
	parent := os.Getppid()
	session, err := unix.Getsid(0)
	other, perr := unix.Getsid(parent)
	group, gerr := unix.Getpgid(parent)
	return parent > 0 && err == nil && perr == nil && gerr == nil && session == other && group != unix.Getpgrp()
}

// askToSuspend does what the terminal's driver does with Ctrl-Z outside of raw mode.
func askToSuspend() { _ = syscall.Kill(syscall.Getpid(), syscall.SIGTSTP) }
