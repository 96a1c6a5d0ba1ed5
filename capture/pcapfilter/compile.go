package pcapfilter

import (
	"fmt"
	"slices"

	"golang.org/x/net/bpf"
)

// maxProgram is the longest program that Linux takes (BPF_MAXINSNS).
const maxProgram = 4096

// Compile returns a program that accepts snapLen bytes of the frames that the
// filter matches, and 0 bytes of all others. The error is an [*Error]. As in
// the kernel, a program that loads bytes behind a frame's end rejects the frame.
func Compile(text string, l Link, snapLen uint32) ([]bpf.Instruction, error) {
	where, ok := links[l]
	if !ok {
		return nil, fmt.Errorf("compile capture filter: no link %d", l)
	}
	p := parser{text: text, all: tokens(text), link: where}
	n, err := p.filter()
	if err != nil {
		return nil, err
	}
	instructions := assemble(n, snapLen)
	if len(instructions) > maxProgram {
		return nil, p.fail(0, "pcapfilter.large", len(instructions), maxProgram)
	}
	return instructions, nil
}

// node is a condition: a test, or conditions joined.
type node struct {
	op          op
	left, right *node
	test        bpf.JumpTest
	value       uint32
	load        []bpf.Instruction // brings what the test compares
}

type op uint8

const (
	opTest op = iota
	opAnd
	opOr
	opNot
	opAlways
	opNever
)

var (
	always = &node{op: opAlways}
	never  = &node{op: opNever}
)

func tested(test bpf.JumpTest, value uint32, load ...bpf.Instruction) *node {
	return &node{op: opTest, test: test, value: value, load: load}
}

func negated(n *node) *node { return &node{op: opNot, left: n} }

func joined(join kind, left, right *node) *node {
	if join == and {
		return &node{op: opAnd, left: left, right: right}
	}
	return &node{op: opOr, left: left, right: right}
}

func allOf(first *node, rest ...*node) *node {
	for _, n := range rest {
		first = joined(and, first, n)
	}
	return first
}

func anyOf(all ...*node) *node {
	first := all[0]
	for _, n := range all[1:] {
		first = joined(or, first, n)
	}
	return first
}

// program is written from its last instruction to its first, because jumps in
// BPF go forward only: so a jump's target is known when the jump is written.
type program []bpf.Instruction

// label is the index of an instruction in the program.
type label int

func assemble(n *node, snapLen uint32) []bpf.Instruction {
	p := program{bpf.RetConstant{Val: 0}, bpf.RetConstant{Val: snapLen}}
	const reject, accept = label(0), label(1)
	if first := p.add(n, accept, reject); int(first) != len(p)-1 {
		p.jump(first)
	}
	slices.Reverse(p)
	return p
}

// add writes a condition that goes on at yes or no, and returns where it begins.
func (p *program) add(n *node, yes, no label) label {
	switch n.op {
	case opAnd:
		return p.add(n.left, p.add(n.right, yes, no), no)
	case opOr:
		return p.add(n.left, yes, p.add(n.right, yes, no))
	case opNot:
		return p.add(n.left, no, yes)
	case opAlways:
		return yes
	case opNever:
		return no
	}
	yes, no = p.near(yes), p.near(no)
	p.write(bpf.JumpIf{Cond: n.test, Val: n.value, SkipTrue: uint8(p.distance(yes)), SkipFalse: uint8(p.distance(no))})
	for _, load := range slices.Backward(n.load) {
		p.write(load)
	}
	return label(len(*p) - 1)
}

func (p *program) write(i bpf.Instruction) { *p = append(*p, i) }

// distance is how many instructions the next one must skip.
func (p *program) distance(to label) int { return len(*p) - int(to) - 1 }

// near returns a label that a conditional jump reaches: 255 instructions at
// most, less the jump that the other branch may need.
func (p *program) near(to label) label {
	if p.distance(to) < 255 {
		return to
	}
	return p.jump(to)
}

func (p *program) jump(to label) label {
	p.write(bpf.Jump{Skip: uint32(p.distance(to))})
	return label(len(*p) - 1)
}
