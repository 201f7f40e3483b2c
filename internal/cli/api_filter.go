package cli

import (
	"context"
	"fmt"
	"io"
	"strings"

	"github.com/hsterm/hsterm/internal/api"
	"github.com/hsterm/hsterm/oauth"
)

// filter prints what a jq expression makes of an answer.
type filter struct{ *api.Filter }

// newFilter compiles an expression before anything is sent; "" gives none.
func newFilter(expression string) (*filter, error) {
	if expression == "" {
		return nil, nil
	}
	compiled, err := api.NewFilter(expression)
	if err != nil {
		return nil, err
	}
	return &filter{compiled}, nil
}

// print writes each result on a line: strings as they are, though harmless when
// they go to a terminal, everything else as JSON.
func (f *filter) print(w io.Writer, body []byte, terminal bool) error {
	input, err := api.ExactJSON(body)
	if err != nil {
		return &oauth.Error{
			Class: oauth.ClassBadResponse, Err: err, Message: "The answer is not JSON, so --jq cannot work on it.",
			Hint: "Leave --jq out to see it.",
		}
	}
	return f.Each(context.Background(), input, func(value any) error {
		if text, isText := value.(string); isText {
			if terminal {
				text = safeLines(text)
			}
			_, err := fmt.Fprintln(w, text)
			return err
		}
		line, err := f.Text(value)
		if err != nil {
			return err
		}
		return writeEscaped(w, append(line, '\n'))
	})
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
