package main

import (
	"github.com/spf13/cobra"
)

func explainCommand(s streams) *cobra.Command {
	return &cobra.Command{Use: "explain CODE"}
}
