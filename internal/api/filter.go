package api

import (
	"bytes"
	"context"
	"encoding/json"

	"github.com/itchyny/gojq"

	"github.com/hsterm/hsterm/oauth"
)

// Filter is a compiled jq expression. It sees the answer only: no environment,
// no files.
type Filter struct{ code *gojq.Code }

// NewFilter compiles a jq expression. A failure is of ClassUsage.
func NewFilter(expression string) (*Filter, error) {
	query, err := gojq.Parse(expression)
	if err != nil {
		return nil, badFilter(err)
	}
	code, err := gojq.Compile(query, gojq.WithEnvironLoader(func() []string { return nil }))
	if err != nil {
		return nil, badFilter(err)
	}
	return &Filter{code}, nil
}

// Each runs the filter on a document of [ExactJSON] and hands over every result,
// until there are no more, each fails, or ctx ends.
func (f *Filter) Each(ctx context.Context, document any, each func(value any) error) error {
	results := f.code.RunWithContext(ctx, document)
	for {
		value, more := results.Next()
		if !more {
			return nil
		}
		if err, failed := value.(error); failed {
			return badFilter(err)
		}
		if err := each(value); err != nil {
			return err
		}
	}
}

// Text is a result as JSON.
func (f *Filter) Text(value any) ([]byte, error) {
	text, err := gojq.Marshal(value)
	if err != nil {
		return nil, badFilter(err)
	}
	return text, nil
}

// ExactJSON reads an answer for a filter. Numbers stay the text they are: as a
// float64 an ID of more than 15 digits would become another ID.
func ExactJSON(body []byte) (any, error) {
	decoder := json.NewDecoder(bytes.NewReader(body))
	decoder.UseNumber()
	var document any
	err := decoder.Decode(&document)
	return document, err
}

func badFilter(err error) error {
	return &oauth.Error{
		Class: oauth.ClassUsage, Err: err, Message: "The jq expression does not work: " + err.Error() + ".",
		Hint: "See jq's manual, or try '.' first.",
	}
}
