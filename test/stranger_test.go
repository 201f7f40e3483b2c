package test

import (
	"fmt"
	"net"
	"net/http"
	"reflect"
	"strconv"
	"strings"
	"time"

	"github.com/hsterm/hsterm/test/rfcserver"
	"github.com/rogpeppe/go-internal/testscript"
)

// stranger is an OAuth server by somebody else, listening.
type stranger struct {
	*rfcserver.Server
	url      string
	client   string
	redirect string
	http     *http.Server
}

const strangerSecret = "its-" + marker + "-word"

func startStranger(cfg rfcserver.Config) (*stranger, error) {
	port, err := freePort()
	if err != nil {
		return nil, err
	}
	cfg.ClientID, cfg.ClientSecret, cfg.Marker = "client-at-"+port, strangerSecret, marker
	cfg.RedirectURIs = []string{"http://localhost:" + port + "/cb"}
	if cfg.Scopes == nil {
		cfg.Scopes = []string{"profile", "notes.read"}
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	s := &stranger{
		Server: rfcserver.New(cfg, time.Now), url: "http://" + listener.Addr().String(), client: cfg.ClientID,
		redirect: cfg.RedirectURIs[0],
	}
	s.http = &http.Server{Handler: s.Handler(), ReadHeaderTimeout: patience}
	go func() { _ = s.http.Serve(listener) }()
	return s, nil
}

// rfc start [OPTION...] starts the stranger's server, OPTION being a field of
// its configuration, and sets RFC_URL, RFC_REDIRECT, CLIENT_ID and
// HSTERM_CLIENT_SECRET. rfc expire and rfc revoke end tokens and grants;
// rfc seen WHAT N compares a count; rfc refused N how often it said no.
func rfcCommand(ts *testscript.TestScript, _ bool, args []string) {
	if len(args) == 0 {
		ts.Fatalf("usage: rfc start|expire|revoke|seen|refused")
	}
	c := castOf(ts)
	if args[0] != "start" && c.rfc == nil {
		ts.Fatalf("no server was started")
	}
	switch args[0] {
	case "start":
		cfg := rfcserver.Config{}
		ts.Check(options(&cfg, args[1:]))
		s, err := startStranger(cfg)
		ts.Check(err)
		ts.Defer(func() { _ = s.http.Close() })
		c.rfc = s
		ts.Setenv("RFC_URL", s.url)
		ts.Setenv("RFC_REDIRECT", s.redirect)
		ts.Setenv("CLIENT_ID", s.client)
		ts.Setenv("HSTERM_CLIENT_SECRET", strangerSecret)
	case "expire":
		c.rfc.Expire()
	case "revoke":
		c.rfc.Revoke()
	case "seen":
		got := reflect.ValueOf(c.rfc.Seen()).FieldByName(args[1]).Int()
		if strconv.FormatInt(got, 10) != args[2] {
			ts.Fatalf("%s was seen %d times, not %s", args[1], got, args[2])
		}
	case "refused":
		if refused := c.rfc.Seen().Refused; strconv.Itoa(len(refused)) != args[1] {
			ts.Fatalf("refused %d times, not %s: %s", len(refused), args[1], strings.Join(refused, "; "))
		}
	default:
		ts.Fatalf("rfc %s: no such thing", args[0])
	}
}

// options switches the named fields of a configuration on.
func options(cfg *rfcserver.Config, names []string) error {
	for _, name := range names {
		field := reflect.ValueOf(cfg).Elem().FieldByName(name)
		if !field.IsValid() || field.Kind() != reflect.Bool {
			return fmt.Errorf("%s is no option", name)
		}
		field.SetBool(true)
	}
	return nil
}
