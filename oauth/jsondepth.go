package oauth

// MaxJSONDepth is how many arrays and objects may nest in an answer.
const MaxJSONDepth = 64

// JSONDepth is how deep the JSON in body nests. It looks at brackets outside strings
// only, so that it needs neither a stack nor a valid document.
func JSONDepth(body []byte) int {
	deepest, now, quoted := 0, 0, false
	for i := 0; i < len(body); i++ {
		c := body[i]
		switch {
		case quoted && c == '\\':
			i++
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '{', c == '[':
			now++
			deepest = max(deepest, now)
		case c == '}', c == ']':
			now--
		}
	}
	return deepest
}
