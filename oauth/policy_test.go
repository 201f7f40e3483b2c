package oauth

import (
	"testing"
	"testing/synctest"
	"time"
)

func TestBuffersOfProcessesDiffer(t *testing.T) {
	for _, c := range []struct {
		policy    Policy
		lifetime  time.Duration
		unit      float64
		want      time.Duration
		unchanged time.Duration // the list's
	}{
		{PolicyInteractive, 30 * time.Minute, 0, 2 * time.Minute, 2 * time.Minute},
		{PolicyInteractive, 30 * time.Minute, 0.5, 123 * time.Second, 2 * time.Minute},
		{PolicyInteractive, 30 * time.Minute, 1, 126 * time.Second, 2 * time.Minute},
		{PolicyInteractive, 0, 1, 126 * time.Second, 2 * time.Minute},
		{PolicyWorker, 30 * time.Minute, 1, 315 * time.Second, 5 * time.Minute},
		{PolicyFleet, 30 * time.Minute, 1, 189 * time.Second, 3 * time.Minute},
		{PolicyInteractive, 3 * time.Minute, 1, 90 * time.Second, 90 * time.Second}, // half of it and no more
		{PolicyInteractive, 245 * time.Second, 1, 122500 * time.Millisecond, 2 * time.Minute},
		{PolicyInteractive, time.Second, 1, 500 * time.Millisecond, 500 * time.Millisecond},
	} {
		if got := c.policy.spreadBuffer(c.lifetime, c.unit); got != c.want {
			t.Errorf("%v %v %v: %v, want %v", c.policy, c.lifetime, c.unit, got, c.want)
		}
		if got := c.policy.Buffer(c.lifetime); got != c.unchanged {
			t.Errorf("%v %v: %v, want %v", c.policy, c.lifetime, got, c.unchanged)
		}
	}
}

// A process draws its place once, not at every look; a TTL that was named is exact.
func TestAProcessKeepsItsBuffer(t *testing.T) {
	for _, c := range []struct {
		ttl    time.Duration
		minTTL time.Duration
		want   int
	}{
		{124 * time.Second, 0, 0},
		{122 * time.Second, 0, 1},
		{122 * time.Second, 2 * time.Minute, 0},
		{119 * time.Second, 2 * time.Minute, 1},
	} {
		synctest.Test(t, func(t *testing.T) {
			s := newScene(c.ttl)
			draws := []float64{0.5, 1} // the second would make all of them due
			r := NewRefresher(RefresherOptions{Store: s.store, Client: s.server, Owner: "one", Rand: func() float64 {
				unit := draws[0]
				draws = draws[min(1, len(draws)-1):]
				return unit
			}})
			_, err := r.Fresh(t.Context(), 1, FreshOptions{MinTTL: c.minTTL})
			s.want(t, err, "", c.want)
		})
	}
}
