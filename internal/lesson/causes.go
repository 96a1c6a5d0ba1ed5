package lesson

import (
	"slices"

	"httpscope/httpdecode"
	"httpscope/internal/layer"
	"httpscope/internal/trace"
)

// cause is why programs disagree on a message: the code of an oddity, or one of the two below. The phrases say what
// follows from it.
type cause string

func (c cause) title() string  { return "lesson.cause." + string(c) }
func (c cause) why() string    { return "lesson.cause-why." + string(c) }
func (c cause) danger() string { return "lesson.cause-danger." + string(c) }

// causes are the oddities on whose meaning programs disagree, the gravest first.
var causes = []httpdecode.Code{
	httpdecode.LengthAndCoding, httpdecode.LengthConflict, httpdecode.LengthRepeated,
	httpdecode.LengthInvalid, httpdecode.ChunkSizeInvalid, httpdecode.ChunkSizeSpace,
	httpdecode.ChunkEndMissing, httpdecode.CodingOld, httpdecode.CodingNotFinal, httpdecode.CodingRepeated,
	httpdecode.CodingUnknown, httpdecode.CodingForbidden, httpdecode.BodyForbidden,
	httpdecode.LengthForbidden, httpdecode.FieldNameSpace, httpdecode.ObsFold, httpdecode.BareLF,
	httpdecode.TargetNoSlash, httpdecode.SimpleRequest, httpdecode.ExcessBytes,
}

// Causes without a finding.
const (
	pipelinedHead cause = "pipelined-head" // the traffic is right
	readOtherwise cause = "otherwise"      // programs read the message differently for another reason
)

// causeOf is the gravest of some codes that stands in the table, "" when none does.
func causeOf(codes []string) cause {
	for _, c := range causes {
		if slices.Contains(codes, string(c)) {
			return cause(c)
		}
	}
	return ""
}

// unnamed is the cause of a message that has none in the table, and that programs read differently.
func unnamed(m *trace.Message, in input) cause {
	if m.Side == layer.Server && in.method == "HEAD" {
		return pipelinedHead
	}
	return readOtherwise
}
