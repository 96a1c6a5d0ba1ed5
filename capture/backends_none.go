//go:build !((linux && cgo && libpcap) || (windows && (amd64 || 386)) || (darwin && cgo))

package capture

var backends = systemBackends

// noBackend is the error where backends is empty.
const noBackend = "live capture is not built in: on this system it needs a build with cgo and libpcap"

func dropUnused() {}
