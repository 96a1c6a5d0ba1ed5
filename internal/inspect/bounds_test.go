package inspect

import (
	"fmt"
	"net/netip"
	"testing"
)

// TestJarsMakeRoom holds the limits of all jars together.
func TestJarsMakeRoom(t *testing.T) {
	var js jars
	for i := range 10 * maxJars {
		j := js.open(client{netip.MustParseAddr("10.0.0.1"), fmt.Sprint(i)}, true)
		j.bytes += maxJarBytes / 100
		js.bytes += maxJarBytes / 100
		if len(js.of) > maxJars || len(js.of) != len(js.order) || js.bytes > maxJarBytes+maxJarBytes/50 {
			t.Fatalf("%d jars, %d in order, %d bytes", len(js.of), len(js.order), js.bytes)
		}
	}
	if js.open(client{agent: "nobody"}, false) != nil {
		t.Error("a jar was made unasked")
	}
}

// TestResourcesMakeRoom holds the limit, and that the latest are there.
func TestResourcesMakeRoom(t *testing.T) {
	var rs resources
	for i := range 3 * maxResources {
		r := resource{target: fmt.Sprint(i)}
		m := rs.open(r)
		if rs.open(r) != m || len(rs.of) > maxResources {
			t.Fatalf("resource %d: %d are kept", i, len(rs.of))
		}
	}
	long := resource{target: string(make([]byte, maxResourceName+1))}
	if first := rs.open(long); rs.open(long) == first {
		t.Error("a resource with an endless name is kept")
	}
}
