package main

import (
	"errors"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"httpscope/internal/texts"
)

// flagError is an error of package pflag as a phrase, in pflag's own words.
func flagError(_ *cobra.Command, err error) error {
	var unknown *pflag.NotExistError
	var needs *pflag.ValueRequiredError
	var invalid *pflag.InvalidValueError
	switch {
	case errors.As(err, &unknown) && unknown.GetSpecifiedShortnames() != "":
		return texts.Errorf("error.flag.unknown-short", rune(unknown.GetSpecifiedName()[0]),
			unknown.GetSpecifiedShortnames())
	case errors.As(err, &unknown):
		return texts.Errorf("error.flag.unknown", unknown.GetSpecifiedName())
	case errors.As(err, &needs) && needs.GetSpecifiedShortnames() != "":
		return texts.Errorf("error.flag.needs-value-short", rune(needs.GetSpecifiedName()[0]),
			needs.GetSpecifiedShortnames())
	case errors.As(err, &needs):
		return texts.Errorf("error.flag.needs-value", needs.GetSpecifiedName())
	case errors.As(err, &invalid):
		return texts.Errorf("error.flag.invalid", invalid.GetValue(), namesOf(invalid.GetFlag()), invalid.Unwrap())
	}
	return err
}

// namesOf are the names of a flag: "-i, --interface".
func namesOf(f *pflag.Flag) string {
	if f.Shorthand == "" {
		return "--" + f.Name
	}
	return "-" + f.Shorthand + ", --" + f.Name
}

// noArguments refuses arguments: what stands there was meant for a command.
func noArguments(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	return texts.Errorf("error.unknown-command", args[0], cmd.CommandPath())
}
