package api

import (
	"bytes"
	"encoding/json"
	"io"
	"mime"
	"net/http"
	"strings"
)

const maxBody = 8 << 20 // bytes, after decompression

// readBody reads at most maxBody bytes. whole is false when there were more; err
// is set when the body broke off.
func readBody(r io.Reader) (body []byte, whole bool, err error) {
	body, err = io.ReadAll(io.LimitReader(r, maxBody+1))
	if len(body) > maxBody {
		return body[:maxBody], false, nil
	}
	return body, true, err
}

// isJSON tells whether an answer means to be JSON, by its header or, where that
// is missing, by its first byte.
func isJSON(h http.Header, body []byte) bool {
	if kind := mediaType(h); kind != "" {
		return kind == "application/json" || strings.HasSuffix(kind, "+json")
	}
	body = bytes.TrimSpace(body)
	return len(body) > 0 && (body[0] == '{' || body[0] == '[')
}

// isHTML tells whether an answer is a page for people: what gateways, captive
// portals and unknown routes send in place of an API's answer.
func isHTML(h http.Header, body []byte) bool {
	kind := mediaType(h)
	return kind == "text/html" || kind == "" && bytes.HasPrefix(bytes.TrimSpace(body), []byte("<"))
}

func mediaType(h http.Header) string {
	kind, _, err := mime.ParseMediaType(h.Get("Content-Type"))
	if err != nil {
		return ""
	}
	return kind
}

// correlationID is HubSpot's name for this one answer, from the header or the
// body of an error; support asks for it.
func correlationID(h http.Header, body []byte, failed bool) string {
	id := h.Get("X-HubSpot-Correlation-Id")
	if id == "" && failed && isJSON(h, body) {
		var envelope struct {
			CorrelationID string `json:"correlationId"`
		}
		// Whatever the body is instead of HubSpot's envelope leaves it empty.
		_ = json.Unmarshal(body, &envelope)
		id = envelope.CorrelationID
	}
	return printable(id)
}
