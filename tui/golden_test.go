package tui

import (
	"fmt"
	"testing"

	"httpscope/internal/texts"
)

// sizes of the golden screens: wide, the sketch's, the usual, small, too small.
var sizes = [][2]int{{120, 30}, {100, 28}, {80, 24}, {60, 16}, {40, 10}}

func TestGoldenScreens(t *testing.T) {
	s := readSample(t, "demo.pcapng")
	for _, size := range sizes {
		for _, screen := range []struct {
			name string
			keys []string
		}{
			{"demo", nil},
			{"opened", []string{"j", "j", "j", "Enter"}},
			{"connections", []string{"v"}},
			{"ladder", []string{"7", "Enter"}},
			{"why", []string{"Enter", "G", "e"}},
			{"help", []string{"?"}},
		} {
			u := sit(t, Config{Store: s, Source: "FILE demo.pcapng"}, size[0], size[1])
			u.press(screen.keys...)
			u.golden(fmt.Sprintf("%s_%dx%d", screen.name, size[0], size[1]))
		}
	}
}

// TestGoldenScreensInChinese: columns stay aligned where characters are two columns wide, and nothing that the
// screen says itself is in English.
func TestGoldenScreensInChinese(t *testing.T) {
	s := readSample(t, "demo.pcapng")
	for _, size := range [][2]int{{120, 40}, {100, 30}, {80, 24}} {
		for _, screen := range []struct {
			name string
			keys []string
		}{
			{"demo", nil},
			{"headers", []string{"2", "Enter"}},
			{"connections", []string{"v"}},
			{"tcp", []string{"5", "Enter"}},
			{"ladder", []string{"7", "Enter"}},
			{"waterfall", []string{"8", "Enter"}},
			{"why", []string{"Enter", "G", "e"}},
			{"help", []string{"?"}},
			{"filter", []string{"/"}},
		} {
			u := sit(t, Config{Store: s, Source: "FILE demo.pcapng", Lang: texts.Chinese, Compile: compile}, size[0],
				size[1])
			u.press(screen.keys...)
			u.golden(fmt.Sprintf("zh_%s_%dx%d", screen.name, size[0], size[1]))
		}
	}
}

// TestAnySizeIsDrawn: no size makes a panic, and small ones say what is wanted.
func TestAnySizeIsDrawn(t *testing.T) {
	s := readSample(t, "demo.pcapng")
	for _, size := range [][2]int{{0, 0}, {1, 1}, {2, 2}, {10, 3}, {59, 16}, {60, 15}, {60, 16}, {300, 100}} {
		u := sit(t, Config{Store: s, Source: "FILE demo.pcapng"}, size[0], size[1])
		for _, k := range []string{"?", "Esc", "Enter", "8", "v", "z", "e", "/"} {
			u.press(k)
		}
	}
	sit(t, Config{Store: s}, 59, 16).sees("httpscope needs 60x16, this is 59x16")
}

// TestSmallScreenShowsOnePaneAtATime: Enter goes in, Esc comes out.
func TestSmallScreenShowsOnePaneAtATime(t *testing.T) {
	u := sit(t, Config{Store: readSample(t, "demo.pcapng"), Source: "FILE demo.pcapng"}, 60, 16)
	u.sees("Exchanges").misses("C> GET")
	u.press("Enter").sees("C> GET").misses("Exchanges")
	u.press("e").sees("Why").misses("C> GET")
	u.press("Esc").sees("Exchanges")
}
