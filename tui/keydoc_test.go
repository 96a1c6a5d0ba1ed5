package tui

import (
	"strings"
	"testing"

	"httpscope/internal/testkit"
	"httpscope/internal/texts"
)

// TestKeysAreDocumented holds the README's key table to the key map.
func TestKeysAreDocumented(t *testing.T) { testkit.Document(t, "keys.md", keyDoc(t)) }

// keyDoc is the key map as a document.
func keyDoc(t *testing.T) string {
	where := map[scope]string{everywhere: "everywhere", inTable: "table", inText: "pages", inDetail: "detail pane",
		toTry:    "servers, tasks",
		whenLive: "live capture", withTarget: "with servers", withTasks: "with tasks", canResend: "in the lab",
		canStop: "live capture", withAssignment: "with an assignment", withQuiz: "with a quiz"}
	var b strings.Builder
	b.WriteString("# Keys\n\nMade from the key map: `go test ./tui -run Documented -update`.\n\n| key | where | what it does |\n|---|---|---|\n")
	for _, k := range keyMap() {
		if where[k.scope] == "" {
			t.Errorf("no words for where %s is valid", k.keys[0])
		}
		b.WriteString("| `" + strings.Join(k.keys, "` `") + "` | " + where[k.scope] + " | " + k.what().String() +
			" |\n")
	}
	b.WriteString("\n| command | what it does |\n|---|---|\n")
	for _, c := range commandList() {
		b.WriteString("| `" + c.form + "` | " + texts.In(texts.English).Phrase(c.what) + " |\n")
	}
	return b.String()
}

// TestKeysHaveWords: each key says what it does, in the footer too.
func TestKeysHaveWords(t *testing.T) {
	english := texts.In(texts.English)
	for _, k := range keyMap() {
		if !english.Has("tui.key."+k.name) || k.footer && !english.Has("tui.foot."+k.name) {
			t.Errorf("%s has no phrase tui.key.%s, or tui.foot.%[2]s", k.keys[0], k.name)
		}
	}
}
