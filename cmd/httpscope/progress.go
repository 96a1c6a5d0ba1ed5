package main

import (
	"fmt"
	"io"
	"os"
	"time"

	"httpscope/internal/texts"

	"golang.org/x/term"
)

// progressEvery is how many packets pass between two looks at the clock.
const progressEvery = 1 << 16

// progress shows on a terminal how far a long file has been read.
type progress struct {
	w     io.Writer // nil: show nothing
	texts texts.Catalogue
	size  int64 // of the file, 0 when unknown
	began time.Time
	last  time.Time
	shown bool
}

// newProgress shows progress when standard error is a terminal and standard
// output, where the rows go, is not.
func newProgress(s streams, path string) *progress {
	p := &progress{began: time.Now(), texts: s.texts}
	f, ok := s.err.(*os.File)
	if !ok || !term.IsTerminal(int(f.Fd())) || term.IsTerminal(int(os.Stdout.Fd())) {
		return p
	}
	p.w = s.err
	if st, err := os.Stat(path); err == nil && st.Mode().IsRegular() {
		p.size = st.Size()
	}
	return p
}

func (p *progress) show(position, packets int64) {
	const first, interval = time.Second, 200 * time.Millisecond
	now := time.Now()
	if p.w == nil || now.Sub(p.began) < first || now.Sub(p.last) < interval {
		return
	}
	p.last, p.shown = now, true
	if p.size > 0 {
		fmt.Fprint(p.w, "\r"+p.texts.Phrase("progress.of", 100*position/p.size, p.size>>20, packets))
		return
	}
	fmt.Fprint(p.w, "\r"+p.texts.Phrase("progress.size", position>>20, packets))
}

// clear removes the line.
func (p *progress) clear() {
	if p.shown {
		fmt.Fprintf(p.w, "\r%60s\r", "")
	}
}
