package cli

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"github.com/hsterm/hsterm/internal/api"
	"github.com/hsterm/hsterm/oauth"
)

// connect takes an account through the real consent flow: the page is opened by
// an HTTP client in place of a browser, which follows it to the callback.
func connect(ttl time.Duration) func(context.Context, *stage, string) error {
	return func(ctx context.Context, s *stage, alias string) error {
		if err := s.server.SetTTL(ttl); err != nil {
			return sandboxError(err)
		}
		consent, err := s.p.connector().Start(ctx, oauth.ConsentRequest{App: s.app, HubID: demoHubs()[alias], Alias: alias})
		if err != nil {
			return err
		}
		defer func() { _ = consent.Close() }()
		visited := make(chan error, 1)
		go func() { visited <- s.visit(ctx, consent.URL()) }()
		if err := consent.Wait(ctx); err != nil {
			return err
		}
		if err := <-visited; err != nil {
			return err
		}
		connected, err := consent.Complete(ctx)
		s.portals[alias] = connected.Portal
		return err
	}
}

// visit opens an address and follows where it leads.
func (s *stage) visit(ctx context.Context, address string) error {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return err
	}
	response, err := s.browser.Do(request)
	if err != nil {
		return err
	}
	defer func() { _ = response.Body.Close() }()
	if response.StatusCode != http.StatusOK {
		return fmt.Errorf("the consent page answered %s", response.Status)
	}
	return nil
}

// refresh gets a new token that lives for ttl.
func refresh(ttl time.Duration) func(context.Context, *stage, string) error {
	return func(ctx context.Context, s *stage, alias string) error {
		if err := s.server.SetTTL(ttl); err != nil {
			return sandboxError(err)
		}
		return s.fresh(ctx, alias)
	}
}

func (s *stage) fresh(ctx context.Context, alias string) error {
	_, err := s.p.refresher().Fresh(ctx, s.portals[alias].ID, oauth.FreshOptions{Policy: oauth.PolicyInteractive, Force: true})
	return err
}

// expect refreshes where that has to fail in a certain way.
func (s *stage) expect(ctx context.Context, alias string, class oauth.Class) error {
	if met := oauth.ClassOf(s.fresh(ctx, alias)); met != class {
		return fmt.Errorf("the demo expected a refresh to fail as %s and met %q", class, met)
	}
	return nil
}

// call reads something from the account.
func call(target string) func(context.Context, *stage, string) error {
	return func(ctx context.Context, s *stage, alias string) error {
		response, err := s.send(ctx, alias, target)
		if err == nil && response.Failure != nil {
			err = response.Failure
		}
		return err
	}
}

// refused reads something that the grant's scopes do not allow.
func refused(target string) func(context.Context, *stage, string) error {
	return func(ctx context.Context, s *stage, alias string) error {
		response, err := s.send(ctx, alias, target)
		if err == nil && (response.Failure == nil || response.Failure.Class != oauth.ClassPermissionDenied) {
			err = fmt.Errorf("the demo expected %s to be refused", target)
		}
		return err
	}
}

func (s *stage) send(ctx context.Context, alias, target string) (api.Response, error) {
	path, query, err := api.ParseTarget(target)
	if err != nil {
		return api.Response{}, err
	}
	return s.p.runner().Send(ctx, s.portals[alias].ID, api.Request{Method: http.MethodGet, Path: path, Query: query})
}
