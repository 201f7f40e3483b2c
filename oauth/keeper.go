package oauth

import (
	"context"
	"sync"
	"time"
)

// KeptPortals is what a [Keeper] needs of the store and of a [Refresher].
type KeptPortals interface {
	// Portals returns all that may be refreshed without asking anybody: none
	// while the secrets are locked.
	Portals(ctx context.Context) ([]Portal, error)
	Fresh(ctx context.Context, portalID int64, o FreshOptions) (Grant, error)
}

// Bounds of keeping fresh.
const (
	keeperLimit  = 4                // refreshes at the same time
	keeperRest   = 30 * time.Second // after a try that changed nothing in the store
	keeperPace   = 5 * time.Second  // after any try: some servers' tokens live for a second
	keeperSpread = 5 * time.Second  // within which processes on one store begin
)

// KeeperOptions are the parts of a [Keeper]. Portals is required; nil seams are
// the system's.
type KeeperOptions struct {
	Portals KeptPortals

	Now     func() time.Time
	Elapsed func() time.Duration // monotonic: stands still while the machine sleeps
	Rand    func() float64       // 0 to 1
}

// Keeper refreshes the portals that are marked KeepFresh before their tokens run
// out, while it runs. It waits for the earliest of them with one timer and does
// nothing in between, so whoever polls the store tells it of changes with
// [Keeper.Look], and it is told of others with [Keeper.Wake].
type Keeper struct {
	o     KeeperOptions
	unit  float64 // this process's place in the spread, 0 to 1
	wakes chan struct{}

	mu       sync.Mutex
	revision int64
	planned  moment // when the plan was made that is being followed; zero for none
}

// NewKeeper returns a Keeper that does not run yet.
func NewKeeper(o KeeperOptions) *Keeper {
	o.Now, o.Elapsed = clockOr(o.Now), elapsedOr(o.Elapsed)
	if o.Rand == nil {
		o.Rand = randomUnit
	}
	return &Keeper{o: o, unit: o.Rand(), wakes: make(chan struct{}, 1)}
}

// Wake has the portals read again. It never blocks, and wakes a Keeper that does
// not run yet when it does.
func (k *Keeper) Wake() {
	select {
	case k.wakes <- struct{}{}:
	default: // one wake is as good as two
	}
}

// Look is for whoever polls the store, with the revision found. It costs a look
// at the clocks and wakes the Keeper when the revision is another one, or when
// the machine slept or its clock was set: a timer knows nothing of either.
func (k *Keeper) Look(revision int64) {
	k.mu.Lock()
	changed := revision != k.revision || k.jumped(k.moment())
	k.revision = revision
	k.mu.Unlock()
	if changed {
		k.Wake()
	}
}

func (k *Keeper) moment() moment { return moment{k.o.Now().Round(0), k.o.Elapsed()} }

// jumped tells whether the clocks went apart since the plan was made.
func (k *Keeper) jumped(now moment) bool {
	return !k.planned.wall.IsZero() && now.apart(k.planned).Abs() > sleepLimit
}

// spread is how much later than it could this process begins. It is never more
// than limit.
func (k *Keeper) spread(limit time.Duration) time.Duration {
	return time.Duration(k.unit * float64(min(keeperSpread, limit)))
}

// Run keeps portals fresh until ctx ends; then it returns as soon as its calls
// have. A refresh that was sent goes on in the Refresher, as it does for every
// caller that stops waiting. Failures are in the portal's events; Run goes on.
// One Run at a time.
func (k *Keeper) Run(ctx context.Context) {
	v := &vigil{Keeper: k, ended: make(chan int64), running: map[int64]bool{}, tried: map[int64]try{}}
	defer v.leave()
	timer := time.NewTimer(0)
	defer timer.Stop()
	for ctx.Err() == nil {
		select {
		case <-ctx.Done():
			return
		case <-timer.C:
		case <-k.wakes:
		case id := <-v.ended:
			v.rest(id)
		}
		if wait, ok := v.plan(ctx); ok {
			timer.Reset(wait)
		} else {
			timer.Stop()
		}
	}
}
