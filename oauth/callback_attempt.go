package oauth

import (
	"crypto/subtle"
	"sync"
	"time"
)

// verdict is what became of one request or pasted address.
type verdict int

// The verdicts. From verdictAccepted on, the state was right and the attempt is
// used up; before that, nothing has changed.
const (
	verdictUnreadable verdict = iota // query not readable
	verdictDoubled                   // a parameter twice
	verdictStateless                 // no state
	verdictForeign                   // the state of another login
	verdictReplayed                  // the right state, but the answer is already in
	verdictOver                      // the right state after timeout or cancel
	verdictAccepted
	verdictDenied  // error=access_denied
	verdictRefused // any other error
	verdictNoCode
	verdictBadCode
)

// attempt is one login that waits for its answer. Whoever shows the right state
// first takes it; everything else leaves it as it is.
type attempt struct {
	state    string
	deadline time.Time
	now      func() time.Time
	redirect string

	done chan struct{} // closed once the outcome is known

	mu      sync.Mutex
	taken   bool
	settled bool
	code    Secret
	err     error // nil when a code came
}

func newAttempt(state, redirectURI string, deadline time.Time, now func() time.Time) *attempt {
	return &attempt{state: state, redirect: redirectURI, deadline: deadline, now: now, done: make(chan struct{})}
}

// offer shows an answer to the attempt. When the state is right, and for the
// first time, the attempt is taken: the caller must settle it, at once or after
// the browser has got its page, with the outcome that comes back.
func (a *attempt) offer(rawQuery string) (verdict, outcome) {
	answer, err := parseCallbackQuery(rawQuery)
	switch {
	case err == errDoubled:
		return verdictDoubled, outcome{}
	case err != nil:
		return verdictUnreadable, outcome{}
	case answer.state == "":
		return verdictStateless, outcome{}
	case subtle.ConstantTimeCompare([]byte(answer.state), []byte(a.state)) != 1:
		return verdictForeign, outcome{}
	}
	if v := a.take(); v != verdictAccepted {
		return v, outcome{}
	}
	return a.judge(answer)
}

// take uses the attempt up, for one caller.
func (a *attempt) take() verdict {
	a.mu.Lock()
	defer a.mu.Unlock()
	switch {
	case a.taken && a.err == nil:
		return verdictReplayed
	case a.taken, a.now().After(a.deadline):
		// The timer that ends the attempt stands still while the machine sleeps;
		// the wall clock does not.
		return verdictOver
	}
	a.taken = true
	return verdictAccepted
}

// settle makes the outcome of a taken attempt known.
func (a *attempt) settle(o outcome) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.settled {
		return
	}
	a.settled, a.code, a.err = true, o.code, o.err
	close(a.done)
}

// end gives the attempt up, unless an answer has taken it.
func (a *attempt) end(err error) {
	a.mu.Lock()
	if a.taken {
		a.mu.Unlock()
		return
	}
	a.taken = true
	a.mu.Unlock()
	a.settle(outcome{err: err})
}

// result returns the outcome; only after done is closed.
func (a *attempt) result() (Secret, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.code, a.err
}
