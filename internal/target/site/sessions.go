package site

import (
	"encoding/hex"
	"fmt"
	"io"
	"sync"
	"time"
)

// session is what a server remembers between two requests of a visitor.
type session struct {
	ID      string
	User    string
	Address string // of the client at the login, without the port
	Agent   string // User-Agent at the login
	last    time.Time
}

// sessions are the sessions of one kind, at most maxSessions.
type sessions struct {
	now  func() time.Time
	mu   sync.Mutex
	byID map[string]session
	next uint32 // number of the next predictable id
}

// firstID is the session id on the slide.
const firstID = 0x3a4b5e

func newSessions(now func() time.Time) *sessions {
	return &sessions{now: now, byID: map[string]session{}, next: firstID}
}

// randomID is an id that cannot be guessed: 128 bits.
func (s *sessions) randomID(from io.Reader) (string, error) {
	s.mu.Lock() // a reader need not be safe for several goroutines
	defer s.mu.Unlock()
	b := make([]byte, 16)
	if _, err := io.ReadFull(from, b); err != nil {
		return "", fmt.Errorf("make a session id: %w", err)
	}
	return hex.EncodeToString(b), nil
}

// nextID is an id that anybody can guess: it counts.
func (s *sessions) nextID() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	id := fmt.Sprintf("%06x", s.next&0xffffff)
	s.next++
	return id
}

// add stores a session. When there are too many, the one that was used longest
// ago ends.
func (s *sessions) add(x session) {
	s.mu.Lock()
	defer s.mu.Unlock()
	x.last = s.now()
	s.byID[x.ID] = x
	if len(s.byID) <= maxSessions {
		return
	}
	oldest := x
	for _, y := range s.byID {
		if y.last.Before(oldest.last) {
			oldest = y
		}
	}
	delete(s.byID, oldest.ID)
}

// find returns a session that is not over, and prolongs it.
func (s *sessions) find(id string) (session, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	x, found := s.byID[id]
	if !found {
		return session{}, false
	}
	if s.now().Sub(x.last) > sessionIdle {
		delete(s.byID, id)
		return session{}, false
	}
	x.last = s.now()
	s.byID[id] = x
	return x, true
}

// remove ends a session.
func (s *sessions) remove(id string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.byID, id)
}
