//go:build scoreboard

package test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	box "github.com/hsterm/hsterm/internal/sandbox"
	"github.com/hsterm/hsterm/oauth"
)

var errClockNetwork = errors.New("the connection broke while the machine slept")

// clockRecords are rows that were written by a clock that was off.
func clockRecords() []clockCase {
	var all []clockCase
	for name, d := range clockSteps() {
		all = append(all,
			clockCase{name: "a lease of a dead process, its clock " + name, run: func(s *clockScene, r *oauth.Refresher) error {
				s.jump(d)
				if err := s.leaveLease(); err != nil {
					return err
				}
				s.jump(-d)
				return s.call(r)
			}},
			clockCase{name: "a refresh held back by a clock " + name, run: func(s *clockScene, r *oauth.Refresher) error {
				s.jump(d)
				if err := s.box.AddFault(box.Fault{Route: "token", Status: 503}); err != nil {
					return err
				}
				if _, err := r.Fresh(s.t.Context(), s.portal.ID, oauth.FreshOptions{Force: true}); oauth.ClassOf(err) != oauth.ClassTransient {
					return fmt.Errorf("no failure to leave behind: %w", err)
				}
				s.jump(-d)
				s.pass(3 * time.Second)
				return s.call(r)
			}},
			clockCase{
				name: "a wait until a date, by a clock " + name, fails: oauth.ClassRateLimited,
				run: func(s *clockScene, r *oauth.Refresher) error {
					s.jump(d)
					at := s.true().Add(5 * time.Second).UTC().Format("Mon, 02 Jan 2006 15:04:05 GMT")
					if err := s.box.AddFault(box.Fault{Route: "token", Kind: "rate_limit", RetryAfter: []string{at}}); err != nil {
						return err
					}
					_, err := r.Fresh(s.t.Context(), s.portal.ID, oauth.FreshOptions{Force: true})
					return err
				},
			})
	}
	return all
}

// clockServers are servers whose clock, or whose idea of a token's life, is off.
func clockServers() []clockCase {
	all := []clockCase{
		{name: "a token that has expired when it arrives", run: func(s *clockScene, r *oauth.Refresher) error {
			if err := s.box.SetTTL(time.Second); err != nil {
				return err
			}
			s.at(atAnswer, func() { s.pass(2 * time.Second) })
			_, err := r.Fresh(s.t.Context(), s.portal.ID, oauth.FreshOptions{})
			_ = s.box.SetTTL(30 * time.Minute)
			return err
		}},
		{name: "tokens that end before they say", run: func(s *clockScene, r *oauth.Refresher) error {
			if err := errors.Join(s.box.SetTTL(5*time.Second), s.box.SetToldTTL(time.Hour)); err != nil {
				return err
			}
			err := s.call(r)
			return errors.Join(err, s.box.SetTTL(30*time.Minute), s.box.SetToldTTL(0))
		}},
		{name: "tokens that outlive what they say", run: func(s *clockScene, r *oauth.Refresher) error {
			if err := s.box.SetToldTTL(20 * time.Second); err != nil {
				return err
			}
			return errors.Join(s.call(r), s.box.SetToldTTL(0))
		}},
	}
	for name, d := range clockSteps() {
		all = append(all, clockCase{name: "the server's clock " + name, run: func(s *clockScene, r *oauth.Refresher) error {
			s.box.SetClockOffset(d)
			if err := s.call(r); err != nil {
				return err
			}
			if skew := s.meter.Skew(); (skew + d).Abs() > 2*time.Second {
				return fmt.Errorf("a server %s off is taken for %s", d, -skew)
			}
			return nil
		}})
	}
	return all
}

// clockWaiters wait for the refresh of another process, which is alive, when the
// clock they share goes wrong.
func clockWaiters() []clockCase {
	wrong := map[string]func(*clockScene){
		"sleep of 2m": func(s *clockScene) { s.nap(2 * time.Minute) },
		"sleep of 8h": func(s *clockScene) { s.nap(8 * time.Hour) },
	}
	for name, d := range clockSteps() {
		wrong[name] = func(s *clockScene) { s.jump(d) }
	}
	var all []clockCase
	for name, goWrong := range wrong {
		all = append(all, clockCase{name: name + " while another refreshes", run: func(s *clockScene, r *oauth.Refresher) error {
			held, answered, ended := make(chan struct{}), make(chan struct{}), make(chan error, 1)
			s.at(atSent, func() { close(held); <-answered })
			go func() {
				_, err := s.process("holder").Fresh(context.WithoutCancel(s.t.Context()), s.portal.ID, oauth.FreshOptions{})
				ended <- err
			}()
			<-held
			var holder error
			s.alarm(time.Second, func() { goWrong(s) })
			release := sync.OnceFunc(func() { close(answered); holder = <-ended })
			s.alarm(8*time.Second, release)
			err := s.call(r)
			release()
			return errors.Join(err, holder)
		}})
	}
	for name, d := range map[string]time.Duration{"+1h": time.Hour, "-30s": -30 * time.Second, "-90s": -90 * time.Second, "-1h": -time.Hour} {
		all = append(all, clockCase{name: name + " while waiting for one that is dead", run: func(s *clockScene, r *oauth.Refresher) error {
			if err := s.leaveLease(); err != nil {
				return err
			}
			s.alarm(time.Second, func() { s.jump(d) })
			return s.call(r)
		}})
	}
	return all
}

// leaveLease is a process that took the lease and was killed.
func (s *clockScene) leaveLease() error {
	_, ok, err := s.store.Acquire(s.t.Context(), oauth.Claim{
		PortalID: s.portal.ID, Version: s.portal.Version, Owner: "dead", AttemptID: "a", Now: s.wall, For: time.Minute,
	})
	if err != nil || !ok {
		return fmt.Errorf("no lease to leave behind: %v %w", ok, err)
	}
	return nil
}

// clockKeepers keep the portal fresh while clocks go wrong.
func clockKeepers() []clockCase {
	var all []clockCase
	keep := func(name string, goWrong func(*clockScene)) {
		all = append(all, clockCase{name: name + " while keeping fresh", run: func(s *clockScene, r *oauth.Refresher) error {
			if err := s.call(r); err != nil { // a token to begin with
				return err
			}
			ctx, cancel := context.WithCancel(s.t.Context())
			k := oauth.NewKeeper(oauth.KeeperOptions{Portals: keptScene{s, r}, Now: s.wall, Elapsed: s.mono, Rand: func() float64 { return 0 }})
			over := make(chan struct{})
			go func() { defer close(over); k.Run(ctx) }()
			goWrong(s)
			for range 3 {
				k.Look(1)
				<-time.After(20 * time.Millisecond)
			}
			cancel()
			<-over
			return s.call(r)
		}})
	}
	for name, d := range clockSteps() {
		keep(name, func(s *clockScene) { s.jump(d) })
	}
	keep("sleep of 1h", func(s *clockScene) { s.nap(time.Hour) })
	keep("sleep of 8h", func(s *clockScene) { s.nap(8 * time.Hour) })
	return all
}

// keptScene is the scene's portal, marked to be kept fresh.
type keptScene struct {
	s *clockScene
	r *oauth.Refresher
}

func (k keptScene) Portals(ctx context.Context) ([]oauth.Portal, error) {
	p, err := k.s.store.Portal(ctx, k.s.portal.ID)
	p.KeepFresh = true
	return []oauth.Portal{p}, err
}

func (k keptScene) Fresh(ctx context.Context, id int64, o oauth.FreshOptions) (oauth.Grant, error) {
	return k.r.Fresh(ctx, id, o)
}
