package filter

// form is what a node of the tree is.
type form uint8

const (
	orForm form = iota
	xorForm
	andForm
	notForm
	existsForm    // one operand: is it there
	compareForm   // two operands and op
	containsForm  // two operands
	matchesForm   // an operand and a pattern
	inForm        // an operand, then members
	fieldForm     // a field, with layers
	referenceForm // a field of the selected row
	literalForm   // a constant as written
	sliceForm     // an operand, with cuts
	callForm      // a function of operands
	calcForm      // arithmetic of two operands and op
	negateForm    // minus
	rangeForm     // a member of a set: from, to
)

// quantifier says how many of several values a test must hold for.
type quantifier uint8

const (
	byOperator quantifier = iota // != and === ask for all, others for any
	anyValue
	allValues
)

// node is a node of the tree: a test, or an operand. The parser fills in the
// first part, the checker the types and the constants.
type node struct {
	form   form
	op     string // of compareForm and calcForm; "not" of inForm
	quant  quantifier
	kids   []*node
	at, to int    // its place in the expression
	name   string // of a field or function; of a literal, as written
	value  string // of a literal in quotes
	lit    kind   // of a literal: wordToken, textToken or charToken
	cuts   []cut  // of a slice, or the layers of a field
	raw    bool   // of a field: @, its bytes as they were sent

	field   *field
	typ     Type
	datum   value   // of a literal
	bound   []value // of a reference
	test    test    // of tests, for Why
	packets bool    // the rows are packets
}

// constant reports whether an operand holds no field.
func (n *node) constant() bool {
	if n.form == fieldForm || n.form == referenceForm {
		return false
	}
	for _, k := range n.kids {
		if !k.constant() {
			return false
		}
	}
	return true
}

// onPackets says of every node that the rows are packets.
func (n *node) onPackets() {
	n.packets = true
	for _, k := range n.kids {
		k.onPackets()
	}
}

// Constant is a value that a filter compares a field with.
type Constant struct {
	Field   string // as the filter names it, "" when the value stands beside none
	Value   string // as it is written, without quotes
	Pattern bool   // it is a regular expression, of matches
}

// Constants are the values that a filter compares with, in the order of the
// expression. A value in a test of several fields belongs to the first of them.
func (f *Filter) Constants() []Constant {
	var all []Constant
	if f.root != nil {
		f.root.constants(Constant{}, &all)
	}
	return all
}

func (n *node) constants(of Constant, all *[]Constant) {
	switch n.form {
	case literalForm:
		of.Value = n.characters()
		*all = append(*all, of)
	case compareForm, containsForm, matchesForm, inForm:
		of = Constant{Pattern: n.form == matchesForm}
		var fields []string
		if n.names(&fields); len(fields) > 0 {
			of.Field = fields[0]
		}
	}
	for _, k := range n.kids {
		k.constants(of, all)
	}
}
