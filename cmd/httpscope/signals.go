package main

import (
	"os"
	"os/signal"
	"syscall"
)

// endSignals are the signals that end a command in good order. Where SIGHUP is ignored, as nohup
// has it, that stays so.
func endSignals() []os.Signal {
	list := []os.Signal{syscall.SIGINT, syscall.SIGTERM}
	if !signal.Ignored(syscall.SIGHUP) {
		list = append(list, syscall.SIGHUP)
	}
	return list
}
