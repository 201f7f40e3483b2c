package model

import "time"

// epoch is the wall clock's time when a run begins.
const epoch = 1_793_707_200 // 3 November 2026, 12:00 UTC

// clock is the machine's: one that only goes on, and one on the wall that is set,
// and that also goes on while the machine sleeps. In a bubble of testing/synctest
// nothing takes time but what the schedule lets pass.
type clock struct {
	began time.Time
	ahead time.Duration // the wall clock is further than the other by this
	jumps int
}

func newClock() *clock { return &clock{began: time.Now()} }

func (c *clock) elapsed() time.Duration { return time.Since(c.began) }

func (c *clock) now() time.Time {
	return time.Unix(epoch, 0).UTC().Add(c.elapsed() + c.ahead)
}

// pass lets time go by on both clocks.
func (c *clock) pass(d time.Duration) { time.Sleep(d) }

// jump moves the wall clock alone: somebody set it, or the machine slept.
func (c *clock) jump(d time.Duration) { c.ahead, c.jumps = c.ahead+d, c.jumps+1 }
