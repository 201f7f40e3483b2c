package db

import (
	"bytes"
	"encoding/json"
	"unicode/utf8"
)

// decodeSecret reads the content of a portal's blob. A list of hundreds of
// portals decodes as many, and package json takes longer than the decryption;
// the plain form that json.Marshal gives (one object, texts only, no escapes) is
// therefore read directly, and everything else left to package json.
func decodeSecret(plain []byte, into *portalSecret) error {
	if decodeFlat(plain, into) {
		return nil
	}
	*into = portalSecret{}
	return json.Unmarshal(plain, into)
}

// decodeFlat reads {"name":"text",...}. ok is false for anything else.
func decodeFlat(plain []byte, into *portalSecret) (ok bool) {
	if len(plain) < 2 || plain[0] != '{' || !utf8.Valid(plain) {
		return false
	}
	rest := plain[1:]
	for {
		name, after, ok := flatText(rest)
		if !ok || len(after) == 0 || after[0] != ':' {
			return false
		}
		value, after, ok := flatText(after[1:])
		if !ok || len(after) == 0 || !into.set(name, string(value)) {
			return false
		}
		switch {
		case after[0] == ',':
			rest = after[1:]
		case len(after) == 1 && after[0] == '}':
			return true
		default:
			return false
		}
	}
}

// flatText splits off a text in quotes that has no escapes.
func flatText(b []byte) (text, rest []byte, ok bool) {
	if len(b) == 0 || b[0] != '"' {
		return nil, nil, false
	}
	b = b[1:]
	end := bytes.IndexByte(b, '"')
	if end < 0 || bytes.IndexByte(b[:end], '\\') >= 0 {
		return nil, nil, false
	}
	for _, c := range b[:end] {
		if c < 0x20 {
			return nil, nil, false
		}
	}
	return b[:end], b[end+1:], true
}

// set sets the field of that JSON name.
func (s *portalSecret) set(name []byte, value string) bool {
	switch string(name) {
	case "access":
		s.Access = value
	case "refresh":
		s.Refresh = value
	case "hub_domain":
		s.HubDomain = value
	case "user":
		s.User = value
	case "api_url":
		s.APIURL = value
	default:
		return false
	}
	return true
}
