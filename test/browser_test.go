package test

import (
	"fmt"
	"io"
	"net/http"
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
