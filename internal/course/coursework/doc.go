// Package coursework marks students' answers about captures of HTTP traffic.
//
// An [Assignment] is a YAML file that a teacher writes: questions whose right
// answers are computed from the student's own capture. [Assignment.Mark] takes a
// recording and a sheet of answers and says what each answer is worth, why, and
// which packet proves it.
//
// It reads no answer files (package sheet does), writes no gradebooks (package
// gradebook does), and does not ask whether the capture is the student's own
// (package original does).
package coursework
