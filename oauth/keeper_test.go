package oauth

import (
	"testing"
	"testing/synctest"
	"time"
)

func TestKeeperWaitsForTheBufferWithOneTimer(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newShelf(kept(20 * time.Minute))
		s.keep(t, newClocks(), 0)
		pass(t, 15*time.Minute-time.Second)
		s.want(t)
		s.wantReads(t, 1)
		pass(t, 2*time.Second)
		s.want(t, tried{1, 15 * time.Minute})
		s.wantReads(t, 3) // at the start, when it was due, and when it was done
		pass(t, 25*time.Minute)
		s.want(t, tried{1, 15 * time.Minute}, tried{1, 40 * time.Minute})
		s.wantReads(t, 5)
		s.mu.Lock()
		defer s.mu.Unlock()
		if s.asked != (FreshOptions{Policy: PolicyWorker}) {
			t.Errorf("asked with %+v", s.asked)
		}
	})
}

func TestKeeperSleepsWithNothingToKeep(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newShelf()
		k, _ := s.keep(t, newClocks(), 0)
		pass(t, 24*time.Hour)
		s.wantReads(t, 1)
		k.Wake()
		synctest.Wait()
		s.wantReads(t, 2)
	})
}

func TestKeeperSpreadsProcesses(t *testing.T) {
	for _, c := range []struct {
		unit     float64
		lifetime time.Duration
		want     time.Duration // after the buffer has begun
	}{
		{0, 30 * time.Minute, 0},
		{0.5, 30 * time.Minute, 2500 * time.Millisecond},
		{1, 30 * time.Minute, 5 * time.Second},
		{1, 20 * time.Second, 2500 * time.Millisecond}, // a quarter of its buffer
		{1, 5 * time.Minute, 5 * time.Second},
	} {
		synctest.Test(t, func(t *testing.T) {
			p := kept(c.lifetime)
			p.Lifetime = c.lifetime
			s := newShelf(p)
			s.keep(t, newClocks(), c.unit)
			begins := c.lifetime - PolicyWorker.Buffer(c.lifetime)
			pass(t, begins+6*time.Second)
			s.want(t, tried{1, begins + c.want})
		})
	}
}

func TestKeeperTakesTheEarliestFirstAndFourAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newShelf(kept(-time.Second), kept(time.Second), kept(3*time.Second), kept(2*time.Second),
			kept(-time.Minute), kept(-time.Hour), kept(5*time.Second), kept(4*time.Second), kept(20*time.Minute))
		s.took = time.Second
		s.keep(t, newClocks(), 0)
		pass(t, 10*time.Minute)
		tries, most, _ := s.seen()
		if most != 4 || len(tries) != 8 {
			t.Fatalf("%d at once: %v", most, tries)
		}
		first, second := map[int64]bool{}, map[int64]bool{}
		for i, try := range tries {
			if i < 4 {
				first[try.id] = try.at == 0
			} else {
				second[try.id] = try.at == time.Second
			}
		}
		for _, id := range []int64{6, 5, 1, 2} {
			if !first[id] {
				t.Errorf("portal %d is not among the first: %v", id, tries)
			}
		}
		for _, id := range []int64{4, 3, 8, 7} {
			if !second[id] {
				t.Errorf("portal %d is not among the second: %v", id, tries)
			}
		}
	})
}

func TestKeeperLeavesOthersAlone(t *testing.T) {
	for name, change := range map[string]func(p *Portal){
		"not marked":        func(p *Portal) { p.KeepFresh = false },
		"reconnect needed":  func(p *Portal) { p.Status = StatusReconnectRequired },
		"app misconfigured": func(p *Portal) { p.Status = StatusAppMisconfigured },
		"private app":       func(p *Portal) { p.Kind = KindPrivateApp },
		"service key":       func(p *Portal) { p.Kind, p.ExpiresAt = KindServiceKey, time.Time{} },
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				p := kept(-time.Minute)
				change(&p)
				s := newShelf(p)
				s.keep(t, newClocks(), 0)
				pass(t, time.Hour)
				s.want(t)
				s.wantReads(t, 1)
			})
		})
	}
}

func TestKeeperFollowsTheStore(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newShelf(kept(20 * time.Minute))
		k, _ := s.keep(t, newClocks(), 0)
		synctest.Wait()
		s.change(1, func(p *Portal) { p.KeepFresh = false })
		k.Look(2)
		pass(t, time.Hour)
		s.want(t)
		s.wantReads(t, 2)
		k.Look(2) // nothing is new
		pass(t, time.Second)
		s.wantReads(t, 2)
		s.change(1, func(p *Portal) { p.KeepFresh = true })
		k.Look(3)
		synctest.Wait()
		s.want(t, tried{1, time.Hour + time.Second})
	})
}

func TestKeeperEndsWithItsContext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newShelf(kept(-time.Second), kept(-time.Second), kept(time.Hour))
		s.took = time.Hour
		k, stop := s.keep(t, newClocks(), 0)
		synctest.Wait()
		stop()
		if tries, _, busy := s.seen(); busy != 0 || len(tries) != 2 || time.Since(s.began) != 0 {
			t.Errorf("%d are busy after %s: %v", busy, time.Since(s.began), tries)
		}
		k.Wake() // blocks nobody
		k.Wake()
		k.Look(9)
		pass(t, 2*time.Hour)
		s.wantReads(t, 1)
	})
}
