package main

import (
	"encoding/json"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"httpscope/internal/explain"
	"httpscope/internal/texts"
	"httpscope/internal/visible"
)

func explainCommand(s streams) *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "explain [CODE | GROUP]",
		Short: s.texts.Phrase("command.explain.short"),
		Long:  s.texts.Phrase("command.explain.long", groupNames(), texts.ListOf("", texts.Languages())),
		RunE: func(_ *cobra.Command, args []string) error {
			return explainTo(s.out, explain.In(s.texts.Lang()), strings.Join(args, " "), asJSON)
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, s.texts.Phrase("flag.explain.json"))
	return cmd
}

// explainTo prints a list or one text.
func explainTo(w io.Writer, c explain.Catalogue, asked string, asJSON bool) error {
	switch g := explain.Group(strings.ToLower(asked)); {
	case asked == "":
		return writeTexts(w, c, c.All(), asJSON)
	case g == "all":
		return writeTexts(w, c, c.Group(), asJSON)
	case slices.Contains(explain.Groups(), g):
		return writeTexts(w, c, c.Group(g), asJSON)
	}
	return writeText(w, c, asked, asJSON)
}

// groupNames are the words that list texts.
func groupNames() string {
	var names []string
	for _, g := range explain.Groups() {
		names = append(names, string(g))
	}
	return strings.Join(names, ", ")
}

// writeTexts prints a list of codes, or their texts as JSON.
func writeTexts(w io.Writer, c explain.Catalogue, ts []explain.Text, asJSON bool) error {
	if asJSON {
		return writeJSON(w, ts)
	}
	return outputResult(c.WriteList(w, ts))
}

// writeText prints the text of one code.
func writeText(w io.Writer, c explain.Catalogue, code string, asJSON bool) error {
	t, ok := c.Find(code)
	if !ok {
		return unknownCode(code)
	}
	if asJSON {
		return writeJSON(w, t)
	}
	return outputResult(c.Write(w, t))
}

// unknownCode suggests what may have been meant.
func unknownCode(code string) error {
	hint := texts.Say("hint.explain.lists")
	if near := explain.Nearest(code); len(near) > 0 {
		hint = texts.Say("hint.explain.near", texts.ListOf("or", near))
	}
	return &exitError{code: exitUsage, err: texts.Errorf("error.explain.no-code", code), hint: hint}
}

func writeJSON(w io.Writer, v any) error {
	enc := json.NewEncoder(visible.JSONWriter(w))
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
