package cli

import (
	"runtime"

	"github.com/pkg/browser"
)

// openBrowser starts the browser and reports on the channel when that failed.
// It is not waited for: some launchers stay until the browser is closed. The
// browser gets no stream of ours, so that it can write nothing over the screen.
func (p *program) openBrowser(url string) <-chan error {
	failed := make(chan error, 1)
	p.muteBrowser.Do(func() { browser.Stdout, browser.Stderr = nil, nil })
	go func() {
		if err := browser.OpenURL(url); err != nil {
			failed <- err
		}
	}()
	return failed
}

// noBrowser says why no browser should be started, "" when one should.
func (p *program) noBrowser(s settings, flag bool) string {
	remote := p.env.get("SSH_CONNECTION") != "" || p.env.get("SSH_TTY") != ""
	screen := runtime.GOOS != "linux" || p.env.get("DISPLAY") != "" || p.env.get("WAYLAND_DISPLAY") != ""
	switch {
	case flag:
		return "--no-browser"
	case s.noBrowser:
		return "no browser is wanted"
	case remote && !screen && p.env.get("BROWSER") == "":
		return "this is a session on another machine without a display"
	}
	return ""
}
