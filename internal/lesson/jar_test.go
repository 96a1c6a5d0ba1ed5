package lesson

import (
	"strings"
	"testing"

	"httpscope/internal/texts"
)

// TestJarStepsAreBounded: each step may hold a jar of a megabyte, so their text counts too.
func TestJarStepsAreBounded(t *testing.T) {
	long := JarStep{Predicted: strings.Repeat("v", maxStepBytes/10)}
	for _, c := range []struct {
		name string
		step JarStep
		told int
	}{
		{"short ones", JarStep{}, maxSteps},
		{"a long line in each", long, 9},
		{"a long cookie in each jar", JarStep{Jar: []JarCookie{{Value: long.Predicted}}}, 9},
		{"a long remark in each", JarStep{
			Verdicts: []CookieRemark{{Detail: texts.Say("lesson.list", long.Predicted)}}}, 9},
	} {
		var j Jar
		for range maxSteps + 7 {
			j.step(client{}, c.step)
		}
		j.step(client{}, JarStep{Exchange: 9})
		if told := len(j.Clients[0].Steps); told != c.told || j.Left != maxSteps+8-c.told {
			t.Errorf("%s: %d steps and %d left out, want %d", c.name, told, j.Left, c.told)
		}
	}
}
