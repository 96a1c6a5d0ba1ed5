package gradebook

import (
	"fmt"
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"httpscope/internal/course/coursework"
)

func p(x float64) *float64 { return &x }

// answersOf makes a class of a matrix of points, one row a submission, every
// question worth 1 point. A negative number is an answer that a person marks.
func answersOf(rows ...[]float64) []Entry {
	var class []Entry
	for i, row := range rows {
		var questions []coursework.Marked
		for j, x := range row {
			v := coursework.Partly
			switch {
			case x < 0:
				v = coursework.Person
			case x == 0:
				v = coursework.Wrong
			case x == 1:
				v = coursework.Right
			}
			questions = append(questions, answered(fmt.Sprint(j+1), v, max(x, 0), 1, fmt.Sprint(x)))
		}
		class = append(class, Entry{Submission: fmt.Sprint(i), Report: report(questions...)})
	}
	return class
}

// guttman is four students and three questions that order them perfectly.
//
// Question 1: the points are 1 1 1 0 (mean 0.75), the rests 2 1 0 0 (mean 0.75).
// Σ(x-mx)(y-my) = 0.75, Σ(x-mx)² = 0.75, Σ(y-my)² = 2.75: r = 0.75/√2.0625 = 0.5222.
// Question 2: 1 1 0 0 and 2 1 1 0: r = 1/√(1·2) = 0.7071.
// Question 3: 1 0 0 0 and 2 2 1 0: r = 0.75/√(0.75·2.75) = 0.5222.
// 27 % of four is one: the best has 1 and the weakest 0 everywhere.
// The variances are 1/4, 1/3, 1/4, of the totals 3 2 1 0 it is 5/3:
// alpha = 3/2·(1 - (5/6)/(5/3)) = 0.75. The standard deviation is √(5/3) = 1.2910.
func guttman() []Entry {
	return answersOf([]float64{1, 1, 1}, []float64{1, 1, 0}, []float64{1, 0, 0}, []float64{0, 0, 0})
}

func TestStatisticsByHand(t *testing.T) {
	want := []Item{
		{Right: 3, Wrong: 1, Mean: p(.75), Difficulty: p(.75), Discrimination: p(.5222), UpperLower: p(1),
			WrongAnswers: []WrongAnswer{{Given: "0", Count: 1}}},
		{Right: 2, Wrong: 2, Mean: p(.5), Difficulty: p(.5), Discrimination: p(.7071), UpperLower: p(1),
			WrongAnswers: []WrongAnswer{{Given: "0", Count: 2}}},
		{Right: 1, Wrong: 3, Mean: p(.25), Difficulty: p(.25), Discrimination: p(.5222), UpperLower: p(1),
			WrongAnswers: []WrongAnswer{{Given: "0", Count: 3}}},
	}
	for i := range want {
		id := fmt.Sprint(i + 1)
		want[i].ID, want[i].Prompt, want[i].Kind, want[i].Max, want[i].Answered, want[i].Tags = id, "What is "+id+"?",
			"text", 1, 4, []TagCount{}
	}
	if d := cmp.Diff(want, Statistics(guttman())); d != "" {
		t.Error(d)
	}
	wantSummary := Summary{Marked: 4, Possible: 3, Mean: p(1.5), Median: p(1.5), SD: p(1.291), Min: p(0), Max: p(3),
		Alpha:     p(.75),
		Histogram: [10]int{0: 1, 3: 1, 6: 1, 9: 1}}
	if d := cmp.Diff(wantSummary, Summarise(guttman())); d != "" {
		t.Error(d)
	}
}

// TestPartialCredit: 1, 0.5, 0 against rests 1, 0, 0 (means 0.5 and 1/3):
// Σ = 0.5·2/3 + 0 + 0.5·1/3 = 0.5, Σx² = 0.5, Σy² = 2/3: r = 0.5/√(1/3) = 0.8660.
// Variances 1/4 and 1/3, totals 2 0.5 0 (mean 5/6, variance 13/12):
// alpha = 2·(1 - (7/12)/(13/12)) = 12/13 = 0.9231.
func TestPartialCredit(t *testing.T) {
	class := answersOf([]float64{1, 1}, []float64{.5, 0}, []float64{0, 0})
	if d := cmp.Diff(p(.866), Statistics(class)[0].Discrimination); d != "" {
		t.Error(d)
	}
	if d := cmp.Diff(p(.9231), Summarise(class).Alpha); d != "" {
		t.Error(d)
	}
}

// TestEqualTotalsShareTheGroup: of five, 27 % is one. Two have the most, and one of
// these the question right, so the upper group has half of it right; the lower none.
func TestEqualTotalsShareTheGroup(t *testing.T) {
	class := answersOf([]float64{1, 1}, []float64{0, 1}, []float64{0, 1}, []float64{0, 0}, []float64{0, 0})
	class[1].Report.Questions = append(class[1].Report.Questions, answered("3", coursework.Right, 1, 1, "x"))
	if d := cmp.Diff(p(.5), Statistics(class)[0].UpperLower); d != "" {
		t.Error(d)
	}
}

