package inspect

// pipe brings batches to a goroutine that works on them, and the batches back to be
// filled again. There is a fixed number of them, which bounds the memory between the two.
type pipe[B any] struct {
	now   *B // the batch that is being filled
	full  chan *B
	empty chan *B
	done  chan struct{}
}

// newPipe starts the goroutine. work leaves each batch empty.
func newPipe[B any](batches int, empty func() *B, work func(*B)) pipe[B] {
	p := pipe[B]{full: make(chan *B, batches), empty: make(chan *B, batches), done: make(chan struct{})}
	for range batches {
		p.empty <- empty()
	}
	p.now = <-p.empty
	go p.run(work)
	return p
}

func (p pipe[B]) run(work func(*B)) {
	defer close(p.done)
	for b := range p.full {
		work(b)
		p.empty <- b
	}
}

// next passes the batch on, and takes an empty one.
func (p *pipe[B]) next() {
	p.full <- p.now
	p.now = <-p.empty
}

// close passes the last batch, and waits until all is worked on.
func (p *pipe[B]) close() {
	p.full <- p.now
	close(p.full)
	<-p.done
}
