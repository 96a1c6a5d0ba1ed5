package explain_test

import (
	"strings"
	"testing"

	"httpscope/httpdecode"
	"httpscope/internal/explain"
	"httpscope/internal/texts"
)

// TestKnownFieldsHaveAMeaning holds that every field that the decoder gives a
// name to is explained, as one sentence.
func TestKnownFieldsHaveAMeaning(t *testing.T) {
	for id := httpdecode.FieldOther + 1; id <= httpdecode.FieldWWWAuthenticate; id++ {
		m, ok := explain.In(texts.English).Field(strings.ToUpper(id.String()))
		if !ok || !strings.HasSuffix(m.What, ".") || m.Cite == "" {
			t.Errorf("%s: %+v", id, m)
		}
	}
	if _, ok := explain.In(texts.English).Field("X-Nobody-Knows"); ok {
		t.Error("an unknown field has a meaning")
	}
}

func TestEveryStatusHasAMeaning(t *testing.T) {
	for code := 100; code < 600; code++ {
		if m, ok := explain.In(texts.English).Status(code); !ok || !strings.HasSuffix(m.What, ".") || m.Cite == "" {
			t.Errorf("%d: %+v", code, m)
		}
	}
	for code, want := range map[int]string{418: "The server finds a fault in the request.",
		507: "The server has no room to store what the request brings.",
		599: "The server failed to fulfil a valid request."} {
		if m, _ := explain.In(texts.English).Status(code); m.What != want {
			t.Errorf("%d: %q, want %q", code, m.What, want)
		}
	}
	for _, code := range []int{-1, 0, 99, 600, 1000} {
		if _, ok := explain.In(texts.English).Status(code); ok {
			t.Errorf("%d has a meaning", code)
		}
	}
}

func TestMethodsAreCaseSensitive(t *testing.T) {
	if _, ok := explain.In(texts.English).Method("GET"); !ok {
		t.Error("GET has no meaning")
	}
	if _, ok := explain.In(texts.English).Method("get"); ok {
		t.Error("get is taken for GET")
	}
}
