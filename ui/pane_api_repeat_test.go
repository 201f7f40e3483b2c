package ui

import (
	"context"
	"testing"
	"time"

	"github.com/hsterm/hsterm/internal/api"
	"github.com/hsterm/hsterm/oauth"
)

func TestAPITimesARead(t *testing.T) {
	for _, size := range [][2]int{{120, 36}, {80, 24}} {
		play(t, scenario, size[0], size[1], frozen, func(s *stage) {
			p := s.answers(200, "application/json", oneContact, nil)
			good := p.send
			p.send = func(ctx context.Context, id int64, r api.Request) (api.Response, error) {
				response, err := good(ctx, id, r)
				response.Elapsed = time.Duration(len(p.sent)) * 10 * time.Millisecond
				return response, err
			}
			s.find("list contacts")
			s.press("enter", "T", "enter")
			s.sees("20 of 20", "✓ done", "p50", "110 ms", "p95", "200 ms", "fastest", "20 ms", "slowest", "210 ms", "97 of 110 left")
			if len(p.sent) != 21 {
				s.t.Errorf("sent %d", len(p.sent))
			}
			s.press("T", "ctrl+u")
			s.typeText("0")
			s.press("enter")
			s.sees("a number from 2 to 200")
			s.press("backspace")
			s.typeText("3")
			s.press("enter")
			s.sees("3 of 3")
			s.press("esc")
			s.sees("200 OK")
		})
	}
}

// It ends with a failure, before the rate limit does, and with esc.
func TestAPIRepetitionStops(t *testing.T) {
	play(t, scenario, 120, 36, nil, func(s *stage) {
		p := s.answers(200, "application/json", oneContact, nil)
		s.find("list contacts")
		s.press("enter")
		p.send = func(context.Context, int64, api.Request) (api.Response, error) {
			return api.Response{Status: 200, Elapsed: time.Millisecond, Limits: api.RateLimits{Max: 110, Remaining: 13 - len(p.sent)}}, nil
		}
		s.press("T", "enter")
		s.sees("2 of 20", "stopped", "10 of 110 calls are left")
		p.send = func(context.Context, int64, api.Request) (api.Response, error) {
			return api.Response{Status: 429, Failure: &oauth.Error{Class: oauth.ClassRateLimited, Message: "Too many calls."}}, nil
		}
		s.press("T", "enter")
		s.sees("1 of 20", "Too many calls.")
		p = s.answers(200, "application/json", oneContact, nil)
		p.slow(time.Second)
		s.press("T", "enter")
		s.pass(2500 * time.Millisecond)
		s.sees("2 of 20", "esc stop")
		s.press("esc")
		s.pass(5 * time.Second)
		s.sees("2 of 20", "stopped")
		if len(p.sent) != 3 {
			s.t.Errorf("sent %d", len(p.sent))
		}
	})
}

// What changes something is not sent many times.
func TestAPIRepeatsReadsOnly(t *testing.T) {
	play(t, scenario, 120, 36, frozen, func(s *stage) {
		p := s.answers(201, "application/json", `{"id":"9"}`, nil)
		s.find("create contact")
		s.press("enter", "enter", "T")
		s.sees("only what reads is sent many times", "201 Created")
		if len(p.sent) != 1 {
			s.t.Errorf("sent %d", len(p.sent))
		}
	})
}
