package ui

import (
	"encoding/json"
	"errors"
)

// jsonLine is one line of a document as it would be printed with indentation. It
// points into the body and holds no text, so that a body of 8 MiB costs a few
// megabytes and the text of a line is only made when it is on the screen.
type jsonLine struct {
	start, end uint32 // of the key and the value, or of a closing bracket
	mate       uint32 // line of the closing bracket of an opening one, else 0
	items      uint32 // of an opening bracket: how many members or elements
	depth      uint8
	keyed      bool // an object's member: the span begins with its key
	comma      bool // another one follows
}

// opens tells whether the line begins an array or object that spans lines.
func (l jsonLine) opens() bool { return l.mate != 0 }

var errNotJSON = errors.New("not a JSON document")

// indexJSON cuts a valid document into lines. It is one pass over the bytes
// without recursion. Empty arrays and objects stay on one line.
func indexJSON(body []byte) ([]jsonLine, error) {
	if !json.Valid(body) {
		return nil, errNotJSON
	}
	x := jsonIndexer{body: body}
	for x.at < len(body) {
		x.step()
	}
	return x.lines, nil
}

// jsonIndexer walks a document that is known to be valid.
type jsonIndexer struct {
	body  []byte
	at    int
	lines []jsonLine
	open  []uint32 // lines of the brackets that are open
	key   int      // where the key of the coming value starts, -1 without
	keyed bool
}

// step takes one token.
func (x *jsonIndexer) step() {
	switch c := x.body[x.at]; c {
	case ' ', '\t', '\r', '\n', ':':
		x.at++
	case ',':
		x.at++
		if n := len(x.lines); n > 0 {
			x.lines[n-1].comma = true
		}
	case '{', '[':
		x.bracket()
	case '}', ']':
		x.closing()
	case '"':
		end := stringEnd(x.body, x.at)
		if x.expectsKey() {
			x.key, x.keyed, x.at = x.at, true, end
			return
		}
		x.value(end)
	default:
		end := x.at
		for end < len(x.body) && !isJSONBreak(x.body[end]) {
			end++
		}
		x.value(end)
	}
}

// expectsKey tells whether a string at this place is a member's name.
func (x *jsonIndexer) expectsKey() bool {
	if x.keyed || len(x.open) == 0 {
		return false
	}
	parent := x.lines[x.open[len(x.open)-1]]
	return x.body[parent.end-1] == '{'
}

// value adds the line of a scalar or of an empty array or object.
func (x *jsonIndexer) value(end int) {
	x.add(end)
	x.at = end
}

func (x *jsonIndexer) bracket() {
	for i := x.at + 1; i < len(x.body); i++ {
		switch x.body[i] {
		case ' ', '\t', '\r', '\n':
			continue
		case '}', ']':
			x.value(i + 1)
			return
		}
		break
	}
	x.add(x.at + 1)
	x.open = append(x.open, uint32(len(x.lines)-1))
	x.at++
}

func (x *jsonIndexer) closing() {
	opener := x.open[len(x.open)-1]
	x.open = x.open[:len(x.open)-1]
	x.lines[opener].mate = uint32(len(x.lines))
	x.lines = append(x.lines, jsonLine{
		start: uint32(x.at), end: uint32(x.at + 1), depth: uint8(min(len(x.open), 255)),
	})
	x.at++
}

// add appends a line that ends at end and belongs to the innermost open bracket.
func (x *jsonIndexer) add(end int) {
	start := x.at
	if x.keyed {
		start = x.key
	}
	if n := len(x.open); n > 0 {
		x.lines[x.open[n-1]].items++
	}
	x.lines = append(x.lines, jsonLine{
		start: uint32(start), end: uint32(end), depth: uint8(min(len(x.open), 255)), keyed: x.keyed,
	})
	x.keyed = false
}

// stringEnd is the index behind the closing quote of the string at from.
func stringEnd(body []byte, from int) int {
	for i := from + 1; i < len(body); i++ {
		switch body[i] {
		case '\\':
			i++
		case '"':
			return i + 1
		}
	}
	return len(body)
}

func isJSONBreak(c byte) bool {
	switch c {
	case ' ', '\t', '\r', '\n', ',', ':', '[', ']', '{', '}', '"':
		return true
	}
	return false
}
