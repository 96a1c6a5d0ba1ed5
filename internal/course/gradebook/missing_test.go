package gradebook

import (
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// TestChineseRoster reads a list as Chinese spreadsheets save it, and takes no other encoding for it.
func TestChineseRoster(t *testing.T) {
	const list = "id,name,email\n12110001,张三,a@x.example\n12110002,李四,b@x.example\n"
	b, err := simplifiedchinese.GB18030.NewEncoder().Bytes([]byte(list))
	if err != nil {
		t.Fatal(err)
	}
	r, err := ReadRoster(strings.NewReader(string(b)))
	if err != nil || len(r.Students) != 2 || r.Students[1].Name != "李四" {
		t.Errorf("%+v, %v", r, err)
	}
	if r, err := ReadRoster(strings.NewReader("id,name\n1,Andr\xe9s\n")); err == nil {
		t.Errorf("Latin-1 is read as %+v", r.Students)
	}
}

// TestWithout lists the students of whom there is no submission.
func TestWithout(t *testing.T) {
	r, err := ReadRoster(strings.NewReader("id,name\n1,Alice A\n2,Bob B\n"))
	if err != nil {
		t.Fatal(err)
	}
	missing := r.Without([]Entry{{Submission: "alice", Student: &r.Students[0]}, {Submission: "nobody"}})
	if len(missing) != 1 || missing[0].HandedInNothing().Text.String() != "There is no submission of Bob B." {
		t.Errorf("%+v", missing)
	}
}
