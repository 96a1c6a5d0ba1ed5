package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"httpscope/internal/doc"
	"httpscope/internal/quiz"
	"httpscope/internal/recording"
	"httpscope/internal/spelling"
	"httpscope/internal/texts"
	"httpscope/internal/trace"
	"httpscope/internal/visible"
)

// quizFlags are the flags of `quiz`.
type quizFlags struct {
	questions  int
	seed       uint64
	topics     []string
	list, json bool
}

func quizCommand(s streams) *cobra.Command {
	var f quizFlags
	say := s.texts.Phrase
	cmd := &cobra.Command{
		Use:   "quiz FILE",
		Short: say("quiz.command.short"),
		Long:  say("quiz.command.long", texts.ListOf("", quiz.Topics())),
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) != 1 {
				return &exitError{exitUsage, texts.Errorf("quiz.error.no-file"), texts.Plain("httpscope quiz FILE")}
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			if !cmd.Flags().Changed("seed") {
				f.seed = uint64(time.Now().UnixNano()) % 1_000_000
			}
			return f.run(s, args[0])
		},
	}
	cmd.Flags().IntVar(&f.questions, "questions", quiz.DefaultQuestions, say("quiz.flag.questions"))
	cmd.Flags().Uint64Var(&f.seed, "seed", 0, say("quiz.flag.seed"))
	cmd.Flags().StringArrayVar(&f.topics, "topic", nil, say("quiz.flag.topic"))
	cmd.Flags().BoolVar(&f.list, "list", false, say("quiz.flag.list"))
	cmd.Flags().BoolVar(&f.json, "json", false, say("quiz.flag.json"))
	return cmd
}

// quizSource lets a recording be asked about.
type quizSource struct{ *recording.Recording }

func (s quizSource) Connections() []*trace.Connection { return s.Recording.Connections }
func (s quizSource) Exchanges() []*trace.Exchange     { return s.Recording.Exchanges }

// check refuses flags that make no sense.
func (f *quizFlags) check(path string) error {
	for _, t := range f.topics {
		if !slices.Contains(quiz.Topics(), t) {
			return unknownTopic(t)
		}
	}
	switch {
	case f.questions < 1:
		return &exitError{exitUsage, texts.Errorf("quiz.error.questions", f.questions),
			texts.Say("quiz.hint.questions")}
	case f.list && f.json:
		return &exitError{exitUsage, texts.Errorf("quiz.error.both"), texts.Say("quiz.hint.both")}
	case path == "-" && !f.list && !f.json:
		return &exitError{exitUsage, texts.Errorf("quiz.error.input"), texts.Say("quiz.hint.input")}
	}
	return nil
}

func unknownTopic(t string) error {
	topics := texts.ListOf("", quiz.Topics())
	hint := texts.Say("quiz.hint.topic", topics)
	if near := spelling.Nearest(t, quiz.Topics()); near != "" {
		hint = texts.Say("quiz.hint.topic-near", near, topics)
	}
	return &exitError{exitUsage, texts.Errorf("quiz.error.topic", t), hint}
}

func (f *quizFlags) run(s streams, path string) error {
	if err := f.check(path); err != nil {
		return err
	}
	r, err := recordingOf(path, s.in)
	if err != nil {
		return err
	}
	o := quiz.Options{Questions: f.questions, Topics: f.topics, Lang: s.texts.Lang()}
	questions := quiz.New(quizSource{r}, f.seed, o)
	switch {
	case f.json:
		err = writeQuestions(s.out, questions)
	case len(questions) == 0:
		_, err = fmt.Fprintln(s.out, noQuestions(s.texts, r, f.topics))
	case f.list:
		err = f.writeList(s, path, questions)
	default:
		err = f.lead(s, path, questions)
	}
	if err != nil {
		return outputError(err)
	}
	if r.Damage != nil {
		return &exitError{code: exitDamaged, err: texts.Errorf("error.of", path, r.Damage)}
	}
	return nil
}

