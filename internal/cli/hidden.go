package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"unicode/utf8"

	"golang.org/x/term"

	"github.com/hsterm/hsterm/oauth"
)

// askSecret asks a person for a secret without echo. It ends with ctx and leaves
// the terminal as it was.
//
// The terminal is raw before the question comes, and the line is edited here:
// what is typed or pasted at the first sight of the question must neither be
// shown nor have its end lost between two modes of the terminal.
func (p *program) askSecret(ctx context.Context, question string) (oauth.Secret, error) {
	fd := int(p.in.Fd())
	before, err := term.MakeRaw(fd)
	if err != nil {
		return oauth.Secret{}, usageError("", "The terminal cannot be asked: %v.", err)
	}
	defer fmt.Fprintln(p.err)
	defer func() { _ = term.Restore(fd, before) }()
	fmt.Fprintf(p.err, "%s: ", question)
	type answer struct {
		text string
		err  error
	}
	answers := make(chan answer, 1)
	go func() {
		text, err := readHidden(p.in)
		answers <- answer{text, err}
	}()
	select {
	case <-ctx.Done():
		return oauth.Secret{}, context.Cause(ctx)
	case a := <-answers:
		return oauth.NewSecret(strings.TrimSpace(a.text)), a.err
	}
}

// The control characters a raw terminal hands through.
const (
	ctrlC     = 0x03
	ctrlD     = 0x04
	backspace = 0x08
	ctrlU     = 0x15
	escape    = 0x1b
	del       = 0x7f
)

// readHidden reads and edits one line of a raw terminal.
func readHidden(r io.Reader) (string, error) {
	keys := newKeyReader(r)
	var line []byte
	for len(line) < maxSecretInput {
		key, err := keys.next()
		switch {
		case errors.Is(err, io.EOF):
			return string(line), nil
		case err != nil:
			return "", usageError("", "The answer cannot be read: %s.", reasonOf(err))
		}
		switch key {
		case '\r', '\n', ctrlD:
			return string(line), nil
		case ctrlC:
			return "", interrupted(os.Interrupt)
		case backspace, del:
			_, size := utf8.DecodeLastRune(line)
			line = line[:len(line)-size]
		case escape:
			if !keys.skipSequence() {
				line = line[:0]
			}
		case ctrlU:
			line = line[:0]
		default:
			line = append(line, key)
		}
	}
	return string(line), nil
}
