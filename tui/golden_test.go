package tui

import (
	"fmt"
	"testing"
)

// sizes of the golden screens: wide, the sketch's, the usual, small, too small.
var sizes = [][2]int{{120, 30}, {100, 28}, {80, 24}, {60, 16}, {40, 10}}

func TestGoldenScreens(t *testing.T) {
	s := readCapture(t, "../pcaps/demo.pcapng")
	for _, size := range sizes {
		u := sit(t, Config{Store: s, Source: "FILE demo.pcapng"}, size[0], size[1])
		u.golden(fmt.Sprintf("demo_%dx%d", size[0], size[1]))
	}
}
