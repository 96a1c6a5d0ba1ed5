package main

import (
	"os"
	"strings"
	"text/template"

	"github.com/spf13/cobra"

	"httpscope/internal/texts"
)

// addLanguageFlag gives all commands the flag that chooses the language. Its value was read before there were commands,
// since their help is in that language: see [languageAsked].
func addLanguageFlag(root *cobra.Command, c texts.Catalogue) {
	root.PersistentFlags().String("lang", "", c.Phrase("flag.lang", texts.ListOf("or", texts.Languages())))
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
	return "", &exitError{code: exitUsage, err: texts.Errorf("error.language", name),
		hint: texts.Say("hint.language", texts.ListOf("or", languageFlags()))}
}

// languageFlags are the flags that ask for a language.
func languageFlags() []string {
	var all []string
	for _, lang := range texts.Languages() {
		all = append(all, "--lang "+string(lang))
	}
	return all
}

// inLanguage has the help of a command and of those below it in the language of a catalogue: what package cobra itself
// says of them.
func inLanguage(cmd *cobra.Command, c texts.Catalogue) {
	said := func(key string) func() string { return func() string { return c.Phrase(key) } }
	cobra.AddTemplateFuncs(template.FuncMap{"usage": said("help.usage"), "commands": said("help.commands"),
		"flags": said("help.flags"), "globalFlags": said("help.global-flags"),
		"more": func(path string) string { return c.Phrase("help.more", path) }})
	cmd.SetUsageTemplate(usageTemplate)
	cmd.SetHelpCommand(helpCommand(cmd, c))
	helpFlags(cmd, c)
}

// helpFlags gives a command and those below it the flag --help.
func helpFlags(cmd *cobra.Command, c texts.Catalogue) {
	cmd.Flags().BoolP("help", "h", false, c.Phrase("flag.help", cmd.Name()))
	for _, sub := range cmd.Commands() {
		helpFlags(sub, c)
	}
}

// helpCommand is the command help.
func helpCommand(root *cobra.Command, c texts.Catalogue) *cobra.Command {
	return &cobra.Command{Use: "help [COMMAND]", Short: c.Phrase("command.help.short"),
		RunE: func(_ *cobra.Command, args []string) error {
			cmd, _, err := root.Find(args)
			if err != nil {
				return err
			}
			return cmd.Help()
		}}
}

// usageTemplate is what cobra prints below a command's description, as far as the program's commands have such parts.
const usageTemplate = `{{usage}}{{if .Runnable}}
  {{.UseLine}}{{end}}{{if .HasAvailableSubCommands}}
  {{.CommandPath}} [command]

{{commands}}{{range .Commands}}{{if (or .IsAvailableCommand (eq .Name "help"))}}
  {{rpad .Name .NamePadding }} {{.Short}}{{end}}{{end}}{{end}}{{if .HasAvailableLocalFlags}}

{{flags}}
{{.LocalFlags.FlagUsages | trimTrailingWhitespaces}}{{end}}{{if .HasAvailableInheritedFlags}}

{{globalFlags}}
{{.InheritedFlags.FlagUsages | trimTrailingWhitespaces}}{{end}}{{if .HasAvailableSubCommands}}

{{more .CommandPath}}{{end}}
`
