package main

import (
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"httpscope/internal/explain"
	"httpscope/internal/visible"
)

const explainHelp = `Explain a finding, or a part of HTTP, TCP or TLS: what it is, why, where to look, and the
section of the standard. Write it as it stands on the wire or in a table:

  httpscope explain field-swallowed     a finding
  httpscope explain rule 6              a rule of body length
  httpscope explain 404                 a status code
  httpscope explain GET                 a method
  httpscope explain Content-Length      a field
  httpscope explain SYN                 an event of TCP
  httpscope explain ClientHello         an event of TLS

Without a code, list all findings and rules. A group in place of a code lists its texts:
%s, or all.

The texts exist in English and in Chinese. Without --lang, LC_ALL, LC_MESSAGES or LANG
decides: a value that begins with zh gives Chinese.`

func explainCommand(s streams) *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "explain [CODE | GROUP]",
		Short: "Explain a finding, status, method, field, or event of TCP or TLS, in English or Chinese",
		Long:  fmt.Sprintf(explainHelp, groupNames()),
		RunE: func(_ *cobra.Command, args []string) error {
			return explainTo(s.out, explain.In(s.texts.Lang()), strings.Join(args, " "), asJSON)
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "the text as a JSON object; of a list, an array")
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
	hint := "`httpscope explain` lists all findings, `httpscope explain all` everything"
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
