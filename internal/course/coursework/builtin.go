package coursework

import (
	"embed"
	"path"
	"slices"
	"strings"
	"sync"
)

// files are the assignments that come with the program.
//
//go:embed assignments/*.yaml
var files embed.FS

// builtins are they, by their IDs. Tests hold that all can be loaded.
var builtins = sync.OnceValue(func() map[string]*Assignment {
	all := map[string]*Assignment{}
	entries, err := files.ReadDir("assignments")
	if err != nil {
		panic("coursework: " + err.Error())
	}
	for _, e := range entries {
		b, err := files.ReadFile(path.Join("assignments", e.Name()))
		if err != nil {
			panic("coursework: " + err.Error())
		}
		a, err := Load(b)
		if err != nil {
			panic("coursework: " + e.Name() + ": " + err.Error())
		}
		all[a.ID] = a
	}
	return all
})

// Builtin is an assignment that comes with the program, nil when there is none
// with that ID.
func Builtin(id string) *Assignment { return builtins()[strings.ToLower(id)] }

// Builtins are all of them, by ID.
func Builtins() []*Assignment {
	var all []*Assignment
	for _, a := range builtins() {
		all = append(all, a)
	}
	slices.SortFunc(all, func(a, b *Assignment) int { return strings.Compare(a.ID, b.ID) })
	return all
}

// Source is the YAML of a built-in assignment, for teachers to begin with.
func Source(id string) []byte {
	b, err := files.ReadFile("assignments/" + strings.ToLower(path.Base(id)) + ".yaml")
	if err != nil {
		return nil
	}
	return b
}
