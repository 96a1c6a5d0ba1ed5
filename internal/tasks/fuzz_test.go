package tasks_test

import "testing"

// FuzzBoard: whatever two ends send, the board can say how far each task is.
func FuzzBoard(f *testing.F) {
	f.Add(get("/?sid=3a4b5e", "Cookie: a=b; ;=\r\n", "Range: bytes=-\r\n"),
		answer("206 Partial Content", "a", "Content-Range: bytes 0-0/1\r\nSet-Cookie: =; Max-Age=x\r\n"))
	f.Add(post("/", "a=%&b=%zz&=c&pw=1"), answer("200 OK", `<input type=hidden name=sid value='`,
		"Content-Type: text/html\r\n"))
	f.Add(upgrade, "HTTP/1.1 101 x\r\n\r\n")
	f.Add(hello, hello)
	f.Fuzz(func(t *testing.T, request, response string) {
		w := newWire()
		w.exchange(4001, request, response)
		w.exchange(4002, response, request)
		w.close(4001, 1)
		for _, p := range w.board(t).State() {
			if p.Words().String() == "" {
				t.Errorf("%s: no words", p.Task.ID)
			}
		}
	})
}
