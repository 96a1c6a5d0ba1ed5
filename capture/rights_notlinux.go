//go:build unix && !linux

package capture

// dropCapabilities does nothing: here there are none.
func dropCapabilities() error { return nil }
