// Package original answers two questions about captures that were handed in:
// does this one look as a program recorded it ([Check]), and do several hold
// the same packets ([Fingerprint], [Groups])?
//
// It shows evidence and judges nobody: a remark says what was seen, in which
// packets, and what else could explain it. Honest captures may have notes (cut
// packets, connections that were open before); a warning is for what capture
// programs and networks do not do by themselves, or hardly ever. It does not
// mark answers, does not know who should have captured what (package variant
// does), reads no files and prints nothing.
package original
