//go:build scoreboard

package test

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
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/hsterm/hsterm/oauth"
)

// badRoots is an authority that the program trusts in these tests.
type badRoots struct {
	t    *testing.T
	key  *ecdsa.PrivateKey
	ca   *x509.Certificate
	pool *x509.CertPool
	file string // its certificate, as SSL_CERT_FILE takes it
}

func newBadRoots(t *testing.T, dir string) *badRoots {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "test authority"},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign,
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	ca, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	r := &badRoots{t: t, key: key, ca: ca, pool: x509.NewCertPool(), file: filepath.Join(dir, "roots.pem")}
	r.pool.AddCert(ca)
	if err := os.WriteFile(r.file, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}), 0o600); err != nil {
		t.Fatal(err)
	}
	return r
}

// certificate is one of the authority for localhost, after a change.
func (r *badRoots) certificate(change func(*x509.Certificate)) tls.Certificate {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		r.t.Error(err)
		return tls.Certificate{}
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(2), Subject: pkix.Name{CommonName: "localhost"},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		DNSNames: []string{"localhost"}, IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)},
		KeyUsage: x509.KeyUsageDigitalSignature, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
	}
	parent, signer := r.ca, r.key
	if change != nil {
		change(template)
	}
	if template.Issuer.CommonName == "itself" {
		parent, signer = template, key
	}
	der, err := x509.CreateCertificate(rand.Reader, template, parent, key.Public(), signer)
	if err != nil {
		r.t.Error(err)
		return tls.Certificate{}
	}
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}
}

func (r *badRoots) good() *tls.Config {
	return &tls.Config{Certificates: []tls.Certificate{r.certificate(nil)}, MinVersion: tls.VersionTLS12}
}

// presenting is a server with a certificate that was changed.
func presenting(change func(*x509.Certificate)) *badTLS {
	return &badTLS{bad: func(r *badRoots) *tls.Config {
		return &tls.Config{Certificates: []tls.Certificate{r.certificate(change)}, MinVersion: tls.VersionTLS12}
	}}
}

// demanding is a server with a good certificate that speaks TLS in another way.
func demanding(change func(*tls.Config)) *badTLS {
	return &badTLS{bad: func(r *badRoots) *tls.Config {
		c := r.good()
		change(c)
		return c
	}}
}

// badSecrecy are connections that are not secure. Nothing may be sent on them.
func badSecrecy() []badAnswer {
	asIs := &badTLS{}
	never := func(x *exchange) { x.host.sentInClear(x) }
	rows := []badAnswer{
		{name: "a handshake that never comes", slow: true, secure: asIs, early: silent},
		{name: "signed by itself", secure: presenting(func(c *x509.Certificate) { c.Issuer.CommonName = "itself" }), answer: never},
		{name: "for another host", secure: presenting(func(c *x509.Certificate) { c.DNSNames, c.IPAddresses = []string{"api.hubapi.com"}, nil }), answer: never},
		{name: "expired", secure: presenting(func(c *x509.Certificate) {
			c.NotBefore, c.NotAfter = time.Now().Add(-48*time.Hour), time.Now().Add(-24*time.Hour)
		}), answer: never},
		{name: "not valid yet", secure: presenting(func(c *x509.Certificate) {
			c.NotBefore, c.NotAfter = time.Now().Add(24*time.Hour), time.Now().Add(48*time.Hour)
		}), answer: never},
		{name: "not for servers", secure: presenting(func(c *x509.Certificate) { c.ExtKeyUsage = []x509.ExtKeyUsage{x509.ExtKeyUsageClientAuth} }), answer: never},
		{name: "TLS 1.1", secure: demanding(func(c *tls.Config) { c.MinVersion, c.MaxVersion = tls.VersionTLS10, tls.VersionTLS11 }), answer: never},
		{name: "TLS 1.0", secure: demanding(func(c *tls.Config) { c.MinVersion, c.MaxVersion = tls.VersionTLS10, tls.VersionTLS10 }), answer: never},
		{name: "a client certificate is asked for", secure: demanding(func(c *tls.Config) { c.ClientAuth = tls.RequireAnyClientCert }), answer: never},
		{name: "no cipher in common", secure: demanding(func(c *tls.Config) {
			c.MaxVersion, c.CipherSuites = tls.VersionTLS12, []uint16{tls.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256}
		}), answer: never},
		{name: "plain HTTP on the TLS port", secure: asIs, early: saying("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n" + badToken())},
		{name: "garbage on the TLS port", secure: asIs, early: saying("220 mail.example ESMTP\r\n")},
		{name: "an end within the handshake", secure: asIs, early: func(c net.Conn) { _, _ = c.Read(make([]byte, 64)); _ = c.Close() }},
		{name: "a reset within the handshake", secure: asIs, early: func(c net.Conn) { _, _ = c.Read(make([]byte, 64)); reset(c) }},
		{name: "an alert", secure: asIs, early: saying("\x15\x03\x03\x00\x02\x02\x28")},
	}
	for i := range rows {
		rows[i].name, rows[i].class = "TLS: "+rows[i].name, oauth.ClassTransient
	}
	return rows
}

// saying waits for the first bytes, says its text and hangs up when the other
// side does, so that no reset overtakes the text.
func saying(text string) func(net.Conn) {
	return func(c net.Conn) {
		_, _ = c.Read(make([]byte, 4096))
		_, _ = c.Write([]byte(text))
		if tcp, ok := c.(*net.TCPConn); ok {
			_ = tcp.CloseWrite()
		}
		silent(c)
	}
}
