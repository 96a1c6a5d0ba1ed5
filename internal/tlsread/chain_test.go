package tlsread_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"fmt"
	"math/big"
	"slices"
	"strings"
	"testing"
	"time"

	"httpscope/internal/tlsread"
)

// certificate is a certificate whose subject has so many units.
func certificate(t *testing.T, units int) []byte {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	var subject pkix.RDNSequence
	for i := range units {
		unit := pkix.AttributeTypeAndValue{Type: asn1.ObjectIdentifier{2, 5, 4, 11}, Value: fmt.Sprintf("unit %d", i)}
		subject = append(subject, pkix.RelativeDistinguishedNameSET{unit})
	}
	raw, err := asn1.Marshal(subject)
	if err != nil {
		t.Fatal(err)
	}
	from := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	c := &x509.Certificate{
		SerialNumber: big.NewInt(1), RawSubject: raw, DNSNames: []string{"h.example"},
		NotBefore: from, NotAfter: from.AddDate(1, 0, 0),
	}
	der, err := x509.CreateCertificate(rand.Reader, c, c, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	return der
}

// withChain is what a server of TLS 1.2 sends, in records of at most 16 KiB.
func withChain(ders ...[]byte) []byte {
	var list []byte
	for _, der := range ders {
		list = append(list, vector(3, der)...)
	}
	const most = 1 << 14
	b := record(tlsread.Handshake, serverHello())
	for part := range slices.Chunk(handshake(11, vector(3, list)), most) {
		b = append(b, record(tlsread.Handshake, part)...)
	}
	return b
}

func TestReadsChain(t *testing.T) {
	s := tlsread.Read(nil, withChain(certificate(t, 2), []byte("no certificate"), certificate(t, 1)))
	if len(s.Chain) != 2 || len(s.Bad) != 1 {
		t.Fatalf("%d certificates and %d that are none, want 2 and 1: %+v", len(s.Chain), len(s.Bad), s)
	}
	leaf := s.Chain[0]
	if !strings.Contains(leaf.Subject, "OU=unit 0") || !strings.Contains(leaf.Subject, "OU=unit 1") {
		t.Errorf("subject %q", leaf.Subject)
	}
	if !slices.Equal(leaf.Names, []string{"h.example"}) || leaf.From.Year() != 2026 || leaf.Until.Year() != 2027 {
		t.Errorf("%+v", leaf)
	}
}

// TestLongNames: a certificate may name its owner by thousands of attributes.
func TestLongNames(t *testing.T) {
	chain := tlsread.Read(nil, withChain(certificate(t, 5000))).Chain
	if len(chain) != 1 {
		t.Fatalf("%d certificates, want 1", len(chain))
	}
	for _, name := range []string{chain[0].Subject, chain[0].Issuer} {
		if n := strings.Count(name, "OU=unit "); n != 256 || !strings.HasSuffix(name, ",…") {
			t.Errorf("%d attributes, want 256 and a sign that there are more", n)
		}
	}
}
