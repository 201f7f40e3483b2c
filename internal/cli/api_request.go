package cli

import (
	"encoding/json"
	"io"
	"net/http"
	"net/textproto"
	"net/url"
	"os"
	"strings"

	"github.com/hsterm/hsterm/internal/api"
	"github.com/hsterm/hsterm/oauth"
)

// maxRequestBody bounds what is read as a request's body, bytes.
const maxRequestBody = 8 << 20

// methods are those HubSpot's APIs use.
func methods() []string { return []string{"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"} }

// apiRequest reads [METHOD] PATH and the flags into a request.
func (p *program) apiRequest(args []string, f apiFlags, hasBody bool) (api.Request, error) {
	request := api.Request{Method: http.MethodGet, Header: http.Header{}}
	if hasBody {
		request.Method = http.MethodPost
	}
	target := args[len(args)-1]
	if len(args) == 2 {
		request.Method = strings.ToUpper(args[0])
	}
	path, query, err := api.ParseTarget(target)
	if err != nil {
		return request, err
	}
	request.Path = path
	if request.Query, err = addQuery(query, f.query); err != nil {
		return request, err
	}
	if err := addHeaders(request.Header, f.header); err != nil {
		return request, err
	}
	if hasBody {
		request.Body, err = p.requestBody(f.data, request.Header)
	}
	return request, err
}

func addQuery(query url.Values, pairs []string) (url.Values, error) {
	if query == nil {
		query = url.Values{}
	}
	for _, pair := range pairs {
		name, value, ok := strings.Cut(pair, "=")
		if !ok || name == "" {
			return nil, usageError("Write it as -q limit=5.", "%q is no query parameter.", pair)
		}
		query.Add(name, value)
	}
	return query, nil
}

func addHeaders(header http.Header, lines []string) error {
	for _, line := range lines {
		name, value, ok := strings.Cut(line, ":")
		name = textproto.CanonicalMIMEHeaderKey(strings.TrimSpace(name))
		switch {
		case !ok || name == "" || strings.ContainsAny(line, "\r\n"):
			return usageError("Write it as -H 'Name: value'.", "%q is no header.", line)
		case name == "Authorization":
			return usageError("Leave it out: the portal's token is sent.", "The header Authorization cannot be given.")
		}
		header.Add(name, strings.TrimSpace(value))
	}
	return nil
}

// requestBody takes the body from the argument, a file or standard input. What
// is sent as JSON must be JSON: a slip is found here and not by HubSpot.
func (p *program) requestBody(data string, header http.Header) ([]byte, error) {
	body, err := p.readData(data)
	if err != nil {
		return nil, err
	}
	if header.Get("Content-Type") == "" {
		header.Set("Content-Type", "application/json")
	}
	if strings.Contains(header.Get("Content-Type"), "json") && !json.Valid(body) {
		return nil, usageError("Check quotes and commas, or say what it is with -H 'Content-Type: …'.", "The body given with -d is not JSON.")
	}
	return body, nil
}

func (p *program) readData(data string) ([]byte, error) {
	name, fromFile := strings.CutPrefix(data, "@")
	if !fromFile {
		return []byte(data), nil
	}
	source := p.in
	if name != "-" {
		file, err := os.Open(name)
		if err != nil {
			return nil, &oauth.Error{
				Class: oauth.ClassUsage, Err: err, Message: "The file " + name + " cannot be read: " + reasonOf(err) + ".",
				Hint: "Check its path, or give the JSON itself.",
			}
		}
		defer func() { _ = file.Close() }()
		source = file
	}
	body, err := io.ReadAll(io.LimitReader(source, maxRequestBody+1))
	switch {
	case err != nil:
		return nil, usageError("", "The body cannot be read: %s.", reasonOf(err))
	case len(body) > maxRequestBody:
		return nil, usageError("HubSpot takes less.", "The body is larger than 8 MiB.")
	}
	return body, nil
}
