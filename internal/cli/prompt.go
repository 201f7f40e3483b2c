package cli

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"strings"

	"github.com/hsterm/hsterm/oauth"
)

// maxSecretInput bounds what is read as one secret from standard input, bytes.
const maxSecretInput = 64 << 10

// askLine asks a person for a line. It ends with ctx. It reads not one byte more
// than the line: the screen may be next to read the terminal.
func (p *program) askLine(ctx context.Context, question string) (string, error) {
	fmt.Fprint(p.err, question)
	lines := make(chan string, 1)
	go func() { lines <- readLine(p.in) }()
	select {
	case <-ctx.Done():
		fmt.Fprintln(p.err)
		return "", context.Cause(ctx)
	case line := <-lines:
		return strings.TrimSpace(line), nil
	}
}

// readLine reads to the end of a line, or of the input.
func readLine(r io.Reader) string {
	var line []byte
	one := make([]byte, 1)
	for len(line) < maxSecretInput {
		if n, err := r.Read(one); n == 0 || err != nil || one[0] == '\n' {
			break
		}
		line = append(line, one[0])
	}
	return string(line)
}

// inputLines reads standard input line by line in the background, so that a
// reader can wait for other things too. The channel is closed at its end.
func (p *program) inputLines() <-chan string {
	if p.lines != nil {
		return p.lines
	}
	lines := make(chan string)
	p.lines = lines
	go func() {
		defer close(lines)
		scanner := bufio.NewScanner(p.in)
		scanner.Buffer(nil, maxSecretInput)
		for scanner.Scan() {
			lines <- scanner.Text()
		}
	}()
	return lines
}

// secretFromInput reads standard input to its end as one secret. A terminal is
// refused: it would show what is typed.
func (p *program) secretFromInput(what string) (oauth.Secret, error) {
	if isTerminal(p.in) {
		return oauth.Secret{}, usageError("Leave standard error on the terminal, or pipe the "+what+" in.",
			"The %s cannot be asked for: standard error is not a terminal.", what)
	}
	text, err := io.ReadAll(io.LimitReader(p.in, maxSecretInput+1))
	if err != nil {
		return oauth.Secret{}, usageError("", "Standard input cannot be read: %v.", err)
	}
	secret := strings.TrimSpace(string(text))
	switch {
	case secret == "":
		return oauth.Secret{}, usageError("Pipe the "+what+" in, such as: pass show hubspot | hsterm …",
			"Standard input held no %s.", what)
	case len(text) > maxSecretInput, strings.ContainsAny(secret, "\r\n"):
		return oauth.Secret{}, usageError("Pipe in nothing but the "+what+".",
			"Standard input held more than one line.")
	}
	return oauth.NewSecret(secret), nil
}
