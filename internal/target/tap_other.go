//go:build !unix

package target

// Write sends b. Without the lock during the system call, because here that
// call blocks: a client's bytes that arrive while it returns may be heard in
// front of it.
func (t *tap) Write(b []byte) (int, error) {
	n, err := t.conn.Write(b)
	t.mu.Lock()
	defer t.mu.Unlock()
	t.wrote(b[:n])
	t.note(err)
	return n, err
}
