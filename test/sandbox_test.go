package test

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"strings"
	"sync"
	"syscall"
	"time"
)

// sandbox is a running `hsterm sandbox` and what it says of itself.
type sandbox struct {
	URL          string   `json:"url"`
	ClientID     string   `json:"client_id"`
	ClientSecret string   `json:"client_secret"`
	RedirectURIs []string `json:"redirect_uris"`
	Scopes       []string `json:"scopes"`
	Portals      []struct {
		HubID  int64  `json:"hub_id"`
		Domain string `json:"domain"`
		User   string `json:"user"`
	} `json:"portals"`

	cmd    *exec.Cmd
	ended  chan struct{}
	stderr bytes.Buffer // read after ended

	mu   sync.Mutex
	mark int64 // requests up to here have been looked at
}

// startSandbox runs the program's own sandbox on free ports. It has to be
// stopped.
func startSandbox(env []string, args ...string) (*sandbox, error) {
	port, err := freePort()
	if err != nil {
		return nil, err
	}
	all := append([]string{"sandbox", "--addr", "127.0.0.1:0"}, args...)
	if !strings.Contains(strings.Join(args, " "), "--redirect-uri") {
		all = append(all, "--redirect-uri", "http://localhost:"+port+"/oauth/callback")
	}
	s := &sandbox{cmd: exec.Command(binary(), all...), ended: make(chan struct{})}
	s.cmd.Env, s.cmd.Stderr = env, &s.stderr
	stdout, err := s.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := s.cmd.Start(); err != nil {
		return nil, err
	}
	first := make(chan []byte, 1)
	go func() {
		line, _ := bufio.NewReader(stdout).ReadBytes('\n')
		first <- line
		_, _ = io.Copy(io.Discard, stdout)
		_ = s.cmd.Wait()
		close(s.ended)
	}()
	select {
	case line := <-first:
		if err := json.Unmarshal(line, s); err != nil {
			_ = s.stop()
			return nil, fmt.Errorf("the sandbox began with %q: %w\n%s", line, err, s.stderr.String())
		}
		return s, nil
	case <-time.After(patience):
		_ = s.stop()
		return nil, fmt.Errorf("the sandbox said nothing")
	}
}

// stop ends it as a service manager would and waits.
func (s *sandbox) stop() error {
	_ = s.cmd.Process.Signal(syscall.SIGTERM)
	select {
	case <-s.ended:
	case <-time.After(patience):
		_ = s.cmd.Process.Signal(os.Kill)
		<-s.ended
		return fmt.Errorf("the sandbox did not end on SIGTERM")
	}
	if code := s.cmd.ProcessState.ExitCode(); code != 0 {
		return fmt.Errorf("the sandbox ended with %d\n%s", code, s.stderr.String())
	}
	return nil
}

// control posts to one of the control endpoints and returns the answer.
func (s *sandbox) control(name, body string) (string, error) {
	return s.send(http.MethodPost, name, body)
}

func (s *sandbox) send(method, name, body string) (string, error) {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, method, s.URL+"/_sandbox/"+name, strings.NewReader(body))
	if err != nil {
		return "", err
	}
	request.Header.Set("Content-Type", "application/json")
	resp, err := http.DefaultClient.Do(request)
	if err != nil {
		return "", err
	}
	defer resp.Body.Close()
	answer, err := io.ReadAll(resp.Body)
	if err != nil {
		return "", err
	}
	if resp.StatusCode != http.StatusOK {
		return "", fmt.Errorf("%s %s: %s: %s", method, name, resp.Status, answer)
	}
	return string(answer), nil
}

// call is one request the sandbox saw.
type call struct {
	Seq       int64     `json:"seq"`
	Time      time.Time `json:"time"`
	Endpoint  string    `json:"endpoint"`
	Method    string    `json:"method"`
	GrantType string    `json:"grant_type"`
	Status    int       `json:"status"`
	HubID     int64     `json:"hub_id"`
}

// calls returns what was seen since the last look that moved the mark.
func (s *sandbox) calls() ([]call, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	seen, _, err := s.since(s.mark)
	return seen, err
}

// look moves the mark to now.
func (s *sandbox) look() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	_, next, err := s.since(s.mark)
	s.mark = next
	return err
}

func (s *sandbox) since(seq int64) (seen []call, next int64, err error) {
	text, err := s.send(http.MethodGet, fmt.Sprintf("requests?since=%d", seq), "")
	if err != nil {
		return nil, seq, err
	}
	var body struct {
		Requests []call `json:"requests"`
		Next     int64  `json:"next"`
	}
	if err := json.Unmarshal([]byte(text), &body); err != nil {
		return nil, seq, err
	}
	return body.Requests, body.Next, nil
}

// count counts calls by grant type ("refresh_token") or by the end of a path.
func count(seen []call, what string) int {
	n := 0
	for _, c := range seen {
		if c.GrantType == what || strings.HasSuffix(c.Endpoint, what) || what == "*" {
			n++
		}
	}
	return n
}
