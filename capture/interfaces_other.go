//go:build !linux && !((windows && (amd64 || 386)) || (darwin && cgo))

package capture

func interfaces() ([]NetInterface, error) { return systemInterfaces() }
