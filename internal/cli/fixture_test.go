package cli

import (
	"context"
	"math/rand/v2"
	"net"
	"net/http"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/hsterm/hsterm/internal/sandbox"
)

// patience bounds what a test waits for something that has to come.
const patience = 10 * time.Second

// acme is the sandbox's first account.
const acme = 62515

// lab is a machine with a sandbox beside it and the app that the sandbox knows.
type lab struct {
	*home
	server   *sandbox.Server
	redirect string
}

func newLab(t *testing.T, change ...func(*sandbox.Config)) *lab {
	t.Helper()
	port, err := quietPort()
	if err != nil {
		t.Fatal(err)
	}
	l := &lab{home: newHome(t), redirect: "http://localhost:" + port + "/oauth/callback"}
	cfg := sandbox.Config{AutoConsent: true, RedirectURIs: []string{l.redirect}}
	for _, f := range change {
		f(&cfg)
	}
	if l.server, err = sandbox.New(cfg); err != nil {
		t.Fatal(err)
	}
	if err := l.server.Listen("127.0.0.1:0"); err != nil {
		t.Fatal(err)
	}
	done := make(chan error, 1)
	go func() { done <- l.server.Serve(context.Background()) }()
	t.Cleanup(func() {
		_ = l.server.Close()
		if err := <-done; err != nil {
			t.Error(err)
		}
	})
	return l
}

// quietPort is a free one below those that the system gives to whoever asks for
// any: other tests of this process do, side by side.
func quietPort() (string, error) {
	const first, count, tries = 20000, 12000, 50
	var last error
	for range tries {
		port := strconv.Itoa(first + rand.IntN(count))
		l, err := net.Listen("tcp", "127.0.0.1:"+port)
		if err == nil {
			return port, l.Close()
		}
		last = err
	}
	return "", last
}

// appFlags are the flags that add the sandbox's app.
func (l *lab) appFlags() []string {
	info := l.server.Info()
	return []string{
		"--client-id", info.ClientID, "--redirect-uri", l.redirect, "--scope", strings.Join(info.Scopes, " "),
		"--authorize-url", info.URL + "/oauth/authorize", "--api-url", info.URL,
	}
}

func (l *lab) addApp() {
	l.t.Helper()
	l.vars["HSTERM_CLIENT_SECRET"] = l.server.Info().ClientSecret
	l.run(append([]string{"app", "add", "main"}, l.appFlags()...)...).want(l.t, 0, "main", "Added")
	delete(l.vars, "HSTERM_CLIENT_SECRET")
}

// connect runs a connect command and does the browser's part.
func (l *lab) connect(args ...string) result {
	l.t.Helper()
	in, out, err := l.file("in"), l.file("out"), l.file("err")
	ended := make(chan int, 1)
	go func() { ended <- Main(append([]string{"connect"}, args...), in, out, err, l.environ()) }()
	address := regexp.MustCompile(`http://\S+/authorize\?[^\s"]+`)
	deadline := time.NewTimer(patience)
	defer deadline.Stop()
	look := time.NewTicker(5 * time.Millisecond)
	defer look.Stop()
	for {
		select {
		case code := <-ended:
			return result{code: code, stdout: l.read(out), stderr: l.read(err)}
		case <-deadline.C:
			l.t.Fatalf("connect still runs: %s", l.read(err))
		case <-look.C:
			if url := address.FindString(l.read(err)); url != "" {
				look.Reset(patience)
				visit(l.t, url)
			}
		}
	}
}

// visit follows an address as a browser would, wherever it ends.
func visit(t *testing.T, url string) {
	t.Helper()
	client := http.Client{Timeout: patience}
	response, err := client.Get(url)
	if err != nil {
		t.Error(err)
		return
	}
	_ = response.Body.Close()
}

// newConnected is a lab with one portal, acme.
func newConnected(t *testing.T, change ...func(*sandbox.Config)) *lab {
	t.Helper()
	l := newLab(t, change...)
	l.addApp()
	l.connect("--portal", strconv.Itoa(acme)).want(t, 0, "acme", "Connected acme")
	return l
}

// requests counts what the sandbox saw of an endpoint.
func (l *lab) requests(endpoint string) int {
	rows, _ := l.server.Requests(0)
	n := 0
	for _, row := range rows {
		if strings.HasSuffix(row.Endpoint, endpoint) {
			n++
		}
	}
	return n
}

// occupy takes a port until the test ends.
func occupy(t *testing.T, redirect string) {
	t.Helper()
	port := regexp.MustCompile(`:(\d+)/`).FindStringSubmatch(redirect)[1]
	listener, err := net.Listen("tcp", "127.0.0.1:"+port)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = listener.Close() })
}

func (h *home) write(name, text string) string {
	h.t.Helper()
	path := h.dir + "/" + name
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		h.t.Fatal(err)
	}
	return path
}

// UnmarshalJSON lets tests read what the program prints.
func (s *stamp) UnmarshalJSON(text []byte) error {
	return (*time.Time)(s).UnmarshalJSON(text)
}
