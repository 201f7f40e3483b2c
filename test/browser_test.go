package test

import (
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"strings"
	"time"
)

// xdgOpen stands in for the browser: it follows the address it is given, as a
// person would who agrees to everything. The environment changes its mind:
//
//	XDG_OPEN=fail    it cannot be started
//	XDG_OPEN=ignore  nobody looks at the page
//	XDG_OPEN=noise   it prints, as some launchers do, then follows
//	XDG_OPEN=garbage it sends the callback everything but the answer, then follows
//	XDG_OPEN_LOG     a file that gets the address
func xdgOpen() {
	if err := followed(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "xdg-open:", err)
		os.Exit(1)
	}
}

func followed(args []string) error {
	if len(args) != 1 {
		return fmt.Errorf("want one address, got %q", args)
	}
	address := args[0]
	if path := os.Getenv("XDG_OPEN_LOG"); path != "" {
		if err := os.WriteFile(path, []byte(address+"\n"), 0o600); err != nil {
			return err
		}
	}
	switch os.Getenv("XDG_OPEN") {
	case "fail":
		return fmt.Errorf("no browser here")
	case "ignore":
		return nil
	case "noise":
		fmt.Println("Opening in existing browser window.")
		fmt.Fprintln(os.Stderr, strings.Repeat("libva error\n", 50))
	case "garbage":
		if err := garbage(address); err != nil {
			return err
		}
	}
	client := http.Client{Timeout: 20 * time.Second}
	resp, err := client.Get(address)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	_, err = io.Copy(io.Discard, io.LimitReader(resp.Body, 1<<20))
	return err
}

// garbage sends what a callback may meet before the answer: prefetches, scans,
// guesses and stale tabs. None may be taken for the answer or end the wait.
func garbage(address string) error {
	authorize, err := url.Parse(address)
	if err != nil {
		return err
	}
	q := authorize.Query()
	callback := q.Get("redirect_uri")
	root := strings.TrimSuffix(callback, "/oauth/callback")
	state := url.QueryEscape(q.Get("state"))
	requests := []struct{ method, address string }{
		{http.MethodGet, callback},
		{http.MethodGet, callback + "?code=guess"},
		{http.MethodGet, callback + "?code=guess&state=guess"},
		{http.MethodGet, callback + "?error=access_denied"},
		{http.MethodGet, callback + "?error=access_denied&state=guess"},
		{http.MethodGet, callback + "?code=one&code=two&state=" + state},
		{http.MethodGet, callback + "?code=one&state=" + state + "&state=guess"},
		{http.MethodGet, callback + "?%zz=%00&state"},
		{http.MethodGet, root + "/favicon.ico"},
		{http.MethodGet, root + "/"},
		{http.MethodHead, callback + "?code=guess&state=" + state},
		{http.MethodOptions, callback + "?code=guess&state=" + state},
		{http.MethodPost, callback + "?code=guess&state=" + state},
	}
	client := http.Client{Timeout: 20 * time.Second}
	for _, r := range requests {
		request, err := http.NewRequest(r.method, r.address, nil)
		if err != nil {
			return err
		}
		resp, err := client.Do(request)
		if err != nil {
			return err
		}
		resp.Body.Close()
		if resp.StatusCode < 400 {
			return fmt.Errorf("%s %s was answered with %s", r.method, r.address, resp.Status)
		}
	}
	return nil
}
