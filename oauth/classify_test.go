package oauth

import (
	"net/http"
	"strings"
	"testing"
	"time"
)

var classifyNow = time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)

// answered is one answer and what is to be made of it.
type answered struct {
	name   string
	ep     Endpoint
	method string
	reads  bool // whatever the method
	status int
	header string // "Name: value" lines
	body   string
	err    error
	unsent bool

	want    Class
	code    string
	message string // part of it
	scopes  string // joined by a space
	all     bool
	policy  string
	retry   time.Duration // RetryAt after now
}

func (c answered) answer() Answer {
	h := http.Header{}
	for line := range strings.Lines(c.header) {
		name, value, _ := strings.Cut(strings.TrimSpace(line), ": ")
		h.Add(name, value)
	}
	method := c.method
	if method == "" {
		method = http.MethodGet
	}
	return Answer{
		Endpoint: c.ep, Method: method, Status: c.status, Header: h, Body: []byte(c.body),
		Now: classifyNow, Err: c.err, Unsent: c.unsent, Reads: c.reads,
		Secrets: []Secret{NewSecret("hstermtestsecret-sent")},
	}
}

// check classifies each answer and compares what was asked for.
func check(t *testing.T, cases []answered) {
	t.Helper()
	t.Logf("%d answers", len(cases))
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			e := Classify(c.answer())
			if e == nil {
				t.Fatal("no error")
			}
			if e.Class != c.want {
				t.Errorf("class %q, want %q (%s)", e.Class, c.want, e.Message)
			}
			if c.code != "" && e.Code != c.code {
				t.Errorf("code %q, want %q", e.Code, c.code)
			}
			if !strings.Contains(e.Message, c.message) {
				t.Errorf("message %q lacks %q", e.Message, c.message)
			}
			if got := strings.Join(e.Scopes, " "); got != c.scopes || e.AllScopes != c.all {
				t.Errorf("scopes %q all %v, want %q all %v", got, e.AllScopes, c.scopes, c.all)
			}
			if e.Policy != c.policy {
				t.Errorf("policy %q, want %q", e.Policy, c.policy)
			}
			var retry time.Duration
			if !e.RetryAt.IsZero() {
				retry = e.RetryAt.Sub(classifyNow)
			}
			if retry != c.retry {
				t.Errorf("retry after %v, want %v", retry, c.retry)
			}
			checkWords(t, c, e)
		})
	}
}

// checkWords holds for every failure: a sentence, the status, no secret.
func checkWords(t *testing.T, c answered, e *Error) {
	t.Helper()
	if e.Message == "" || e.Status != c.status {
		t.Errorf("message %q, status %d", e.Message, e.Status)
	}
	if strings.Contains(e.Message+e.Hint+e.Code, "hstermtestsecret") {
		t.Errorf("a secret in %q", e.Message)
	}
	if strings.ContainsAny(e.Message+e.Code, "\x00\x1b\n\u202e\u200b") {
		t.Errorf("control characters in %q", e.Message)
	}
}

func TestClassifySuccessIsNoFailure(t *testing.T) {
	for _, status := range []int{200, 201, 204, 207} {
		if e := Classify(Answer{Endpoint: EndpointAPI, Status: status}); e != nil {
			t.Errorf("%d: %v", status, e)
		}
	}
}

func TestClassifyWords(t *testing.T) {
	long := strings.Repeat("x", 5000)
	check(t, []answered{
		{
			name: "an echoed secret", ep: EndpointRefresh, status: 400, want: ClassRevoked, message: "unknown token ····",
			body: `{"status":"BAD_REFRESH_TOKEN","message":"unknown token hstermtestsecret-sent"}`,
		},
		{
			name: "a secret split by a control character", ep: EndpointRefresh, status: 400, want: ClassRevoked, message: "token ····",
			body: `{"status":"BAD_REFRESH_TOKEN","message":"token hstermtest\u0000secret-sent"}`,
		},
		{
			name: "twice, among marks", ep: EndpointRefresh, status: 400, want: ClassRevoked, message: "“ä\ufffd···· and ····\ufffd ö”",
			body: `{"status":"BAD_REFRESH_TOKEN","message":"ä\u0000h\u0001stermtest\u200bsecret-sen\u202et and hstermtestsecret-sent\u0007 ö"}`,
		},
		{
			name: "a secret as code", ep: EndpointRefresh, status: 400, want: ClassAppMisconfigured, code: "····",
			body: `{"status":"hstermtestsecret-sent"}`,
		},
		{
			name: "escape sequences", ep: EndpointAPI, status: 400, want: ClassRejected, message: "\ufffd[31mred\ufffd”",
			body: `{"message":"\u001b[31mred\u202e\u200b"}`,
		},
		{
			name: "a long message", ep: EndpointAPI, status: 400, want: ClassRejected, message: "x…",
			body: `{"message":"` + long + `"}`,
		},
	})
	e := Classify(answered{ep: EndpointAPI, status: 400, body: `{"message":"` + long + `"}`}.answer())
	if n := len([]rune(e.Message)); n > 400 {
		t.Errorf("%d characters", n)
	}
}

func TestClassifyCorrelation(t *testing.T) {
	for _, c := range []answered{
		{ep: EndpointAPI, status: 404, header: "X-HubSpot-Correlation-Id: corr-1", body: `{"correlationId":"other"}`},
		{ep: EndpointAPI, status: 404, body: `{"correlationId":"corr-1"}`},
	} {
		if e := Classify(c.answer()); e.CorrelationID != "corr-1" {
			t.Errorf("correlation %q", e.CorrelationID)
		}
	}
}
