package db

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"errors"
)

const (
	product    = "hsterm"
	sealFormat = 1  // first byte of every blob
	keySize    = 32 // AES-256
	keyIDSize  = 8
)

// Failures of opening a blob. They carry no content.
var (
	errBlobFormat = errors.New("not a sealed blob of this format")
	errBlobKey    = errors.New("sealed under another key")
	errBlobBroken = errors.New("changed after it was sealed, or moved from another place")
)

// sealer seals and opens blobs under one key. A blob is the format byte, the
// key's id, a random nonce and the AES-256-GCM ciphertext.
type sealer struct {
	aead    cipher.AEAD
	id      [keyIDSize]byte
	check   []byte // tells this key from others without giving it away
	writes  []byte // subkey of the fingerprints of writes
	install string
}

// place is where a blob belongs. All of it is authenticated, so that a blob put
// into another row, column, version or portal does not open.
type place struct {
	table    string
	column   string
	row      string // key of the row: a portal's or app's id
	clientID string
	hubID    int64
	userID   int64
	version  int64
}

func newSealer(key []byte, install string) (*sealer, error) {
	if len(key) != keySize {
		return nil, errors.New("a key must be 32 bytes")
	}
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, err
	}
	aead, err := cipher.NewGCMWithRandomNonce(block)
	if err != nil {
		return nil, err
	}
	s := &sealer{aead: aead, install: install, check: derive(key, "check", install)[:16], writes: derive(key, "writes", install)}
	copy(s.id[:], derive(key, "id", install))
	return s, nil
}

// derive makes a value that only this key makes, for one purpose and install.
func derive(key []byte, purpose, install string) []byte {
	mac := hmac.New(sha256.New, key)
	mac.Write(prefixed(nil, product, "key "+purpose, install))
	return mac.Sum(nil)
}

func (s *sealer) seal(plain []byte, at place) []byte {
	blob := make([]byte, 0, 1+keyIDSize+s.aead.Overhead()+len(plain))
	blob = append(blob, sealFormat)
	blob = append(blob, s.id[:]...)
	return s.aead.Seal(blob, nil, plain, s.associated(at))
}

func (s *sealer) open(blob []byte, at place) ([]byte, error) {
	id, sealed, err := parseBlob(blob)
	if err != nil {
		return nil, err
	}
	if id != s.id {
		return nil, errBlobKey
	}
	plain, err := s.aead.Open(nil, nil, sealed, s.associated(at))
	if err != nil {
		return nil, errBlobBroken
	}
	return plain, nil
}

// parseBlob splits a blob into key id and the sealed rest.
func parseBlob(blob []byte) (id [keyIDSize]byte, sealed []byte, err error) {
	const nonce, tag = 12, 16
	if len(blob) < 1+keyIDSize+nonce+tag || blob[0] != sealFormat {
		return id, nil, errBlobFormat
	}
	copy(id[:], blob[1:])
	return id, blob[1+keyIDSize:], nil
}

// associated is the data that a blob is bound to.
func (s *sealer) associated(at place) []byte {
	b := prefixed(make([]byte, 0, 192), product, s.install, at.table, at.column, at.row, at.clientID, string(s.id[:]))
	for _, n := range [...]int64{sealFormat, at.hubID, at.userID, at.version} {
		b = binary.BigEndian.AppendUint64(b, uint64(n))
	}
	return b
}

// prefixed appends each text with its length before it, so that no two lists of
// texts give the same bytes.
func prefixed(b []byte, texts ...string) []byte {
	for _, text := range texts {
		b = binary.BigEndian.AppendUint32(b, uint32(len(text)))
		b = append(b, text...)
	}
	return b
}
