package coursework

// KindFree asks for what no program can mark.
const KindFree = "free"

// freeKind: right is nothing: it is left to a person.
var freeKind = kind{name: KindFree}
