package test

import (
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"time"

	"github.com/itchyny/gojq"
	"github.com/rogpeppe/go-internal/testscript"
)

// sandbox FLAG... starts the sandbox, or replaces the running one, and sets
// SANDBOX_URL, CLIENT_ID, HSTERM_CLIENT_SECRET, REDIRECT_URI, SCOPES, HUB1...
// sandbox stop ends it.
func sandboxCommand(ts *testscript.TestScript, neg bool, args []string) {
	c := castOf(ts)
	if c.sandbox != nil {
		ts.Check(c.sandbox.stop())
		c.sandbox = nil
	}
	if neg || len(args) == 1 && args[0] == "stop" {
		return
	}
	s, err := startSandbox(environment(ts.MkAbs(".")), args...)
	ts.Check(err)
	c.sandbox = s
	ts.Defer(func() {
		if c.sandbox == s {
			ts.Check(s.stop())
		}
	})
	ts.Setenv("SANDBOX_URL", s.URL)
	ts.Setenv("CLIENT_ID", s.ClientID)
	ts.Setenv("HSTERM_CLIENT_SECRET", s.ClientSecret)
	ts.Setenv("REDIRECT_URI", s.RedirectURIs[0])
	ts.Setenv("SCOPES", strings.Join(s.Scopes, " "))
	for i, p := range s.Portals {
		n := strconv.Itoa(i + 1)
		ts.Setenv("HUB"+n, strconv.FormatInt(p.HubID, 10))
		ts.Setenv("DOMAIN"+n, p.Domain)
	}
}

// control NAME JSON posts to a control endpoint; the answer is on stdout. It
// fails with ! when the sandbox refuses. control clear-faults ends all faults.
func controlCommand(ts *testscript.TestScript, neg bool, args []string) {
	s := castOf(ts).sandbox
	if s == nil || len(args) == 0 {
		ts.Fatalf("usage: control NAME JSON, with a sandbox running")
	}
	method, name, body := "POST", args[0], strings.Join(args[1:], " ")
	if name == "clear-faults" {
		method, name = "DELETE", "faults"
	}
	answer, err := s.send(method, name, body)
	if neg != (err != nil) {
		ts.Fatalf("control %s: %v", name, err)
	}
	fmt.Fprint(ts.Stdout(), answer)
}

// calls WHAT N counts what the sandbox saw since the last mark, where WHAT is a
// grant type, the end of a path, or * for everything.
func callsCommand(ts *testscript.TestScript, _ bool, args []string) {
	if len(args) != 2 {
		ts.Fatalf("usage: calls WHAT N")
	}
	seen, err := castOf(ts).sandbox.calls()
	ts.Check(err)
	if got := strconv.Itoa(count(seen, args[0])); got != args[1] {
		ts.Fatalf("the sandbox saw %s of %s, not %s: %+v", got, args[0], args[1], seen)
	}
}

// await WHAT N looks until the sandbox has seen so many since the last mark.
func awaitCommand(ts *testscript.TestScript, _ bool, args []string) {
	if len(args) != 2 {
		ts.Fatalf("usage: await WHAT N")
	}
	deadline := time.NewTimer(patience)
	defer deadline.Stop()
	for look := time.NewTicker(10 * time.Millisecond); ; {
		seen, err := castOf(ts).sandbox.calls()
		if ts.Check(err); strconv.Itoa(count(seen, args[0])) == args[1] {
			look.Stop()
			return
		}
		select {
		case <-look.C:
		case <-deadline.C:
			ts.Fatalf("the sandbox did not see %s of %s: %+v", args[1], args[0], seen)
		}
	}
}

// mark forgets what the sandbox saw so far.
func markCommand(ts *testscript.TestScript, _ bool, _ []string) {
	ts.Check(castOf(ts).sandbox.look())
}

// exits CODE CMD ARG... runs a command that has to end with a code.
func exitsCommand(ts *testscript.TestScript, _ bool, args []string) {
	if len(args) < 2 {
		ts.Fatalf("usage: exits CODE CMD ARG...")
	}
	err := ts.Exec(args[1], args[2:]...)
	code := 0
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		code = exit.ExitCode()
	} else if err != nil {
		ts.Fatalf("%v", err)
	}
	if strconv.Itoa(code) != args[0] {
		ts.Fatalf("exit %d, not %s", code, args[0])
	}
}

