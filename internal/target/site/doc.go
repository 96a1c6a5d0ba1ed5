// Package site is the web site that students visit: one address for every topic
// of the course, each saying what to look at, and beside it a raw group whose
// answers are deliberately odd bytes.
//
// [Site] is an http.Handler; [ServeRaw] serves one connection of the raw group.
// Whatever a visitor can make grow or wait is bounded by the constants in
// limits.go. Everything is made in code and kept in memory: nothing is read
// from or written to disk.
//
// What it does not do: it opens no listener, makes no certificate, keeps no log
// and enforces no limit on connections; that is the caller's. It is not safe to
// learn web security from by copying: some of its pages are unsafe on purpose,
// and say so.
package site
