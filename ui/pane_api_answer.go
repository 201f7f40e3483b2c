package ui

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/hsterm/hsterm/internal/api"
	"github.com/hsterm/hsterm/oauth"
)

// answer is what came back for a call, ready to be drawn.
type answer struct {
	call     call
	portal   oauth.Portal // as it was when the call was sent
	at       time.Time    // it came
	response api.Response
	failure  *oauth.Error // cleaned; nil for a good answer
	doubt    *oauth.Doubt // why nothing was sent, nil when something was
	body     *document
	raw      *document // the body as it came
	headers  *document
	parsed   func() (any, error) // the body for a filter, read once
	known    map[string]string   // values for placeholders of later calls
}

// newAnswer makes an answer drawable. It passes over the whole body: call it in
// a command.
func newAnswer(c call, r api.Response, err error) *answer {
	a := &answer{call: c, response: r}
	switch {
	case err != nil:
		a.failure = cleanError(err)
		errors.As(err, &a.doubt)
	case r.Failure != nil:
		a.failure = cleanError(r.Failure)
	}
	a.body = newDocument(r.Body)
	a.raw = a.body.raw()
	a.parsed = sync.OnceValues(func() (any, error) { return api.ExactJSON(r.Body) })
	a.headers = newDocument(headerText(r))
	a.known = harvest(c, r)
	return a
}

// headerText lists the headers by name, one a line. Cookies are as good as a
// login to some gateways and are left out.
func headerText(r api.Response) []byte {
	var lines []string
	for name, values := range r.Header {
		for _, v := range values {
			if name == "Set-Cookie" {
				v, _, _ = strings.Cut(v, "=")
				v += "=····"
			}
			lines = append(lines, name+": "+v)
		}
	}
	slices.Sort(lines)
	return []byte(strings.Join(lines, "\n"))
}

// harvest finds values for the placeholders of other samples of the same list,
// so that "contact by id" asks for a contact that exists.
func harvest(c call, r api.Response) map[string]string {
	var list struct {
		ID      string `json:"id"`
		Results []struct {
			ID         string `json:"id"`
			Properties struct {
				Email string `json:"email"`
			} `json:"properties"`
		} `json:"results"`
	}
	if r.Failure != nil || json.Unmarshal(r.Body, &list) != nil {
		return nil
	}
	// Of /crm/objects/2026-09/contacts/search the list is …/contacts.
	path := strings.TrimSuffix(strings.TrimSuffix(c.sample.Path, "/search"), "/batch/read")
	known := map[string]string{}
	keep := func(name, value string) {
		if value != "" && len(value) < 200 {
			known[path+"/{"+name+"}"] = value
		}
	}
	if len(list.Results) > 0 {
		keep("id", list.Results[0].ID)
		keep("email", list.Results[0].Properties.Email)
	} else if c.sample.Effect == api.EffectWrite {
		keep("id", list.ID)
	}
	return known
}

// statusWords is the status as people read it: 200 OK.
func (a *answer) statusWords() string {
	if a.response.Status == 0 {
		return "nothing"
	}
	return strings.TrimSpace(fmt.Sprintf("%d %s", a.response.Status, a.response.StatusText()))
}

// size is a number of bytes for people.
func size(n int) string {
	switch {
	case n < 1000:
		return fmt.Sprintf("%d B", n)
	case n < 1000*1000:
		return fmt.Sprintf("%.1f kB", float64(n)/1e3)
	default:
		return fmt.Sprintf("%.1f MB", float64(n)/1e6)
	}
}
