package main

import (
	"cmp"
	"errors"

	"github.com/spf13/cobra"

	"httpscope/internal/pane"
	"httpscope/internal/texts"
	"httpscope/tui"
)

// assignmentFlags let an assignment be answered beside the traffic.
type assignmentFlags struct{ assignment, answers string }

func (f *assignmentFlags) add(cmd *cobra.Command, c texts.Catalogue) {
	cmd.Flags().StringVar(&f.assignment, "assignment", "", c.Phrase("flag.answering.assignment"))
	cmd.Flags().StringVar(&f.answers, "answers", "", c.Phrase("flag.answering.answers"))
}

// open makes what the screen asks; nil when no assignment is given.
func (f *assignmentFlags) open(lang texts.Lang, capture pane.Capture) (tui.Assignment, error) {
	if f.assignment == "" {
		if f.answers != "" {
			return nil, &exitError{exitUsage, texts.Errorf("error.answering.no-assignment"),
				texts.Say("hint.answering.no-assignment")}
		}
		return nil, nil
	}
	a, err := assignment(f.assignment)
	if err != nil {
		return nil, err
	}
	path := cmp.Or(f.answers, a.ID+".md")
	w, err := pane.NewAssignment(a, path, lang, capture)
	var hinted *texts.HintedError
	if err != nil && !errors.As(err, &hinted) {
		return nil, openError(path, err)
	}
	return w, err
}
