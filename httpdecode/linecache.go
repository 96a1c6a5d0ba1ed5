package httpdecode

import "strings"

// lineCache remembers how field lines were taken apart. Clients and servers
// send the same lines again and again; a line that was right once needs no
// second look at each of its bytes. What it gives is what split gives.
type lineCache struct {
	slots  [256]cachedLine
	misses uint
}

// cachedLine is a line without findings: where its name ends and its value lies.
type cachedLine struct {
	line           string
	name, from, to int
	id             FieldID
}

const (
	maxCachedLine = 128 // bytes: longer lines are cookies, tokens, and hardly ever the same
	cacheEvery    = 8   // a miss in so many is kept: lines that occur once must not push out the others
)

// slot is where a line would be. The hash only has to tell common lines apart.
func (c *lineCache) slot(line string) *cachedLine {
	n := len(line)
	return &c.slots[(uint(n)*31+uint(line[0])*7+uint(line[n/2])*13+uint(line[n-1]))%uint(len(c.slots))]
}

// find returns the field of a line that was seen before.
func (c *lineCache) find(line string) (Field, bool) {
	if len(line) > maxCachedLine {
		return Field{}, false
	}
	s := c.slot(line)
	if s.line != line {
		return Field{}, false
	}
	return Field{Name: line[:s.name], Value: line[s.from:s.to], ID: s.id}, true
}

// keep remembers a line that had nothing odd about it.
func (c *lineCache) keep(line string, f *Field) {
	if c.misses++; len(line) > maxCachedLine || c.misses%cacheEvery != 0 {
		return
	}
	from := strings.IndexByte(line, ':') + 1
	for from < len(line) && (line[from] == ' ' || line[from] == '\t') {
		from++
	}
	*c.slot(line) = cachedLine{strings.Clone(line), len(f.Name), from, from + len(f.Value), f.ID}
}
