package capture

// Backends names the ways of live capture that are built in, best first. It is
// empty where the program can read files only.
func Backends() []string { return backends }
