//go:build !linux

package capture

import (
	"runtime"

	"httpscope/internal/texts"
)

func permissionHint(path string) texts.Phrase {
	switch runtime.GOOS {
	case "darwin":
		return texts.Say("capture.hint.bpf")
	case "windows":
		return texts.Say("capture.hint.npcap")
	}
	return texts.Say("capture.hint.root", quoted(path))
}
