//go:build (linux && cgo && libpcap) || (darwin && cgo)

package capture

// pcapInstalled is true: a program linked against libpcap does not start without it.
func pcapInstalled() bool { return true }
