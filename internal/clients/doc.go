// Package clients holds tests only: they start the program as its user does,
// point real clients at real servers in front of it, a headless browser, curl,
// telnet, nc, Python, and look at what it printed, wrote and drew.
//
// They run with the build tag clients, on Linux, as root:
//
//	go test -tags clients ./internal/clients
//
// Root is for network namespaces. All tests run in a namespace of processes,
// mounts and networks of their own, which the kernel takes away with them, and
// each test gets a loopback of its own: nothing else is in its captures, and
// the lab's fixed ports are free.
//
// What the package does not do: it calls no function of the program, it does
// not test rules of HTTP one by one, and it measures no speed. A client that
// is not installed is a failure that says what to install, never a test left
// out.
package clients
