package main

import "testing"

func TestWrongAssignmentFlags(t *testing.T) {
	for _, f := range []assignmentFlags{{answers: "x.md"}, {assignment: "nothing"},
		{assignment: "cs305-4.1", answers: "x.yaml"}, {assignment: "cs305-4.1", answers: "no/such/folder/x.md"}} {
		a, err := f.open("en", nil)
		if err == nil {
			if _, err = a.Answer(0, "x"); err == nil {
				t.Errorf("%+v is taken", f)
			}
		}
	}
}
