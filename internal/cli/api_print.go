package cli

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/hsterm/hsterm/internal/api"
	"github.com/hsterm/hsterm/oauth"
)

// printResponse writes the answer to stdout: as it came for a program, indented
// and harmless for a terminal. What is no JSON of a failed call, such as a
// gateway's page, is left out; the failure says what it was.
func (p *program) printResponse(r api.Response, f apiFlags, filter *filter) error {
	if f.include {
		if err := p.printHead(r); err != nil {
			return err
		}
	}
	isJSON := json.Valid(r.Body)
	switch {
	case len(r.Body) == 0, r.Failure != nil && !isJSON:
		return nil
	case filter != nil && r.Failure == nil:
		return filter.print(p.out, r.Body, isTerminal(p.out))
	case filter != nil:
		return nil
	}
	if !isTerminal(p.out) {
		return p.writeRaw(r.Body, isJSON)
	}
	if isJSON {
		var b bytes.Buffer
		if err := json.Indent(&b, r.Body, "", "  "); err != nil {
			return err
		}
		b.WriteByte('\n')
		return writeEscaped(p.out, b.Bytes())
	}
	for line := range strings.Lines(string(r.Body)) {
		if _, err := fmt.Fprintln(p.out, safe(strings.TrimRight(line, "\r\n"))); err != nil {
			return err
		}
	}
	return nil
}

// writeRaw hands a body on as it came; JSON ends its line.
func (p *program) writeRaw(body []byte, isJSON bool) error {
	if isJSON && !bytes.HasSuffix(body, []byte("\n")) {
		body = append(body, '\n')
	}
	_, err := p.out.Write(body)
	return err
}

func (p *program) printHead(r api.Response) error {
	var b strings.Builder
	fmt.Fprintf(&b, "HTTP %d %s\n", r.Status, http.StatusText(r.Status))
	writeHeaders(&b, r.Header)
	b.WriteByte('\n')
	_, err := fmt.Fprint(p.out, b.String())
	return err
}

func writeHeaders(b *strings.Builder, header http.Header) {
	names := make([]string, 0, len(header))
	for name := range header {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		for _, value := range header[name] {
			fmt.Fprintf(b, "%s: %s\n", safe(name), safe(value))
		}
	}
}

// dryRunJSON is a request that is not sent. It has no token.
type dryRunJSON struct {
	Method  string      `json:"method"`
	URL     string      `json:"url"`
	Headers http.Header `json:"headers"`
	Body    string      `json:"body"`
	Portal  string      `json:"portal"`
}

// printDryRun shows what would be sent. The host is sealed with the tokens, so
// the store is opened; nothing is refreshed.
func (p *program) printDryRun(ctx context.Context, portal oauth.Portal, r api.Request) error {
	store, err := p.unlocked(ctx)
	if err != nil {
		return err
	}
	grant, err := store.Grant(ctx, portal.ID)
	if err != nil {
		return err
	}
	address := strings.TrimRight(grant.APIURL, "/") + r.Path
	if len(r.Query) > 0 {
		address += "?" + r.Query.Encode()
	}
	header := r.Header.Clone()
	header.Set("Authorization", "Bearer "+grant.Access.Hint())
	if p.flags.json {
		return p.data(dryRunJSON{Method: r.Method, URL: address, Headers: header, Body: string(r.Body), Portal: portal.Alias})
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%s %s\n", r.Method, address)
	writeHeaders(&b, header)
	if len(r.Body) > 0 {
		fmt.Fprintf(&b, "\n%s\n", r.Body)
	}
	_, err = fmt.Fprint(p.out, b.String())
	return err
}
