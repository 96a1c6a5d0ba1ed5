//go:build !linux

package capture

// systemBackends need nothing but the system.
var systemBackends []backend
