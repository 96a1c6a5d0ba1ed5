package main

import (
	"bufio"
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
	cmd := &cobra.Command{
		Use:   "quiz FILE",
		Short: "Ask questions about a capture, and explain the answers by its packets",
		Long: "Ask questions that are made from a capture file; `-` is standard input with --list or --json.\n" +
			"Answers are lines of standard input: `?` asks for a hint, an empty line skips, `q` ends.\n" +
			"Topics: " + strings.Join(quiz.Topics(), ", ") + ".",
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) != 1 {
				return &exitError{exitUsage, errors.New("quiz needs one capture file"), "httpscope quiz FILE"}
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
	cmd.Flags().IntVar(&f.questions, "questions", quiz.DefaultQuestions, "how many questions")
	cmd.Flags().Uint64Var(&f.seed, "seed", 0, "the same seed asks the same questions; without it they differ each time")
	cmd.Flags().StringArrayVar(&f.topics, "topic", nil, "ask about this topic only; repeat it for more")
	cmd.Flags().BoolVar(&f.list, "list", false, "print the questions with answers and explanations")
	cmd.Flags().BoolVar(&f.json, "json", false, "print the questions with answers as JSON, one a line")
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
		return &exitError{exitUsage, fmt.Errorf("--questions %d asks nothing", f.questions), "give a number from 1 on"}
	case f.list && f.json:
		return &exitError{exitUsage, errors.New("--list and --json exclude each other"), "give one of them"}
	case path == "-" && !f.list && !f.json:
		return &exitError{exitUsage, errors.New("answers come from standard input, so the capture cannot"), "give the name of a file, or --list"}
	}
	return nil
}

func unknownTopic(t string) error {
	hint := "topics are " + strings.Join(quiz.Topics(), ", ")
	if near := spelling.Nearest(t, quiz.Topics()); near != "" {
		hint = "did you mean " + near + "? " + hint
	}
	return &exitError{exitUsage, fmt.Errorf("no topic %q", t), hint}
}

func (f *quizFlags) run(s streams, path string) error {
	if err := f.check(path); err != nil {
		return err
	}
	r, err := recordingOf(path, s.in)
	if err != nil {
		return err
	}
	questions := quiz.New(quizSource{r}, f.seed, quiz.Options{Questions: f.questions, Topics: f.topics})
	switch {
	case f.json:
		err = writeQuestions(s.out, questions)
	case len(questions) == 0:
		_, err = fmt.Fprintln(s.out, noQuestions(r, f.topics))
	case f.list:
		err = f.writeList(s.out, path, questions)
	default:
		err = f.lead(s, path, questions)
	}
	if err != nil {
		return outputError(err)
	}
	if r.Damage != nil {
		return &exitError{code: exitDamaged, err: fmt.Errorf("%s: %w", path, r.Damage)}
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
		return nil, &exitError{exitUsage, err, "ask about a part of it, which `editcap -r` cuts out"}
	}
	if err != nil {
		return nil, openError(path, err)
	}
	return r, nil
}

// noQuestions says why there are none.
func noQuestions(r *recording.Recording, topics []string) string {
	switch {
	case len(r.Connections) == 0:
		return "There is no TCP connection in this capture, so there is nothing to ask about. Capture one, with a browser or curl."
	case len(topics) > 0:
		return "Nothing in this capture leads to a question about " + strings.Join(topics, " or ") + ". Leave out --topic to be asked about what is there."
	}
	return "Nothing in this capture leads to a question."
}

// quizWidth is the longest line of a quiz, in columns.
const quizWidth = 78

func quizText(l doc.Lines) string { return doc.Text(doc.Wrap(l, quizWidth)) }

func (f *quizFlags) title(path string, n int) string {
	title := fmt.Sprintf("%d questions about %s, seed %d\n", n, visible.Line(path), f.seed)
	if n == 1 {
		title = strings.Replace(title, "questions", "question", 1)
	}
	return title
}

// writeList prints questions, answers and explanations.
func (f *quizFlags) writeList(w io.Writer, path string, questions []quiz.Question) error {
	var b strings.Builder
	b.WriteString(f.title(path, len(questions)))
	for i := range questions {
		q := &questions[i]
		fmt.Fprintf(&b, "\n%d. %s, %s\n%s", i+1, q.Topic, q.ID, quizText(q.Lines()))
		b.WriteString(quizText(q.AnswerLines()))
	}
	_, err := io.WriteString(w, b.String())
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
	j := jsonQuestion{ID: q.ID, About: q.About, Topic: q.Topic, Kind: q.Kind.String(), Prompt: q.Prompt, Given: lineTexts(q.Given),
		Answer: q.Answer, Hint: q.Hint, Explanation: lineTexts(q.Why), Frame: q.Ref.Frame}
	for _, c := range q.Choices {
		j.Choices = append(j.Choices, jsonChoice(c))
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

// lead asks one question after the other, and prints the score at the end.
func (f *quizFlags) lead(s streams, path string, questions []quiz.Question) error {
	session := quiz.NewSession(questions)
	w := bufio.NewWriter(s.out)
	in := bufio.NewScanner(s.in)
	fmt.Fprintf(w, "%sType an answer, ? for a hint, nothing to skip, q to end.\n", f.title(path, session.Len()))
	for more := true; more && session.Question() != nil; {
		fmt.Fprintf(w, "\nQuestion %d of %d: %s\n%s", session.Done()+1, session.Len(), session.Question().Topic, quizText(session.Question().Lines()))
		more = answerOne(w, in, session)
	}
	fmt.Fprintf(w, "\n%s", quizText(session.Summary()))
	if session.Done() > 0 {
		fmt.Fprintf(w, "The same questions again: httpscope quiz --seed %d%s %s\n",
			f.seed, f.options(), quoteArg(visible.Line(path)))
	}
	return w.Flush()
}

// options are the flags that matter for which questions are asked.
func (f *quizFlags) options() string {
	var b strings.Builder
	if f.questions != quiz.DefaultQuestions {
		fmt.Fprintf(&b, " --questions %d", f.questions)
	}
	for _, t := range f.topics {
		b.WriteString(" --topic " + t)
	}
	return b.String()
}

// answerOne reads lines until the question is behind one; false is the end of
// the quiz.
func answerOne(w *bufio.Writer, in *bufio.Scanner, session *quiz.Session) bool {
	for {
		fmt.Fprintf(w, "Your answer, %s: ", session.Question().Form())
		if w.Flush() != nil || !in.Scan() {
			fmt.Fprintln(w)
			return false
		}
		switch typed := strings.TrimSpace(in.Text()); strings.ToLower(typed) {
		case "q", "ｑ", "quit", "exit":
			return false
		case "?", "？":
			fmt.Fprint(w, quizText(doc.Lines{{Spans: []doc.Span{{Text: "Hint: " + session.Hint()}}}}))
		default:
			v := session.Answer(typed)
			fmt.Fprint(w, quizText(v.Lines))
			if v.Outcome != quiz.Unclear {
				return true
			}
		}
	}
}
