package capture

import (
	"httpscope/capture/pcapfilter"
	"httpscope/internal/texts"
)

// FilterError refuses a capture filter.
type FilterError = pcapfilter.Error

// InterfaceGoneError ends a capture whose interface was removed. An interface
// that only goes down may come back, and its capture goes on.
type InterfaceGoneError struct {
	Interface string
}

// Error names the interface.
func (e *InterfaceGoneError) Error() string {
	return e.Said().String()
}

// Said is the error as a phrase.
func (e *InterfaceGoneError) Said() texts.Phrase { return texts.Say("capture.error.gone", e.Interface) }

// PermissionError says that the system does not let this program capture.
// PermissionHint says what to do about it.
type PermissionError struct {
	Backend   string
	Interface string
	Err       error // the system's
}

// Error names the interface and the system's reason.
func (e *PermissionError) Error() string {
	return e.Said().String()
}

// Said is the error as a phrase.
func (e *PermissionError) Said() texts.Phrase {
	return texts.Say("capture.error.on", e.Interface, e.Err)
}

// Unwrap gives the system's error.
func (e *PermissionError) Unwrap() error { return e.Err }

func noSuchInterface(name string) error {
	return texts.Errorf("capture.error.no-interface", name)
}

func interfaceDown(name string) error {
	return texts.Errorf("capture.error.down", name)
}
