package visible

import (
	"testing"
)

func TestCell(t *testing.T) {
	for in, want := range map[string]string{
		"": "", "a=1": "a=1", "=1+1": "'=1+1", " =1": "' =1", "@SUM(A1)": "'@SUM(A1)", "＝1": "'＝1", "-2.5": "-2.5",
		"+5": "+5", "-2+3": "'-2+3", "-1,-2": "'-1,-2",
	} {
		if got := Cell(in); got != want {
			t.Errorf("Cell(%q) = %q, want %q", in, got, want)
		}
	}
}
