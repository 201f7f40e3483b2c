package cli

import (
	"io"
	"time"
)

// sequenceGap is the longest pause within what a terminal sends for one key. An
// escape followed by nothing for so long is the escape key.
const sequenceGap = 50 * time.Millisecond

// keyReader reads a terminal byte by byte, never more than it is asked for, and
// can look whether the next byte follows at once.
type keyReader struct {
	r     io.Reader
	got   chan keyRead
	asked bool     // a read is under way or its result waits in got
	ahead *keyRead // looked at, not yet taken
}

type keyRead struct {
	key byte
	err error
}

func newKeyReader(r io.Reader) *keyReader { return &keyReader{r: r, got: make(chan keyRead, 1)} }

// ask starts a read unless one is under way.
func (k *keyReader) ask() {
	if k.asked {
		return
	}
	k.asked = true
	go func() {
		one := make([]byte, 1)
		n, err := k.r.Read(one)
		switch {
		case n > 0:
			err = nil
		case err == nil:
			err = io.EOF
		}
		k.got <- keyRead{one[0], err}
	}()
}

// next waits for the next byte; [io.EOF] ends them.
func (k *keyReader) next() (byte, error) {
	if k.ahead == nil {
		k.ask()
		read := <-k.got
		k.asked, k.ahead = false, &read
	}
	read := *k.ahead
	k.ahead = nil
	return read.key, read.err
}

// peek looks at a byte that follows at once and leaves it to next.
func (k *keyReader) peek() (byte, bool) {
	if k.ahead == nil {
		k.ask()
		gap := time.NewTimer(sequenceGap)
		defer gap.Stop()
		select {
		case read := <-k.got:
			k.asked, k.ahead = false, &read
		case <-gap.C:
			return 0, false
		}
	}
	return k.ahead.key, k.ahead.err == nil
}

// skipSequence takes what follows the escape of a key such as an arrow, up to
// its final byte. It is false after an escape that begins no such sequence.
func (k *keyReader) skipSequence() bool {
	intro, follows := k.peek()
	if !follows || intro != '[' && intro != 'O' {
		return false
	}
	_, _ = k.next()
	for {
		key, follows := k.peek()
		if !follows || key < ' ' || key == del {
			return true // cut short: what comes next is a key of its own
		}
		_, _ = k.next()
		if key >= '@' {
			return true
		}
	}
}
