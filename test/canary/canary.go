// Package canary looks for secrets where none may be. Every secret of the tests
// carries a marker inside its text; the scanner finds the marker plain and in
// the encodings a careless program would wrap it in.
package canary

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// Finding is one place where the marker can be read.
type Finding struct {
	File   string
	Offset int
	Form   string // how it was encoded
}

// String says where and how.
func (f Finding) String() string {
	return fmt.Sprintf("%s: marker at byte %d, %s", f.File, f.Offset, f.Form)
}

type form struct {
	name    string
	pattern []byte
}

// Scanner finds one marker.
type Scanner struct{ forms []form }

// New makes a scanner for a marker of at least eight letters and digits.
func New(marker string) (*Scanner, error) {
	if len(marker) < 8 {
		return nil, fmt.Errorf("marker %q is too short to be told from chance", marker)
	}
	s := &Scanner{forms: []form{
		{"plain", []byte(marker)},
		{"hex", []byte(hex.EncodeToString([]byte(marker)))},
		{"upper-case hex", []byte(strings.ToUpper(hex.EncodeToString([]byte(marker))))},
		{"URL-encoded", []byte(percent(marker))},
		{"UTF-16", wide(marker)},
		{"reversed", reversed(marker)},
	}}
	for offset := range 3 {
		s.forms = append(s.forms,
			form{fmt.Sprintf("base64 at %d", offset), middle(base64.StdEncoding, marker, offset)},
			form{fmt.Sprintf("base64url at %d", offset), middle(base64.URLEncoding, marker, offset)})
	}
	return s, nil
}

// middle is the part of a text's base64 that does not depend on what stands
// around it, when the text begins at offset modulo 3.
func middle(e *base64.Encoding, text string, offset int) []byte {
	whole := e.EncodeToString([]byte(strings.Repeat("\x00", offset) + text))
	from := []int{0, 2, 3}[offset]
	to := (offset + len(text)) / 3 * 4
	return []byte(whole[from:to])
}

func percent(text string) string {
	var b strings.Builder
	for _, c := range []byte(text) {
		fmt.Fprintf(&b, "%%%02X", c)
	}
	return b.String()
}

func wide(text string) []byte {
	var b []byte
	for _, c := range []byte(text) {
		b = append(b, c, 0)
	}
	return b
}

func reversed(text string) []byte {
	b := []byte(text)
	for i, j := 0, len(b)-1; i < j; i, j = i+1, j-1 {
		b[i], b[j] = b[j], b[i]
	}
	return b
}

// Bytes scans data; name stands for it in the findings.
func (s *Scanner) Bytes(name string, data []byte) []Finding {
	var found []Finding
	for _, f := range s.forms {
		if i := bytes.Index(data, f.pattern); i >= 0 {
			found = append(found, Finding{name, i, f.name})
		}
	}
	return found
}

// Tree scans all regular files below the roots, except where skip says so, and
// returns how many it read.
func (s *Scanner) Tree(skip func(path string) bool, roots ...string) (found []Finding, files int, err error) {
	for _, root := range roots {
		err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
			if err != nil {
				return err
			}
			if skip != nil && skip(path) {
				if d.IsDir() {
					return filepath.SkipDir
				}
				return nil
			}
			if !d.Type().IsRegular() {
				return nil
			}
			data, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			files++
			found = append(found, s.Bytes(path, data)...)
			return nil
		})
		if err != nil {
			return nil, files, err
		}
	}
	return found, files, nil
}
