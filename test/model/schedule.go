package model

import (
	"context"
	"runtime"
	"slices"
	"testing/synctest"
	"time"
)

// op is a step of a process that the schedule decides about. Between two steps a
// process does what no other can see.
type op string

const (
	opRead     op = "read"
	opProbe    op = "probe"
	opAcquire  op = "acquire"
	opAcquired op = "acquired" // the lease is taken, its holder does not know yet
	opRelease  op = "release"
	opSend     op = "send"    // the request is on its way
	opReceive  op = "receive" // the answer is
	opSave     op = "save"
	opRefuse   op = "refuse"
	opFail     op = "fail"
	opRecord   op = "record"
	opSleep    op = "sleep"
)

// fault is what goes wrong with a call to the store.
type fault int

const (
	faultless fault = iota
	failBefore
	failAfter // it was done, and is said not to have been
)

// resumption is how a waiting step goes on.
type resumption struct {
	crash   bool
	fault   fault
	trouble trouble
	arg     int
}

// stop is a goroutine that waits for the schedule.
type stop struct {
	call  *call
	op    op
	wake  time.Duration // of a sleep
	order int
	goOn  chan resumption
}

// park waits until the schedule lets the call go on. It does not return in a
// process that was killed.
func (c *call) park(what op, wake time.Duration) resumption {
	w := c.p.w
	s := &stop{call: c, op: what, wake: wake, goOn: make(chan resumption)}
	w.mu.Lock()
	if c.p.dead {
		w.mu.Unlock()
		runtime.Goexit()
	}
	w.arrivals++
	s.order = w.arrivals
	w.stops = append(w.stops, s)
	w.ops[what]++
	w.arrived(c, what)
	w.mu.Unlock()
	how := <-s.goOn
	if how.crash {
		runtime.Goexit()
	}
	return how
}

// waiting lists the stops in an order that only the script decides.
func (w *world) waiting(p *process) []*stop {
	w.mu.Lock()
	defer w.mu.Unlock()
	var list []*stop
	for _, s := range w.stops {
		if p == nil || s.call.p == p {
			list = append(list, s)
		}
	}
	slices.SortFunc(list, func(a, b *stop) int { return a.order - b.order })
	return list
}

// resume lets one step go on and waits until every goroutine stands again.
func (w *world) resume(s *stop, how resumption) {
	if !how.crash {
		w.tell("%s: %s %s", s.call, s.op, how.words())
		if ahead := s.wake - w.clock.elapsed(); s.op == opSleep && ahead > 0 {
			w.clock.pass(ahead)
		}
		w.steps++
	}
	w.mu.Lock()
	w.stops = slices.DeleteFunc(w.stops, func(other *stop) bool { return other == s })
	w.mu.Unlock()
	s.goOn <- how
	synctest.Wait()
}

func (how resumption) words() string {
	switch {
	case how.fault == failBefore:
		return "(fails)"
	case how.fault == failAfter:
		return "(is done, and said to fail)"
	}
	return string(how.trouble)
}

// runOn lets a process do up to most steps; it stops before one that until holds
// for, and tells whether it came to that.
func (w *world) runOn(p *process, most int, until func(*stop) bool) bool {
	for range most {
		list := w.waiting(p)
		if len(list) == 0 || w.broken() {
			return false
		}
		s := list[0]
		for _, other := range list {
			if other.op != opSleep {
				s = other // sleeping is what is done when there is nothing else
				break
			}
		}
		if until != nil && until(s) {
			return true
		}
		w.resume(s, resumption{})
	}
	return false
}

// settle runs everything to its end and tells whether there was one.
func (w *world) settle() bool {
	const most = 4000
	for range most {
		list := w.waiting(nil)
		if len(list) == 0 {
			return true
		}
		next := slices.MinFunc(list, func(a, b *stop) int {
			if a.wake != b.wake {
				return int(a.wake - b.wake) // what does not sleep has 0
			}
			return a.order - b.order
		})
		w.resume(next, resumption{})
		if w.broken() {
			return true
		}
	}
	return false
}

// kill ends goroutines that wait, as the end of their process would.
func (w *world) kill(p *process) {
	w.mu.Lock()
	p.dead = true
	w.mu.Unlock()
	p.cancel()
	synctest.Wait()
	for _, s := range w.waiting(p) {
		w.resume(s, resumption{crash: true})
	}
}

// callKey finds the call that a refresh was begun by in the context it runs in.
type callKey struct{}

func callOf(ctx context.Context) *call {
	c, _ := ctx.Value(callKey{}).(*call)
	return c
}
