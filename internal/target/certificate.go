package target

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"math/big"
	"net"
	"net/netip"
	"time"

	"httpscope/internal/texts"
)

// certificateLife is short: the certificate is made anew at every start.
const certificateLife = 30 * 24 * time.Hour

// selfSigned makes a certificate for this machine's names and addresses.
// Nobody vouches for it: a client has to be told to trust it, which is a
// lesson about HTTPS of its own. It returns the certificate also as PEM, for
// curl --cacert.
func selfSigned(bind netip.Addr, now time.Time) (tls.Certificate, []byte, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return tls.Certificate{}, nil, texts.Errorf("target.make-key", err)
	}
	serial, err := rand.Int(rand.Reader, new(big.Int).Lsh(big.NewInt(1), 120))
	if err != nil {
		return tls.Certificate{}, nil, texts.Errorf("target.make-serial", err)
	}
	template := &x509.Certificate{
		SerialNumber: serial,
		Subject:      pkix.Name{CommonName: "localhost", Organization: []string{"httpscope"}},
		// Clocks of classmates differ.
		NotBefore:   now.Add(-time.Hour),
		NotAfter:    now.Add(certificateLife),
		KeyUsage:    x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign,
		ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
		DNSNames:    []string{"localhost"},
		IPAddresses: certificateAddresses(bind),
		// Its own authority, so that a client can be told to trust it.
		IsCA: true, BasicConstraintsValid: true,
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		return tls.Certificate{}, nil, texts.Errorf("target.make-certificate", err)
	}
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key},
		pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}), nil
}

// certificateAddresses are the addresses by which the server can be reached.
func certificateAddresses(bind netip.Addr) []net.IP {
	ips := []net.IP{net.IPv4(127, 0, 0, 1), net.IPv6loopback}
	switch {
	case bind.IsUnspecified():
		// Without the list the certificate is still good for this machine.
		all, _ := net.InterfaceAddrs()
		for _, a := range all {
			if n, ok := a.(*net.IPNet); ok && !n.IP.IsLoopback() {
				ips = append(ips, n.IP)
			}
		}
	case !bind.IsLoopback():
		ips = append(ips, bind.AsSlice())
	}
	return ips
}