func TestWhatIsNotDefinedIsNil(t *testing.T) {
	for name, c := range map[string]struct {
		class []Entry
		want  Summary
		item  Item
	}{
		"one student": {answersOf([]float64{1, 0}), Summary{Marked: 1, Possible: 2, Mean: p(1), Median: p(1),
			Min: p(1), Max: p(1), Histogram: [10]int{5: 1}},
			Item{Answered: 1, Right: 1, Mean: p(1), Difficulty: p(1)}},
		"all are equal": {answersOf([]float64{1, 0}, []float64{1, 0}),
			Summary{Marked: 2, Possible: 2, Mean: p(1), Median: p(1), SD: p(0), Min: p(1), Max: p(1),
				Histogram: [10]int{5: 2}},
			Item{Answered: 2, Right: 2, Mean: p(1), Difficulty: p(1), UpperLower: p(0)}},
		"a person marks": {answersOf([]float64{-1}, []float64{-1}), Summary{Marked: 2, Mean: p(0), Median: p(0),
			SD: p(0), Min: p(0), Max: p(0)}, Item{Person: 2}},
	} {
		if d := cmp.Diff(c.want, Summarise(c.class)); d != "" {
			t.Errorf("%s: %s", name, d)
		}
		if d := cmp.Diff(c.item, Statistics(c.class)[0], cmpopts.IgnoreFields(Item{}, "ID", "Prompt", "Kind", "Max",
			"WrongAnswers", "Tags")); d != "" {
			t.Errorf("%s: %s", name, d)
		}
	}
	if d := cmp.Diff(Summary{Unmarked: 2},
		Summarise([]Entry{{}, {Report: &coursework.Report{Problem: "No capture."}}})); d != "" {
		t.Error(d)
	}
}

func TestWrongAnswersAndTags(t *testing.T) {
	tagged := func(given string, tags ...string) Entry {
		m := answered("1", coursework.Wrong, 0, 1, given)
		m.Tags = tags
		return Entry{Report: report(m)}
	}
	class := []Entry{tagged("482", "frame-length"), tagged(" 482\n", "frame-length", "off-by-one"), tagged("37"),
		tagged("a"), tagged("b"), tagged("c"), tagged("d"),
		{Report: report(answered("1", coursework.Right, 1, 1, "128"))},
		{Report: report(answered("1", coursework.Missing, 0, 1, ""))}}
	item := Statistics(class)[0]
	want := []WrongAnswer{{"482", 2, []string{"frame-length", "off-by-one"}}, {"37", 1, nil}, {"a", 1, nil},
		{"b", 1, nil}, {"c", 1, nil}}
	if d := cmp.Diff(want, item.WrongAnswers); d != "" {
		t.Error(d)
	}
	if d := cmp.Diff([]TagCount{{"frame-length", 2}, {"off-by-one", 1}}, item.Tags); d != "" {
		t.Error(d)
	}
}

func TestWrongCellsOfTables(t *testing.T) {
	table := answered("1", coursework.Partly, 1, 2, "the whole table")
	table.Cells = []coursework.Cell{
		{Row: 1, Column: "status", Given: "404", Verdict: coursework.Wrong, Tag: "favicon"},
		{Row: 2, Column: "status", Given: "404", Verdict: coursework.Wrong},
		{Row: 1, Column: "port", Given: "80", Verdict: coursework.Right},
		{Row: 0, Column: "port", Verdict: coursework.Missing},
	}
	item := Statistics([]Entry{{Report: report(table)}})[0]
	if d := cmp.Diff([]WrongAnswer{{"status: 404", 1, []string{"favicon"}}}, item.WrongAnswers); d != "" {
		t.Error(d)
	}
	if d := cmp.Diff([]TagCount{{"favicon", 1}}, item.Tags); d != "" {
		t.Error(d)
	}
}

// TestStatisticsLaws: every submission is counted once, correlations are from -1 to
// 1, and the order of the class does not matter.
func TestStatisticsLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		k := rapid.IntRange(1, 5).Draw(t, "questions")
		rows := rapid.SliceOfN(rapid.SliceOfN(rapid.SampledFrom([]float64{-1, 0, .25, .5, 1}), k, k), 1, 12).Draw(t,
			"points")
		class := answersOf(rows...)
		items, s := Statistics(class), Summarise(class)
		for _, item := range items {
			if item.Right+item.Partly+item.Wrong+item.Missing+item.Person != len(class) ||
				item.Answered != item.Right+item.Partly+item.Wrong {
				t.Fatalf("%+v of %d", item, len(class))
			}
			for _, r := range []*float64{item.Discrimination, item.UpperLower} {
				if r != nil && math.Abs(*r) > 1 {
					t.Fatalf("%v", *r)
				}
			}
		}
		if s.Alpha != nil && *s.Alpha > 1 {
			t.Fatalf("alpha is %v", *s.Alpha)
		}
		mixed := rapid.Permutation(class).Draw(t, "mixed")
		if d := cmp.Diff(items, Statistics(mixed), cmpopts.EquateApprox(0, .0002)); d != "" {
			t.Fatal(d)
		}
		if d := cmp.Diff(s, Summarise(mixed), cmpopts.EquateApprox(0, .0002)); d != "" {
			t.Fatal(d)
		}
	})
}

func TestStatisticsOfHostileClasses(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		class := drawClass(t).Entries
		marked := Summarise(class).Marked
		for _, item := range Statistics(class) {
			if item.Answered+item.Missing+item.Person != marked {
				t.Fatalf("%+v of %d", item, marked)
			}
		}
	})
}
