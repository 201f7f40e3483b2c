package oauth

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"io"
)

// randomText returns 32 random bytes as 43 characters of base64url: a state
// (RFC 6749 section 10.12) or a PKCE verifier (RFC 7636 section 4.1). A nil
// source is the system's, which cannot fail.
func randomText(source io.Reader) (string, error) {
	if source == nil {
		source = rand.Reader
	}
	var raw [32]byte
	if _, err := io.ReadFull(source, raw[:]); err != nil {
		return "", &Error{Class: ClassOther, Message: "The system gave no random bytes.", Err: err}
	}
	return base64.RawURLEncoding.EncodeToString(raw[:]), nil
}

// pkceChallenge is the S256 challenge of a verifier (RFC 7636 section 4.2).
func pkceChallenge(verifier Secret) string {
	sum := sha256.Sum256([]byte(verifier.Reveal()))
	return base64.RawURLEncoding.EncodeToString(sum[:])
}
