package cli

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"github.com/itchyny/gojq"

	"github.com/hsterm/hsterm/oauth"
)

// filter is a compiled jq expression. It sees the answer only: no environment,
// no files.
type filter struct{ code *gojq.Code }

// newFilter compiles an expression before anything is sent; "" gives none.
func newFilter(expression string) (*filter, error) {
	if expression == "" {
		return nil, nil
	}
	query, err := gojq.Parse(expression)
	if err != nil {
		return nil, badFilter(err)
	}
	code, err := gojq.Compile(query, gojq.WithEnvironLoader(func() []string { return nil }))
	if err != nil {
		return nil, badFilter(err)
	}
	return &filter{code}, nil
}

// print writes each result on a line: strings as they are, though harmless when
// they go to a terminal, everything else as JSON.
func (f *filter) print(w io.Writer, body []byte, terminal bool) error {
	input, err := exactJSON(body)
	if err != nil {
		return &oauth.Error{
			Class: oauth.ClassBadResponse, Err: err, Message: "The answer is not JSON, so --jq cannot work on it.",
			Hint: "Leave --jq out to see it.",
		}
	}
	results := f.code.Run(input)
	for {
		value, more := results.Next()
		if !more {
			return nil
		}
		if err, failed := value.(error); failed {
			return badFilter(err)
		}
		if text, isText := value.(string); isText {
			if terminal {
				text = safeLines(text)
			}
			if _, err := fmt.Fprintln(w, text); err != nil {
				return err
			}
			continue
		}
		line, err := gojq.Marshal(value)
		if err != nil {
			return badFilter(err)
		}
		if err := writeEscaped(w, append(line, '\n')); err != nil {
			return err
		}
	}
}

// exactJSON reads an answer for jq. Numbers stay the text they are: as a float64
// an ID of more than 15 digits would become another ID.
func exactJSON(body []byte) (any, error) {
	decoder := json.NewDecoder(bytes.NewReader(body))
	decoder.UseNumber()
	var input any
	err := decoder.Decode(&input)
	return input, err
}

// safeLines is safe for text of several lines, whose columns tabs may set.
func safeLines(text string) string {
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		cells := strings.Split(line, "\t")
		for j, cell := range cells {
			cells[j] = safe(cell)
		}
		lines[i] = strings.Join(cells, "\t")
	}
	return strings.Join(lines, "\n")
}

func badFilter(err error) error {
	return &oauth.Error{
		Class: oauth.ClassUsage, Err: err, Message: "The jq expression does not work: " + err.Error() + ".",
		Hint: "See jq's manual, or try '.' first.",
	}
}
