// Command httpscope shows what is really on the wire of HTTP connections, and
// why each byte is read the way it is. See README.md.
package main

import (
	"os"

	"httpscope/capture"
)

func main() {
	capture.DropUnused()
	os.Exit(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}
