// Package spelling finds the word that was meant by one that does not exist. It knows no words.
package spelling

import "strings"

// Nearest is the name that is most like a word, in any case of letters: the first of those that are equally like it,
// "" when none is much like it.
func Nearest(word string, names []string) string {
	best, least := "", 0
	for _, n := range names {
		if d, ok := Near(word, n); ok && (best == "" || d < least) {
			best, least = n, d
		}
	}
	return best
}

// maxWord is how long a word may be that somebody has mistyped.
const maxWord = 100

// Near is how far a word is from a name, in any case of letters, and whether that is so little that the name was meant:
// one mistake, and one more for every four letters, but not all of the word.
func Near(word, name string) (distance int, ok bool) {
	if len(word) > maxWord {
		return len(word), false
	}
	distance = Distance(strings.ToLower(word), strings.ToLower(name))
	return distance, distance <= 1+len(word)/4 && distance < len(word)
}

// Distance is the number of bytes to insert, delete or replace to make b of a
// (V. I. Levenshtein, 1966).
func Distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			replace := diagonal
			if a[i] != b[j] {
				replace++
			}
			diagonal = row[j+1]
			row[j+1] = min(replace, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}
