package main

import (
	"fmt"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"httpscope/internal/texts"
)

// addLanguageFlag gives all commands the flag that chooses the language. Its value was read before there were commands,
// since their help is in that language: see [languageAsked].
func addLanguageFlag(root *cobra.Command) {
	root.PersistentFlags().String("lang", "", "language: en or zh; by default that of LC_ALL, LC_MESSAGES or LANG")
}

// languageAsked is the language that --lang names among the arguments, or that of the environment. What stands after
// "--" is no flag.
func languageAsked(args []string) (texts.Lang, error) {
	name := ""
	for i, arg := range args {
		if arg == "--" {
			break
		}
		if value, ok := strings.CutPrefix(arg, "--lang="); ok {
			name = value
		} else if arg == "--lang" && i+1 < len(args) {
			name = args[i+1]
		}
	}
	if name == "" {
		return texts.LangOf(os.Getenv), nil
	}
	if lang, ok := texts.ParseLang(name); ok {
		return lang, nil
	}
	return "", &exitError{code: exitUsage, err: fmt.Errorf("no texts in the language %q", name), hint: "use --lang en or --lang zh"}
}
