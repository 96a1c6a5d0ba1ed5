package variant

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"math/rand/v2"
)

// MinSeed is the least number of bytes of a seed: fewer could be tried out.
const MinSeed = 16

// secret is what all of a student's variant is derived from.
type secret [sha256.Size]byte

// domain separates these secrets from others that a course makes of its seed.
const domain = "httpscope variant 1\x00"

func newSecret(seed []byte, student string) secret {
	return secret(mac(seed, domain, student))
}

func mac(key []byte, parts ...string) []byte {
	h := hmac.New(sha256.New, key)
	for _, p := range parts {
		var n [8]byte // a length before each part: "ab","c" is not "a","bc"
		binary.BigEndian.PutUint64(n[:], uint64(len(p)))
		h.Write(n[:])
		h.Write([]byte(p))
	}
	return h.Sum(nil)
}

// random is a generator for one purpose. ChaCha8 keyed with an HMAC gives as
// many numbers as are needed, always the same.
func (s *secret) random(purpose ...string) *rand.Rand {
	return rand.New(rand.NewChaCha8([32]byte(mac(s[:], purpose...))))
}

// number is one number for one purpose.
func (s *secret) number(purpose ...string) uint32 {
	return binary.BigEndian.Uint32(mac(s[:], purpose...))
}
