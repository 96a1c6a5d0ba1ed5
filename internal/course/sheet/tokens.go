package sheet

import (
	"errors"
	"io"
	"strings"

	"httpscope/internal/texts"

	"github.com/goccy/go-yaml/scanner"
	"github.com/goccy/go-yaml/token"
)

// Limits of YAML. The parser calls itself for every level, and looks through all
// keys of a map for each of them: what is small but deep or long would crash it,
// or keep it busy for minutes.
const (
	maxNesting = 40     // a sheet needs four levels, an assignment eight
	maxIndent  = 320    // columns in which a line may begin
	maxLines   = 10_000 // an assignment of 100 questions has some 2000
	maxTokens  = 40_000
)

// Tokens cuts YAML into the tokens that its parser takes, so that parsing them
// ends soon, whatever they are: they are bounded, not nested deeply, and without
// anchors, aliases and tags. The error is an [*Error].
func Tokens(text string) (token.Tokens, error) {
	if err := indented(text); err != nil {
		return nil, err
	}
	var s scanner.Scanner
	s.Init(text)
	var all token.Tokens
	depth := 0
	for {
		some, err := s.Scan()
		if errors.Is(err, io.EOF) {
			return all, nil
		}
		for _, t := range some {
			depth = max(0, depth+opens(t))
			if err := bounded(t, len(all), depth); err != nil {
				return nil, err
			}
			all.Add(t)
		}
	}
}

// indented refuses what is too long or goes too deep by its indentation alone.
func indented(text string) error {
	n := 0
	for l := range strings.Lines(text) {
		if n++; n > maxLines {
			return wrong(n, "sheet.many-lines", maxLines)
		}
		if len(l)-len(strings.TrimLeft(l, " -?")) > maxIndent {
			return wrong(n, "sheet.nested")
		}
	}
	return nil
}

// opens is by how much a token changes the depth of brackets.
func opens(t *token.Token) int {
	switch t.Type {
	case token.SequenceStartType, token.MappingStartType:
		return 1
	case token.SequenceEndType, token.MappingEndType:
		return -1
	}
	return 0
}

// bounded refuses a token that the parser should not see.
func bounded(t *token.Token, before, depth int) error {
	switch t.Type {
	case token.AnchorType, token.AliasType, token.TagType, token.MergeKeyType:
		return &Error{t.Position.Line, t.Position.Column, texts.Say("sheet.references")}
	}
	switch {
	case before == maxTokens:
		return &Error{t.Position.Line, t.Position.Column, texts.Say("sheet.many-values")}
	case depth > maxNesting:
		return &Error{t.Position.Line, t.Position.Column, texts.Say("sheet.nested")}
	}
	return nil
}
