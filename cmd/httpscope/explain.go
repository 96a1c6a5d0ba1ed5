package main

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"httpscope/internal/explain"
)

func explainCommand(s streams) *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "explain [CODE]",
		Short: "Explain a finding or a framing rule: what was seen, why it matters, where to look",
		Long: "Explain a finding code, or a rule of body length (framing-rule-1 to framing-rule-8).\n" +
			"Without a code, list all codes with severity and title.",
		Args: cobra.MaximumNArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				return writeTexts(s.out, explain.All(), asJSON)
			}
			return writeText(s.out, args[0], asJSON)
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "the text as a JSON object; without a code, an array of all")
	return cmd
}

// writeTexts prints the list of all codes, or all texts as JSON.
func writeTexts(w io.Writer, ts []explain.Text, asJSON bool) error {
	if asJSON {
		return writeJSON(w, ts)
	}
	return outputResult(explain.WriteList(w, ts))
}

// writeText prints the text of one code.
func writeText(w io.Writer, code string, asJSON bool) error {
	t, ok := explain.Lookup(code)
	if !ok { // tables say "rule 6"
		t, ok = explain.Lookup("framing-" + strings.ReplaceAll(strings.TrimSpace(code), " ", "-"))
	}
	if !ok {
		return unknownCode(code)
	}
	if asJSON {
		return writeJSON(w, t)
	}
	return outputResult(explain.Write(w, t))
}

// unknownCode suggests what may have been meant.
func unknownCode(code string) error {
	hint := "`httpscope explain` lists all"
	if near := explain.Nearest(code); len(near) > 0 {
		hint = "did you mean " + alternatives(near) + "? " + hint
	}
	return &exitError{code: exitUsage, err: fmt.Errorf("no text for the code %q", code), hint: hint}
}

// alternatives joins words as in "a, b or c".
func alternatives(words []string) string {
	last := len(words) - 1
	if last == 0 {
		return words[0]
	}
	return strings.Join(words[:last], ", ") + " or " + words[last]
}

func writeJSON(w io.Writer, v any) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return outputResult(enc.Encode(v))
}

// outputResult is outputError for a write that may have succeeded.
func outputResult(err error) error {
	if err == nil {
		return nil
	}
	return outputError(err)
}
