package main

import (
	"fmt"
	"runtime"
	"runtime/debug"
	"strings"

	"github.com/spf13/cobra"

	"httpscope/capture"
)

// version is set by the linker: -X main.version=v1.2.3.
var version = "devel"

func versionCommand(s streams) *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "Print the version and the capture backends built in",
		Args:  cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			backends := "none"
			if b := capture.Backends(); len(b) > 0 {
				backends = strings.Join(b, ", ")
			}
			_, err := fmt.Fprintf(s.out, "httpscope %s\ngo %s %s/%s\nlive capture: %s\n", buildVersion(), runtime.Version(), runtime.GOOS, runtime.GOARCH, backends)
			return outputError(err)
		},
	}
}

// buildVersion prefers the linker's word, then what `go install` recorded.
func buildVersion() string {
	if version != "devel" {
		return version
	}
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" && info.Main.Version != "(devel)" {
		return info.Main.Version
	}
	return version
}
