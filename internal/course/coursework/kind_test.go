package coursework

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// TestKindsAreListed: every kind that has a file is in the list, once, with a name of its own.
func TestKindsAreListed(t *testing.T) {
	files, err := filepath.Glob("kind_*.go")
	if err != nil {
		t.Fatal(err)
	}
	var want []string
	for _, path := range files {
		if name := strings.TrimSuffix(strings.TrimPrefix(path, "kind_"), ".go"); name != "test" {
			want = append(want, strings.ReplaceAll(name, "_", "-"))
		}
	}
	slices.Sort(want)
	if got := kinds.names(); !slices.Equal(got, want) {
		t.Errorf("the kinds are %v, and there are files of %v", got, want)
	}
}

// TestKindsNameFields: the fields that kinds need and take are fields of a question.
func TestKindsNameFields(t *testing.T) {
	for _, k := range kinds {
		for _, names := range slices.Concat(k.needs, k.takes) {
			for name := range strings.SplitSeq(names, "|") {
				if _, there := fieldOf(reflect.TypeFor[Question](), name); !there || slices.Contains(common, name) {
					t.Errorf("%s names %q, which is no field of a kind", k.name, name)
				}
			}
		}
	}
}

// fieldOf is the field of a struct that YAML names.
func fieldOf(t reflect.Type, name string) (reflect.StructField, bool) {
	return t.FieldByNameFunc(func(s string) bool {
		f, _ := t.FieldByName(s)
		return f.Tag.Get("yaml") == name
	})
}

// kindTable is the table of kinds in docs/coursework.md: their fields, and of the comment of each what is right.
func kindTable(t *testing.T) string {
	right := rightAnswers(t)
	var b strings.Builder
	b.WriteString("\n| kind | fields | what is right |\n|---|---|---|\n")
	for _, k := range kinds {
		if right[k.name] == "" {
			t.Errorf("the comment of the kind %s does not say what is right", k.name)
		}
		b.WriteString(strings.Join([]string{"| `" + k.name + "`", fieldList(k), right[k.name]}, " | ") + " |\n")
	}
	return strings.ReplaceAll(b.String(), "|  |", "| |") + "\n"
}

// fieldList are the fields of a kind, and of those that have fields themselves these.
func fieldList(k *kind) string {
	var all []string
	for _, names := range slices.Concat(k.needs, k.takes) {
		text := "`" + strings.ReplaceAll(names, "|", "` or `") + "`"
		if f, _ := fieldOf(reflect.TypeFor[Question](), names); f.Type == reflect.TypeFor[[]Option]() {
			text += " (" + yamlNames(f.Type.Elem()) + ")"
		}
		all = append(all, text)
	}
	return strings.Join(all, ", ")
}

// yamlNames are the names of the fields of a struct.
func yamlNames(t reflect.Type) string {
	var all []string
	for i := range t.NumField() {
		all = append(all, "`"+t.Field(i).Tag.Get("yaml")+"`")
	}
	return strings.Join(all, ", ")
}

// rightAnswers is what the comments of kinds say is right, by their names.
func rightAnswers(t *testing.T) map[string]string {
	all := map[string]string{}
	said := regexp.MustCompile(`^\w+Kind: right is (.+)\.$`)
	for _, k := range kinds {
		path := "kind_" + strings.ReplaceAll(k.name, "-", "_") + ".go"
		f, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range f.Decls {
			if g, is := d.(*ast.GenDecl); is {
				if m := said.FindStringSubmatch(strings.Join(strings.Fields(g.Doc.Text()), " ")); m != nil {
					all[k.name] = m[1]
				}
			}
		}
	}
	return all
}
