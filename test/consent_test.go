package test

import (
	"bufio"
	"context"
	"io"
	"net/http"
	"os/exec"
	"regexp"
	"strings"
	"testing"
)

// consent is a `hsterm connect` that waits for an answer.
type consent struct {
	cmd    *exec.Cmd
	url    string
	stdin  io.WriteCloser
	stderr strings.Builder
	read   chan struct{}
}

// startConsent runs connect and reads the address it shows.
func (w *world) startConsent(args ...string) *consent {
	w.t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 2*patience)
	w.t.Cleanup(cancel)
	c := &consent{cmd: w.command(ctx, append([]string{"connect", "--no-browser"}, args...)...), read: make(chan struct{})}
	stderr, err := c.cmd.StderrPipe()
	if err != nil {
		w.t.Fatal(err)
	}
	if c.stdin, err = c.cmd.StdinPipe(); err != nil {
		w.t.Fatal(err)
	}
	if err := c.cmd.Start(); err != nil {
		w.t.Fatal(err)
	}
	found := make(chan string, 1)
	go c.listen(stderr, found)
	select {
	case c.url = <-found:
	case <-c.read:
		w.t.Fatalf("connect showed no address:\n%s", c.stderr.String())
	}
	return c
}

// listen reads the words of connect and hands on the first address in them.
func (c *consent) listen(stderr io.Reader, found chan<- string) {
	defer close(c.read)
	address := regexp.MustCompile(`http://\S+/oauth/(?:\d+/)?authorize\?\S+`)
	for lines := bufio.NewReader(stderr); ; {
		line, err := lines.ReadString('\n')
		c.stderr.WriteString(line)
		if u := address.FindString(line); u != "" {
			select {
			case found <- u:
			default:
			}
		}
		if err != nil {
			return
		}
	}
}

// wait returns the exit code.
func (c *consent) wait() int {
	<-c.read
	_ = c.cmd.Wait()
	return c.cmd.ProcessState.ExitCode()
}

// final follows an authorize URL as far as the redirect and returns where it
// leads, as a browser on another machine would show it.
func final(t *testing.T, address string) string {
	t.Helper()
	client := http.Client{Timeout: patience, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	resp, err := client.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	return resp.Header.Get("Location")
}

// On a server there is no browser: the address one ends up at is pasted. A bare
// code has no state to check and is refused, and so is another's state.
func TestPastingTheAddress(t *testing.T) {
	w := newWorld(t)
	s := w.sandbox("--auto-consent")
	w.app(s, "main")
	c := w.startConsent("--paste", "--alias", "acme")
	right := final(t, c.url)
	code := regexp.MustCompile(`code=([^&]+)`).FindStringSubmatch(right)[1]
	for _, line := range []string{code, strings.Replace(right, "state=", "state=x", 1), "https://example.com/?" + right, "", right} {
		if _, err := io.WriteString(c.stdin, line+"\n"); err != nil {
			t.Fatal(err)
		}
	}
	if code := c.wait(); code != 0 {
		t.Fatalf("connect ended with %d:\n%s", code, c.stderr.String())
	}
	if all := w.portals(); len(all) != 1 || all[0].Status != "active" {
		t.Errorf("stored %+v", all)
	}
	if strings.Contains(c.stderr.String(), code) {
		t.Errorf("what was pasted is shown:\n%s", c.stderr.String())
	}
}
