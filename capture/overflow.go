package capture

import (
	"sync"

	"httpscope/internal/texts"
)

// overflow is the temporary file in which packets wait. What was read makes
// room: it is written in circles, and emptied when nothing waits in it.
type overflow struct {
	open func() (OverflowFile, error)
	most int64 // bytes
	told bool  // that there is no room

	mu      sync.Mutex
	file    OverflowFile
	tail    int64 // where the next packets go
	head    int64 // where the oldest that wait begin
	pending int64 // bytes that wait
}

// errOverflow is why packets find no room when nothing is wrong.
var errOverflow error = texts.Errorf("capture.error.no-temporary")

// write appends blocks, and says where they begin.
func (o *overflow) write(b []byte) (at int64, err error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if err := o.ready(); err != nil {
		return 0, err
	}
	at, ok := o.place(int64(len(b)))
	if !ok {
		return 0, texts.Errorf("capture.error.temporary-full", o.pending>>20)
	}
	if _, err := o.file.WriteAt(b, at); err != nil {
		return 0, texts.Errorf("capture.error.temporary", err)
	}
	o.tail, o.pending = at+int64(len(b)), o.pending+int64(len(b))
	return at, nil
}

// ready makes the file.
func (o *overflow) ready() (err error) {
	if o.file != nil {
		return nil
	}
	if o.open == nil {
		return errOverflow
	}
	o.file, err = o.open()
	return err
}

// place finds room for n bytes: behind what waits, or in front of it.
func (o *overflow) place(n int64) (at int64, ok bool) {
	switch {
	case o.pending == 0:
		o.head = 0
		return 0, n <= o.most
	case o.tail > o.head && o.tail+n <= o.most:
		return o.tail, true
	case o.tail > o.head:
		return 0, n <= o.head
	}
	return o.tail, o.tail+n <= o.head
}

// ReadAt implements io.ReaderAt.
func (o *overflow) ReadAt(b []byte, at int64) (int, error) {
	o.mu.Lock()
	file := o.file
	o.mu.Unlock()
	if file == nil {
		return 0, errOverflow
	}
	return file.ReadAt(b, at)
}

// release makes room: nobody needs the oldest n bytes any more, which begin at at.
func (o *overflow) release(at, n int64) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.head, o.pending = at+n, o.pending-n
	if o.pending == 0 {
		o.head, o.tail = 0, 0
		_ = o.file.Truncate(0) // else it is written over
	}
}

func (o *overflow) close() {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.file != nil {
		_ = o.file.Close() // nobody needs what is in it
		o.file = nil
	}
	o.open = nil
}
