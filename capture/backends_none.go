//go:build !((linux && cgo && libpcap) || (windows && (amd64 || 386)) || (darwin && cgo))

package capture

var backends = systemBackends

// noBackend is the error where backends is empty.
const noBackend = "capture.error.not-built-in"

func dropUnused() {}
