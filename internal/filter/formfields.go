package filter

import (
	"strings"

	"httpscope/httpdecode"
	"httpscope/internal/forms"
)

// formFields are those of bodies that are HTML forms.
func formFields() []field {
	form := func(name string, get func(r *row, p *part)) field {
		return field{Field: Field{Name: name, Type: String, Many: true}, body: true, get: get}
	}
	all := []field{
		form("urlencoded-form", func(r *row, p *part) {
			if p.isForm() {
				r.push(value{b: p.m.Kept})
			}
		}),
		form("urlencoded-form.key", func(r *row, p *part) {
			r.pairs(p, func(f *forms.Pair) string { return f.Name })
		}),
		form("urlencoded-form.value", func(r *row, p *part) {
			r.pairs(p, func(f *forms.Pair) string { return f.Value })
		}),
	}
	all[0].Type, all[0].Many = Protocol, false
	return all
}

// isForm reports a body of the type of forms that is not compressed.
func (p *part) isForm() bool {
	if p.m.Head == nil || p.m.Body == 0 || p.m.Head.Has(httpdecode.FieldContentEncoding) {
		return false
	}
	return p.mediaType() == "application/x-www-form-urlencoded"
}

// mediaType is the type of a body in lower case without parameters, "" when no
// field tells it.
func (p *part) mediaType() string {
	kind, _ := p.m.Head.Lookup(httpdecode.FieldContentType)
	kind, _, _ = strings.Cut(kind, ";")
	return strings.ToLower(strings.TrimSpace(kind))
}

// pairs pushes something of every name and value of a form.
func (r *row) pairs(p *part, get func(*forms.Pair) string) {
	if !p.isForm() {
		return
	}
	pairs, _ := forms.ParseURLEncoded(string(p.m.Kept))
	for i := range pairs {
		r.push(text(get(&pairs[i])))
	}
}

// Names and values of forms as they were sent.
func rawName(f *forms.Pair) string {
	name, _, _ := strings.Cut(f.Raw, "=")
	return name
}

func rawValue(f *forms.Pair) string {
	_, v, _ := strings.Cut(f.Raw, "=")
	return v
}
