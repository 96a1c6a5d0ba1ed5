package variant_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"httpscope/internal/course/variant"
	"httpscope/internal/recording"
	"httpscope/internal/testkit"

	"github.com/google/go-cmp/cmp"
)

// refusals are the reasons for which there is no variant of a capture.
var refusals = []error{variant.ErrDamaged, variant.ErrPacket, variant.ErrEmpty}

// TestCorpus makes variants of the samples, and of the captures in the folder
// that the environment variable HTTPSCOPE_CORPUS names. Of the samples there
// is always one; others may be refused for a reason.
func TestCorpus(t *testing.T) {
	for _, path := range testkit.Samples(t) {
		if err := sameLesson(t, path); err != nil {
			t.Errorf("%s: %v", path, err)
		}
	}
	others, _ := filepath.Glob(filepath.Join(os.Getenv("HTTPSCOPE_CORPUS"), "*.pcap*"))
	for _, path := range others {
		err := sameLesson(t, path)
		known := err == nil
		for _, r := range refusals {
			known = known || errors.Is(err, r)
		}
		if t.Logf("%s: %v", filepath.Base(path), err); !known {
			t.Errorf("%s: %v", path, err)
		}
	}
}

// sameLesson compares variants with all sets of options with their base. When
// packets were dropped, what TCP there is must be the same.
func sameLesson(t *testing.T, path string) error {
	base := testkit.Open(t, path)
	for name, o := range options {
		var b bytes.Buffer
		k, err := variant.Make(base, &b, seed, "grace", o)
		if err != nil {
			return err
		}
		r, err := recording.Read(&b, 0)
		if err != nil {
			return err
		}
		want, got := lessonOf(base), lessonOf(r)
		if len(k.Dropped) > 0 {
			for _, kind := range []string{"packets", "summary"} {
				delete(want, kind)
				delete(got, kind)
			}
		}
		if d := cmp.Diff(want, got); d != "" {
			t.Errorf("%s, %s: base - variant +:\n%s", path, name, d)
		}
		if bad := wrongSums(r); len(bad) > 0 || !variant.Belongs(r, base, seed, "grace") {
			t.Errorf("%s, %s: wrong checksums %v, or not known whose it is", path, name, bad)
		}
	}
	return nil
}
