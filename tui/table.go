package tui

// list is what a table shows: rows that have a number each.
type list interface {
	Len() int
	ID(i int) int64
	Index(id int64) int
}

// table is where one is in a list. The cursor stays with its row, wherever
// that goes when rows come, go or are sorted.
type table struct {
	list   list
	cursor int
	top    int
	id     int64 // of the row under the cursor, valid with has
	has    bool
	height int // rows that were drawn last
}

// follow finds the cursor's row again after the list has changed. When the row
// is gone the cursor stays at its place.
func (t *table) follow() {
	n := t.list.Len()
	if n == 0 {
		t.cursor, t.top, t.has = 0, 0, false
		return
	}
	if t.has {
		if i := t.list.Index(t.id); i >= 0 {
			t.cursor = i
		} else if t.id < t.list.ID(0) {
			t.cursor = 0 // it was dropped: the oldest that is left is the nearest
		}
	}
	t.moveTo(t.cursor)
}

// moveTo puts the cursor on a row, or on the nearest there is.
func (t *table) moveTo(i int) {
	n := t.list.Len()
	if n == 0 {
		t.cursor, t.has = 0, false
		return
	}
	t.cursor = max(0, min(i, n-1))
	t.id, t.has = t.list.ID(t.cursor), true
	t.scroll(t.height)
}

// moveToID puts the cursor on a row by its number; false when it is not listed.
func (t *table) moveToID(id int64) bool {
	i := t.list.Index(id)
	if i >= 0 {
		t.moveTo(i)
	}
	return i >= 0
}

// scroll keeps the cursor on the screen of so many rows.
func (t *table) scroll(height int) {
	t.height = height
	if height <= 0 {
		return
	}
	t.top = min(t.top, t.cursor)
	t.top = max(t.top, t.cursor-height+1)
	t.top = max(0, min(t.top, t.list.Len()-height))
}