// jq [-s] FILE EXPR [WANT] evaluates EXPR on JSON; the result has to be WANT, or
// true where WANT is left out. jq -r FILE EXPR OUT writes it to a file instead,
// jq -s takes lines of JSON for an array.
func jqCommand(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) == 4 && args[0] == "-r" {
		got, err := evaluate(ts.ReadFile(args[1]), args[2])
		ts.Check(err)
		ts.Check(os.WriteFile(ts.MkAbs(args[3]), []byte(got), 0o600))
		return
	}
	lines := args[0] == "-s"
	if lines {
		args = args[1:]
	}
	want := "true"
	switch len(args) {
	case 2:
	case 3:
		want = args[2]
	default:
		ts.Fatalf("usage: jq FILE EXPR [WANT]")
	}
	document := ts.ReadFile(args[0])
	if lines {
		document = "[" + strings.Join(strings.Split(strings.TrimSpace(document), "\n"), ",") + "]"
	}
	got, err := evaluate(document, args[1])
	if err != nil {
		ts.Fatalf("%s: %v\n%s", args[1], err, ts.ReadFile(args[0]))
	}
	if (got == want) == neg {
		ts.Fatalf("%s is %s, wanted %s (inverted: %v)\n%s", args[1], got, want, neg, ts.ReadFile(args[0]))
	}
}

// evaluate runs a jq expression; a string comes back without quotes.
func evaluate(document, expression string) (string, error) {
	query, err := gojq.Parse(expression)
	if err != nil {
		return "", err
	}
	value, err := decode(document)
	if err != nil {
		return "", err
	}
	result, ok := query.Run(value).Next()
	if !ok {
		return "", errors.New("no result")
	}
	switch result := result.(type) {
	case error:
		return "", result
	case string:
		return result, nil
	}
	text, err := gojq.Marshal(result)
	return string(text), err
}

// occupy ADDRESS takes the port of an address such as http://localhost:8976/x
// until the script ends; occupy off gives it back.
func occupyCommand(ts *testscript.TestScript, _ bool, args []string) {
	if len(args) != 1 {
		ts.Fatalf("usage: occupy ADDRESS")
	}
	port, err := portOf(args[0])
	ts.Check(err)
	for _, host := range []string{"127.0.0.1", "::1"} {
		l, err := net.Listen("tcp", net.JoinHostPort(host, port))
		if err != nil && host == "127.0.0.1" {
			ts.Fatalf("%v", err)
		}
		if err == nil {
			ts.Defer(func() { _ = l.Close() })
		}
	}
}

// bearer FILE ADDRESS STATUS sends the token in a file to a server.
func bearerCommand(ts *testscript.TestScript, _ bool, args []string) {
	if len(args) != 3 {
		ts.Fatalf("usage: bearer FILE ADDRESS STATUS")
	}
	token, ok := strings.CutSuffix(ts.ReadFile(args[0]), "\n")
	if !ok || strings.ContainsAny(token, " \n\r\t") || token == "" {
		ts.Fatalf("%s is not a token and a newline", args[0])
	}
	request, err := http.NewRequest(http.MethodGet, args[1], nil)
	ts.Check(err)
	request.Header.Set("Authorization", "Bearer "+token)
	client := http.Client{Timeout: patience}
	resp, err := client.Do(request)
	ts.Check(err)
	defer resp.Body.Close()
	if strconv.Itoa(resp.StatusCode) != args[2] {
		ts.Fatalf("%s answered %s, not %s", args[1], resp.Status, args[2])
	}
}

// clean [FILE...] fails when a secret can be read in the script's folder, the
// files named aside.
func cleanCommand(ts *testscript.TestScript, _ bool, args []string) {
	found, err := scan(ts.MkAbs("."), args)
	ts.Check(err)
	for _, f := range found {
		ts.Logf("%s", f)
	}
	if len(found) > 0 {
		ts.Fatalf("%d secrets can be read", len(found))
	}
}
