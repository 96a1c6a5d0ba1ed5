package main

import (
	"io"
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
		Short: s.texts.Phrase("command.version.short"),
		Args:  noArguments,
		RunE: func(*cobra.Command, []string) error {
			backends := "none"
			if b := capture.Backends(); len(b) > 0 {
				backends = strings.Join(b, ", ")
			}
			_, err := io.WriteString(s.out, s.texts.Phrase("version.all", buildVersion(), runtime.Version(),
				runtime.GOOS, runtime.GOARCH, backends)+"\n")
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
