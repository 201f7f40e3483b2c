package test

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"regexp"
	"strings"
	"syscall"
	"time"
)

// xdgOpen stands in for the browser: it follows the address it is given, as a
// person would who agrees to everything. The environment changes its mind:
//
//	XDG_OPEN=fail    it cannot be started
//	XDG_OPEN=ignore  nobody looks at the page
//	XDG_OPEN=noise   it prints, as some launchers do, then follows
//	XDG_OPEN=garbage it sends the callback everything but the answer, then follows
//	XDG_OPEN=agree   it waits for the server, chooses the first account and connects
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
	page, err := load(address)
	if err != nil || os.Getenv("XDG_OPEN") != "agree" {
		return err
	}
	return agree(address, page)
}

// load gets a page, waiting a little for a server that is just starting.
func load(address string) (page string, err error) {
	client := http.Client{Timeout: 20 * time.Second}
	var resp *http.Response
	for range 50 {
		if resp, err = client.Get(address); !errors.Is(err, syscall.ECONNREFUSED) {
			break
		}
		<-time.After(100 * time.Millisecond)
	}
	if err != nil {
		return "", err
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(io.LimitReader(resp.Body, 1<<20))
	return string(body), err
}

// agree presses Connect on the sandbox's consent page.
func agree(address, page string) error {
	form := url.Values{"action": {"connect"}}
	for _, name := range []string{"nonce", "hub_id"} {
		field := regexp.MustCompile(`name="` + name + `" value="([^"]*)"`).FindStringSubmatch(page)
		if field == nil {
			return fmt.Errorf("the consent page has no %s", name)
		}
		form.Set(name, field[1])
	}
	target, err := url.Parse(address)
	if err != nil {
		return err
	}
	target.Path, target.RawQuery = "/oauth/authorize", ""
	client := http.Client{Timeout: 20 * time.Second}
	resp, err := client.PostForm(target.String(), form)
	if err != nil {
		return err
	}
	return resp.Body.Close()
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
