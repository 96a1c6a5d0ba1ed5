package effect

import (
	"iter"
	"regexp"
	"slices"
	"sync"

	"httpscope/internal/filter"
)

// maxConstants bounds the constants of filters for which traffic is made.
const maxConstants = 24

// counterexamples is traffic to tell two filters apart: usual conversations,
// for every constant of the filters conversations that have it, or something
// like it, in every place where it can stand, and conversations that have the
// constants together.
func counterexamples(filters ...*filter.Filter) iter.Seq[*Traffic] {
	var constants []filter.Constant
	var names []string
	for _, f := range filters {
		constants = append(constants, f.Constants()...)
		names = append(names, f.Names()...)
	}
	return trafficFor(constants, names)
}

// numbersAndAddresses are the constants of capture filters.
var numbersAndAddresses = regexp.MustCompile(`(?i)[0-9]+(\.[0-9]+){3}(/[0-9]+)?|[0-9a-f]*:[0-9a-f:]*(/[0-9]+)?|[0-9]+`)

// captureCounterexamples is traffic to tell two capture filters apart.
func captureCounterexamples(filters ...string) iter.Seq[*Traffic] {
	var constants []filter.Constant
	for _, f := range filters {
		for _, c := range numbersAndAddresses.FindAllString(f, maxConstants) {
			name := "tcp.port"
			if len(addressesLike(c)) > 0 {
				name = "ip.addr"
			}
			constants = append(constants, filter.Constant{Field: name, Value: c})
		}
	}
	return trafficFor(constants, []string{"ip.addr", "tcp.port"})
}

// trafficFor makes traffic of constants and names of fields, the cheapest first.
func trafficFor(constants []filter.Constant, names []string) iter.Seq[*Traffic] {
	return func(yield func(*Traffic) bool) {
		if !yield(usual()) || !yield(begun()) {
			return
		}
		for _, c := range values(constants) {
			if !yield(arounds.of(c)) {
				return
			}
		}
		if yield(together(constants, names)) {
			yield(late())
		}
	}
}

// values are the values of constants, each once.
func values(constants []filter.Constant) []string {
	var all []string
	for _, c := range constants {
		all = append(all, c.Value)
		if c.Pattern {
			all = append(all, samples(c.Value)...)
		}
	}
	slices.Sort(all)
	all = slices.Compact(all)
	return all[:min(len(all), maxConstants)]
}

// trafficCache keeps the traffic around constants: those who mark a class compare with
// the same filter over and over.
type trafficCache struct {
	mutex sync.Mutex
	made  map[string]*Traffic
}

// arounds never changes what it answers, it only remembers.
var arounds trafficCache

// shelfSize bounds the remembered constants; each takes about 300 kB.
const shelfSize = 64

func (s *trafficCache) of(constant string) *Traffic {
	s.mutex.Lock()
	t := s.made[constant]
	s.mutex.Unlock()
	if t != nil {
		return t
	}
	t = around(constant)
	s.mutex.Lock()
	defer s.mutex.Unlock()
	if s.made == nil || len(s.made) >= shelfSize {
		s.made = map[string]*Traffic{}
	}
	s.made[constant] = t
	return t
}
