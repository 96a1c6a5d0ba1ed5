package ranges_test

import (
	"fmt"

	"httpscope/internal/ranges"
)

// Three ranges of a file of 47022 bytes, the last one without an end.
func ExampleExpect() {
	r, _ := ranges.ParseRange("bytes=200-1000, 2000-6576, 19000-")
	e := ranges.Expect(r, 47022)
	fmt.Println(e.Status, e.Multipart(), e.Bytes)
	for _, p := range e.Parts {
		fmt.Println(p.ContentRange, p.Len())
	}
	// Output:
	// 206 true 33400
	// bytes 200-1000/47022 801
	// bytes 2000-6576/47022 4577
	// bytes 19000-47021/47022 28022
}
