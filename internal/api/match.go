package api

import "strings"

// SampleFor finds the call of the catalogue that a request was, by method and
// path. A path without placeholders goes before one with.
func SampleFor(method, path string) (found Sample, ok bool) {
	for _, s := range Samples() {
		if s.Method != method || !samePath(s.Path, path) {
			continue
		}
		if !strings.Contains(s.Path, "{") {
			return s, true
		}
		if !ok {
			found, ok = s, true
		}
	}
	return found, ok
}

// samePath compares segment by segment; a placeholder is any one segment.
func samePath(pattern, path string) bool {
	want, got := strings.Split(pattern, "/"), strings.Split(path, "/")
	if len(want) != len(got) {
		return false
	}
	for i, w := range want {
		if w != got[i] && (!strings.HasPrefix(w, "{") || got[i] == "") {
			return false
		}
	}
	return true
}
