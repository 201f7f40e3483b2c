package cli

import (
	"encoding/json"
	"fmt"
	"io"

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

// print writes each result on a line: strings as they are, everything else as
// JSON.
func (f *filter) print(w io.Writer, body []byte) error {
	var input any
	if err := json.Unmarshal(body, &input); err != nil {
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

func badFilter(err error) error {
	return &oauth.Error{
		Class: oauth.ClassUsage, Err: err, Message: "The jq expression does not work: " + err.Error() + ".",
		Hint: "See jq's manual, or try '.' first.",
	}
}
