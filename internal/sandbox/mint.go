package sandbox

import (
	"crypto/rand"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"io"
	mathrand "math/rand/v2"
	"sync"
)

// marker sits inside every secret the sandbox makes, so that a scanner can prove none leaked.
const marker = "hstermtestsecret"

// mint makes ids and secrets in the shapes HubSpot uses. It is safe for concurrent use.
type mint struct {
	mu  sync.Mutex
	src io.Reader
}

// newMint draws from the system's randomness when seed is zero, unless repeatable is asked for.
func newMint(seed int64, repeatable bool) *mint {
	if seed == 0 && !repeatable {
		return &mint{src: rand.Reader}
	}
	key := [32]byte{'h', 's', 't', 'e', 'r', 'm'}
	binary.LittleEndian.PutUint64(key[8:], uint64(seed))
	if repeatable {
		key[16] = 1 // the app's own id and secret must not share a stream with its tokens
	}
	return &mint{src: mathrand.NewChaCha8(key)}
}

func (m *mint) bytes(n int) []byte {
	m.mu.Lock()
	defer m.mu.Unlock()
	b := make([]byte, n)
	// Neither source can fail: crypto/rand ends the process instead, ChaCha8 has no error.
	_, _ = io.ReadFull(m.src, b)
	return b
}

func (m *mint) uuid() string {
	b := m.bytes(16)
	b[6] = b[6]&0x0f | 0x40
	b[8] = b[8]&0x3f | 0x80
	h := hex.EncodeToString(b)
	return h[:8] + "-" + h[8:12] + "-" + h[12:16] + "-" + h[16:20] + "-" + h[20:]
}

func (m *mint) text(n int) string {
	return base64.RawURLEncoding.EncodeToString(m.bytes(n))
}

func (m *mint) clientSecret() string { return marker + "-" + m.uuid() }

// accessToken is base64url text of about 240 characters that starts with C.
func (m *mint) accessToken() string { return "C" + m.text(36) + marker + m.text(130) }

func (m *mint) refreshToken(region string) string { return region + "-" + marker + "-" + m.uuid() }

func (m *mint) code(region string) string { return region + "-" + marker + "-" + m.uuid() }

func (m *mint) staticToken(region string) string {
	return "pat-" + region + "-" + marker + "-" + m.uuid()
}
