//go:build failpoint && linux

package cli

import (
	"context"
	"net"
	"net/http"

	"github.com/hsterm/hsterm/oauth"
)

// around puts the points around what a refresher works with; the refresher itself
// has none.
func (f *failpoints) around(o oauth.RefresherOptions) oauth.RefresherOptions {
	if f.lease > 0 {
		o.Lease, o.Timeout = f.lease, f.lease/6
	}
	if f.point == "" {
		return o
	}
	if logged, ok := f.http().HTTP.Transport.(logTransport); ok {
		if transport, ok := logged.base.(*http.Transport); ok {
			transport.DialContext = pointedDial{f, transport.DialContext}.dial
		}
	}
	o.Store, o.Client = pointedStore{o.Store, f}, pointedEndpoint{o.Client, f}
	return o
}

type pointedStore struct {
	oauth.Store
	points *failpoints
}

func (s pointedStore) Probe(ctx context.Context) error {
	s.points.at("before-probe")
	return s.Store.Probe(ctx)
}

func (s pointedStore) Acquire(ctx context.Context, claim oauth.Claim) (oauth.Lease, bool, error) {
	s.points.at("before-acquire")
	lease, ok, err := s.Store.Acquire(ctx, claim)
	if ok {
		s.points.at("after-acquire")
	}
	return lease, ok, err
}

func (s pointedStore) Save(ctx context.Context, save oauth.Save) (bool, error) {
	s.points.saving.Store(true)
	ok, err := s.Store.Save(ctx, save)
	s.points.saving.Store(false)
	if ok {
		s.points.at("after-save")
	}
	return ok, err
}

func (s pointedStore) Refuse(ctx context.Context, lease oauth.Lease, version int64, refusal oauth.Refusal) (bool, error) {
	s.points.at("before-refuse")
	defer s.points.at("after-refuse")
	return s.Store.Refuse(ctx, lease, version, refusal)
}

func (s pointedStore) Fail(ctx context.Context, lease oauth.Lease, failure oauth.Failure) (bool, error) {
	s.points.at("before-fail")
	defer s.points.at("after-fail")
	return s.Store.Fail(ctx, lease, failure)
}

type pointedEndpoint struct {
	oauth.TokenEndpoint
	points *failpoints
}

func (e pointedEndpoint) Refresh(ctx context.Context, app oauth.App, refresh oauth.Secret) (oauth.Token, error) {
	e.points.at("before-send")
	e.points.sending.Store(true)
	token, err := e.TokenEndpoint.Refresh(ctx, app, refresh)
	e.points.sending.Store(false)
	if err == nil {
		e.points.at("after-answer")
	}
	return token, err
}

type pointedDial struct {
	points *failpoints
	next   func(ctx context.Context, network, address string) (net.Conn, error)
}

func (d pointedDial) dial(ctx context.Context, network, address string) (net.Conn, error) {
	conn, err := d.next(ctx, network, address)
	if err != nil {
		return nil, err
	}
	return pointedConn{conn, d.points}, nil
}

// pointedConn knows when a request is with the kernel, which net/http's traces do
// not: they tell of it while it is still in a buffer.
type pointedConn struct {
	net.Conn
	points *failpoints
}

func (c pointedConn) Write(b []byte) (int, error) {
	c.points.wire.Lock()
	defer c.points.wire.Unlock()
	n, err := c.Conn.Write(b)
	if err == nil && c.points.sending.Load() {
		c.points.at("on-the-wire")
	}
	return n, err
}

// Read holds an answer back while the point is being acted on: net/http writes and
// reads on two goroutines.
func (c pointedConn) Read(b []byte) (int, error) {
	n, err := c.Conn.Read(b)
	c.points.wire.Lock()
	defer c.points.wire.Unlock()
	return n, err
}