// recordingOf reads a capture into memory.
func recordingOf(path string, stdin io.Reader) (*recording.Recording, error) {
	var r *recording.Recording
	var err error
	if path == "-" {
		r, err = recording.Read(stdin, 0)
	} else {
		r, err = recording.Open(path, 0)
	}
	var large *recording.TooLargeError
	if errors.As(err, &large) {
		return nil, &exitError{exitUsage, err, texts.Say("quiz.hint.too-large")}
	}
	if err != nil {
		return nil, openError(path, err)
	}
	return r, nil
}

// noQuestions says why there are none.
func noQuestions(c texts.Catalogue, r *recording.Recording, topics []string) string {
	switch {
	case len(r.Connections) == 0:
		return c.Phrase("quiz.none.no-connection")
	case len(topics) > 0:
		names := make([]string, len(topics))
		for i, t := range topics {
			names[i] = quiz.TopicName(c, t)
		}
		return c.Phrase("quiz.none.no-topic", texts.ListOf("or", names))
	}
	return c.Phrase("quiz.none.nothing")
}

// quizWidth is the longest line of a quiz, in columns.
const quizWidth = 78

func quizText(l doc.Lines) string { return doc.Text(doc.Wrap(l, quizWidth)) }

func (f *quizFlags) title(c texts.Catalogue, path string, n int) string {
	return c.Phrase("quiz.title", n, visible.Line(path), f.seed) + "\n"
}

// writeList prints questions, answers and explanations.
func (f *quizFlags) writeList(s streams, path string, questions []quiz.Question) error {
	var b strings.Builder
	b.WriteString(f.title(s.texts, path, len(questions)))
	for i := range questions {
		q := &questions[i]
		head := s.texts.Phrase("quiz.listed", i+1, quiz.TopicName(s.texts, q.Topic), q.ID)
		fmt.Fprintf(&b, "\n%s\n%s%s", head, quizText(q.Lines()), quizText(q.AnswerLines()))
	}
	_, err := io.WriteString(s.out, b.String())
	return err
}

// jsonQuestion is a question as JSON.
type jsonQuestion struct {
	ID          string       `json:"id"`
	About       string       `json:"about"`
	Topic       string       `json:"topic"`
	Kind        string       `json:"kind"`
	Prompt      string       `json:"prompt"`
	Given       []string     `json:"given"`
	Choices     []jsonChoice `json:"choices,omitempty"`
	Answer      string       `json:"answer"`
	Slips       []jsonSlip   `json:"slips,omitempty"`
	Hint        string       `json:"hint"`
	Explanation []string     `json:"explanation"`
	Exchange    *int64       `json:"exchange"`   // null when it is about none
	Connection  *int64       `json:"connection"` // null when it is about none
	Frame       int64        `json:"frame"`
}

type jsonChoice struct {
	Text  string `json:"text"`
	Right bool   `json:"right"`
	Why   string `json:"why,omitempty"`
}

type jsonSlip struct {
	Answer string `json:"answer"`
	Why    string `json:"why"`
}

func writeQuestions(w io.Writer, questions []quiz.Question) error {
	enc := json.NewEncoder(visible.JSONWriter(w))
	enc.SetEscapeHTML(false)
	for i := range questions {
		if err := enc.Encode(jsonOf(&questions[i])); err != nil {
			return err
		}
	}
	return nil
}

func jsonOf(q *quiz.Question) jsonQuestion {
	j := jsonQuestion{ID: q.ID, About: q.About, Topic: q.Topic, Kind: q.Kind.String(), Prompt: q.Prompt,
		Given: lineTexts(q.Given), Answer: q.Answer, Hint: q.Hint, Explanation: lineTexts(q.Why), Frame: q.Ref.Frame}
	for _, c := range q.Choices {
		j.Choices = append(j.Choices, jsonChoice{c.Text, c.Right, c.Why})
	}
	for _, s := range q.Slips {
		j.Slips = append(j.Slips, jsonSlip(s))
	}
	if q.Ref.Exchange > 0 {
		j.Exchange = &q.Ref.Exchange
	}
	if q.Connection >= 0 {
		j.Connection = &q.Connection
	}
	return j
}

func lineTexts(l doc.Lines) []string {
	out := []string{}
	for _, one := range l {
		out = append(out, strings.TrimSpace(one.String()))
	}
	return out
}
