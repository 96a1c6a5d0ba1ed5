package site

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"sync"
	"time"
)

// bodyStore keeps what visitors PUT: at most maxStored bodies of maxBody bytes.
type bodyStore struct {
	mu     sync.Mutex
	byName map[string][]byte
}

func newBodyStore() *bodyStore { return &bodyStore{byName: map[string][]byte{}} }

// get returns a body that is not changed afterwards.
func (s *bodyStore) get(name string) (body []byte, found bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	body, found = s.byName[name]
	return body, found
}

// put stores a body when the condition holds for what is there, and returns the
// status that says what happened.
func (s *bodyStore) put(name string, body []byte, condition func(old []byte, found bool) bool) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	old, found := s.byName[name]
	switch {
	case !condition(old, found):
		return http.StatusPreconditionFailed
	case !found && len(s.byName) >= maxStored:
		return http.StatusInsufficientStorage
	}
	s.byName[name] = body
	if found {
		return http.StatusNoContent
	}
	return http.StatusCreated
}

// remove reports whether there was something to remove.
func (s *bodyStore) remove(name string) (found bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	_, found = s.byName[name]
	delete(s.byName, name)
	return found
}

// tag is the entity tag of a body.
func tag(body []byte) string {
	sum := sha256.Sum256(body)
	return `"` + hex.EncodeToString(sum[:8]) + `"`
}

// put stores the body of the request under the name in the path.
func (s *Site) put(w http.ResponseWriter, r *http.Request) {
	name := r.PathValue("name")
	if len(name) > maxName {
		s.message(w, r, http.StatusRequestURITooLong, "The name is longer than 64 bytes. Take a shorter one.")
		return
	}
	body, ok := s.body(w, r)
	if !ok {
		return
	}
	switch status := s.bodyStore.put(name, body,
		func(old []byte, found bool) bool { return matches(r, old, found) }); status {
	case http.StatusPreconditionFailed:
		s.message(w, r, status, "The resource is not the one that If-Match or If-None-Match speaks of. GET it again before you change it.")
	case http.StatusInsufficientStorage:
		s.message(w, r, status, "The store is full. DELETE something first.")
	default:
		w.Header().Set("ETag", tag(body))
		w.WriteHeader(status)
	}
}

// matches evaluates If-Match and If-None-Match (RFC 9110, Section 13.2.2) as far
// as one tag or an asterisk goes; that prevents lost updates and double creation.
func matches(r *http.Request, old []byte, found bool) bool {
	if want := r.Header.Get("If-Match"); want != "" && (!found || want != "*" && want != tag(old)) {
		return false
	}
	not := r.Header.Get("If-None-Match")
	return not == "" || !found || not != "*" && not != tag(old)
}

// fetch serves what was stored, as plain text whatever it is: else a visitor
// could store a page that acts as another visitor.
func (s *Site) fetch(w http.ResponseWriter, r *http.Request) {
	body, found := s.bodyStore.get(r.PathValue("name"))
	if !found {
		s.notFound(w, r)
		return
	}
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Header().Set("X-Content-Type-Options", "nosniff")
	w.Header().Set("ETag", tag(body))
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(body))
}

// remove deletes what was stored.
func (s *Site) remove(w http.ResponseWriter, r *http.Request) {
	if !s.bodyStore.remove(r.PathValue("name")) {
		s.notFound(w, r)
		return
	}
	w.WriteHeader(http.StatusNoContent)
}
