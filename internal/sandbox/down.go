package sandbox

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"time"
)

const maxDown = 5 * time.Minute

// GoDown closes the port for a while, 1 s to 5 min: connections are refused, and the open
// ones have ended. The sandbox comes back by itself, on the same port.
func (s *Server) GoDown(d time.Duration) error {
	if d < time.Second || d > maxDown {
		return fmt.Errorf("sandbox: down for %s; choose 1 s to %s", d, maxDown)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.listener == nil {
		return errors.New("sandbox: it listens nowhere, so there is no port to close")
	}
	s.down = d
	s.http.SetKeepAlivesEnabled(false)
	return s.listener.Close()
}

// serveOn answers until the listener is closed, and once more when that was GoDown.
func (s *Server) serveOn(ctx context.Context, l net.Listener) error {
	for {
		err := s.http.Serve(l)
		if errors.Is(err, http.ErrServerClosed) {
			return nil
		}
		s.mu.Lock()
		d := s.down
		s.down = 0
		s.mu.Unlock()
		if d == 0 {
			return fmt.Errorf("sandbox: serving stopped: %w", err)
		}
		if !s.pause(ctx, d) {
			return nil
		}
		if l, err = s.comeBack(l.Addr().String()); err != nil {
			return err
		}
	}
}

func (s *Server) comeBack(addr string) (net.Listener, error) {
	l, err := net.Listen("tcp", addr)
	if err != nil {
		return nil, fmt.Errorf("sandbox: cannot listen on %s again: %w", addr, err)
	}
	s.http.SetKeepAlivesEnabled(true)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.listener = l // a Serve after Close closes it at once
	return l, nil
}
