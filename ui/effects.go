package ui

import (
	"context"
	"fmt"
	"net/url"
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/hsterm/hsterm/oauth"
)

// What small effects come to.
type (
	// copied is an access token on its way to the clipboard.
	copied struct {
		alias string
		token oauth.Secret
	}
	// done is something that worked and needs a word.
	done struct{ text string }
)

// copyToken puts the access token on the clipboard. It is never drawn.
func (m *Model) copyToken() tea.Cmd {
	p, ok := m.selected()
	if !ok {
		return nil
	}
	tokens := m.opts.Backend.Tokens
	return m.tasks.start(taskKey{ownerEffect, p.ID}, func(ctx context.Context) (any, error) {
		token, err := tokens.AccessToken(ctx, p.ID)
		return copied{p.Alias, token}, err
	})
}

// toggleKeepFresh turns keep-fresh on or off for the selected portal.
func (m *Model) toggleKeepFresh() tea.Cmd {
	p, ok := m.selected()
	if !ok {
		return nil
	}
	portals, on := m.opts.Backend.Portals, !p.KeepFresh
	return m.tasks.start(taskKey{ownerEffect, p.ID}, func(ctx context.Context) (any, error) {
		word := "off"
		if on {
			word = "on"
		}
		return done{"keep fresh " + word + " for " + p.Alias}, portals.SetKeepFresh(ctx, p.ID, on)
	})
}

// openPortal opens the selected portal in the browser.
func (m *Model) openPortal() tea.Cmd {
	p, _ := m.selected()
	address, _ := portalURL(p)
	return m.openURL(address, "opened "+p.Alias+" in the browser")
}

func (m *Model) openURL(address, said string) tea.Cmd {
	desktop := m.opts.Backend.Desktop
	return m.tasks.start(taskKey{owner: ownerEffect}, func(ctx context.Context) (any, error) {
		return done{said}, desktop.OpenURL(ctx, address)
	})
}

// effected ends a small effect with its toast.
func (m *Model) effected(r result) tea.Cmd {
	if r.err != nil {
		return tea.Batch(m.complain(r.err), m.load())
	}
	switch v := r.value.(type) {
	case copied:
		return tea.Batch(
			tea.SetClipboard(v.token.Reveal()),
			m.toast(toastMsg{text: "access token of " + v.alias + " copied", done: true}),
			m.load(),
		)
	case done:
		return tea.Batch(m.toast(toastMsg{text: v.text, done: true}), m.load())
	}
	return nil
}

func canOpen(m *Model) (bool, string) {
	p, ok := m.selected()
	if !ok {
		return false, "no portal is selected"
	}
	_, why := portalURL(p)
	return why == "", why
}

// portalURL is where HubSpot shows a portal. Its host came from a server: only
// one of HubSpot's own is opened.
func portalURL(p oauth.Portal) (address, why string) {
	switch {
	case p.HubID <= 0:
		return "", "the hub id of " + p.Alias + " is not known"
	case p.UIDomain == "":
		return "", "HubSpot has not told where " + p.Alias + " is shown"
	case !hubSpotHost(p.UIDomain):
		return "", p.UIDomain + " is not a host of HubSpot's"
	}
	u := url.URL{Scheme: "https", Host: p.UIDomain, Path: fmt.Sprintf("/contacts/%d", p.HubID)}
	return u.String(), ""
}

// hubSpotHost tells whether host is hubspot.com or a name below it.
func hubSpotHost(host string) bool {
	if host != "hubspot.com" && !strings.HasSuffix(host, ".hubspot.com") {
		return false
	}
	for label := range strings.SplitSeq(host, ".") {
		if label == "" || strings.Trim(label, "abcdefghijklmnopqrstuvwxyz0123456789-") != "" {
			return false
		}
	}
	return true
}
