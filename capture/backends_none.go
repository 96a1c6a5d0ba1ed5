//go:build !((linux && cgo && libpcap) || (windows && (amd64 || 386)) || (darwin && cgo))

package capture

var backends []string

func dropUnused() {}
