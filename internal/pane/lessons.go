package pane

import (
	"iter"

	"httpscope/internal/doc"
	"httpscope/internal/lesson"
	"httpscope/internal/store"
	"httpscope/internal/texts"
	"httpscope/internal/trace"
	"httpscope/tui"
)

// storeLessons lets lessons look at what the screen keeps.
type storeLessons struct{ *store.Store }

// Connections implements lesson.Source.
func (s storeLessons) Connections() iter.Seq[*trace.Connection] {
	return func(yield func(*trace.Connection) bool) {
		first, last := s.ConnectionBounds()
		for id := first; id <= last; id++ {
			if c, _ := s.Connection(id); c != nil && !yield(c) {
				return
			}
		}
	}
}

// maxLesson bounds the exchanges that a lesson on the screen looks at: the newest.
const maxLesson = 20_000

// Exchanges implements lesson.Source.
func (s storeLessons) Exchanges() iter.Seq[*trace.Exchange] {
	return func(yield func(*trace.Exchange) bool) {
		first, last := s.Bounds()
		for id := max(first, last-maxLesson+1); id <= last; id++ {
			if x, whole := s.Exchange(id); whole && !yield(x) {
				return
			}
		}
	}
}

// Tape implements lesson.Source.
func (s storeLessons) Tape(connection int64) *trace.Tape { return s.Store.Tape(connection, 0) }

// WireLen implements lesson.Source: the store keeps no lengths of frames.
func (s storeLessons) WireLen(int64) int { return 0 }

// Begin implements lesson.Source.
func (s storeLessons) Begin() int64 { return s.Began() }

// Lessons makes the lessons of the screen.
func Lessons(c texts.Catalogue, s *store.Store) func(kind string) (doc.Page, error) {
	return func(kind string) (doc.Page, error) {
		k, ok := lesson.Lookup(kind)
		if !ok {
			return nil, lesson.Unknown(kind)
		}
		return k.Make(c.Lang(), storeLessons{s}, lesson.Everything).Page(), nil
	}
}

// LessonKinds are the lessons that there are.
func LessonKinds(c texts.Catalogue) []tui.Kind {
	var all []tui.Kind
	for _, k := range lesson.Kinds {
		all = append(all, tui.Kind{Name: k.Name, What: c.Of(k.Title)})
	}
	return all
}
