//go:build !((linux && cgo && libpcap) || windows || (darwin && cgo))

package capture

var backends []string

func dropUnused() {}
