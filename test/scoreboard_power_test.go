//go:build scoreboard

package test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"testing"

	"golang.org/x/sync/errgroup"

	"github.com/hsterm/hsterm/test/powercut"
)

// atOnce is how many images are looked at at once: most of the time they wait for
// the disk.
const atOnce = 6

// verdicts are what can be said of the image of a power cut.
type verdicts struct {
	mu     sync.Mutex
	images int
	lost   int      // acknowledged commits are missing
	broken int      // it does not open, or holds what never was
	said   []string // of the first few
}

func (v *verdicts) add(lost, broken bool, how string) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.images++
	switch {
	case broken:
		v.broken++
	case lost:
		v.lost++
	default:
		return
	}
	if len(v.said) < 5 {
		v.said = append(v.said, how)
	}
}

// TestRow05PowerCuts does real work on a store while everything SQLite does to
// its files is recorded, and cuts the power in that recording again and again.
// Every image has to open and to hold one moment of the history, not older than
// the last commit that somebody was told of. As a control the same is done with
// synchronous=NORMAL, which has to lose some: else the cuts would prove nothing.
func TestRow05PowerCuts(t *testing.T) {
	weakened := newWeak()
	start := seed(t)
	full, control := &verdicts{}, &verdicts{}
	for _, c := range []struct {
		name     string
		work     func(*testing.T, *scene)
		weak     *weak
		images   int
		verdicts *verdicts
	}{
		{"first start", firstStart, nil, trials(80, 800), full},
		{"one writer", oneWriter, nil, trials(180, 2000), full},
		{"eight writers", eightWriters, nil, trials(140, 1600), full},
		{"one writer, synchronous=NORMAL", oneWriter, weakened, trials(100, 1000), control},
	} {
		sc := newScene(t, c.weak)
		c.work(t, sc)
		c.weak.off()
		recording, err := sc.recorder.Stop()
		if err != nil {
			t.Fatal(err)
		}
		images, lost, broken := c.verdicts.images, c.verdicts.lost, c.verdicts.broken
		h := sc.cut(t, recording, c.images, start, c.verdicts)
		t.Logf("%s: %d changes, %d states, %d facts told; %d images: %d lost, %d broken", c.name, recording.Len(), len(h.index),
			h.told, c.verdicts.images-images, c.verdicts.lost-lost, c.verdicts.broken-broken)
	}
	if full.lost+full.broken > 0 {
		t.Errorf("%d images lost an acknowledged commit, %d did not open:\n%v", full.lost, full.broken, full.said)
	}
	if control.lost == 0 || control.broken > 0 {
		t.Errorf("with synchronous=NORMAL %d of %d images lost a commit and %d did not open; some have to lose, all to open\n%v",
			control.lost, control.images, control.broken, control.said)
	}
	publish(t, score{
		Row: 5, Figure: "power cuts rebuilt from recorded writes", Seed: start,
		Count: fmt.Sprintf("%d images, %d lost, %d do not open; control synchronous=NORMAL: %d of %d lost",
			full.images, full.lost, full.broken, control.lost, control.images),
	})
}

// cut makes images of cuts all over a recording and judges them.
func (sc *scene) cut(t *testing.T, recording *powercut.Recording, images int, seed uint64, v *verdicts) *history {
	t.Helper()
	h := sc.history(t, recording)
	rng := rand.New(rand.NewPCG(seed, 5))
	cuts := map[int]int{}
	for range images {
		cuts[rng.IntN(recording.Len()+1)]++
	}
	group, ctx := errgroup.WithContext(t.Context())
	group.SetLimit(atOnce)
	disk, number := recording.Disk(), 0
	for more := true; more; more = disk.Next() {
		for range cuts[disk.Done()] {
			number++
			image, how := disk.Cut(rng)
			floor := h.floor(disk.Acknowledged())
			folder := filepath.Join(sc.images, fmt.Sprint("image-", number))
			group.Go(func() error {
				lost, broken, why := h.judge(ctx, image, folder, floor)
				v.add(lost, broken, how+why)
				return os.RemoveAll(folder)
			})
		}
	}
	if err := group.Wait(); err != nil {
		t.Fatal(err)
	}
	return h
}

// history is what a store went through: the states in the order of its commits.
type history struct {
	index map[string]int // number of a state, by its digest
	first map[string]int // number of the first state in which a fact holds
	told  int            // facts of which somebody was told
}

// history reads the state after every commit of a recording.
func (sc *scene) history(t *testing.T, recording *powercut.Recording) *history {
	t.Helper()
	h := &history{index: map[string]int{}, first: map[string]int{}}
	disk := recording.Disk()
	for _, s := range sc.states(t, recording, disk) {
		if _, known := h.index[s.digest]; known {
			continue
		}
		h.index[s.digest] = len(h.index)
		for _, fact := range s.facts {
			if _, known := h.first[fact]; !known {
				h.first[fact] = h.index[s.digest]
			}
		}
	}
	for _, fact := range disk.Acknowledged() {
		if _, known := h.first[fact]; !known {
			t.Fatalf("somebody was told %q, which never was", fact)
		}
	}
	h.told = len(disk.Acknowledged())
	return h
}

// states plays a recording to its end and reads the store wherever it may have
// changed, with the power on.
func (sc *scene) states(t *testing.T, recording *powercut.Recording, disk *powercut.Disk) []storeState {
	t.Helper()
	states := make([]storeState, recording.Len()+1)
	group, ctx := errgroup.WithContext(t.Context())
	group.SetLimit(atOnce)
	for disk.Next() {
		n, image := disk.Done(), disk.Whole()
		if _, there := image[databaseName]; !there || !disk.Changed() {
			continue
		}
		group.Go(func() (err error) {
			folder := filepath.Join(sc.images, fmt.Sprint("state-", n))
			if states[n], err = readImage(ctx, image, folder); err != nil {
				return fmt.Errorf("with the power on, after %d of %d: %w", n, recording.Len(), err)
			}
			return os.RemoveAll(folder)
		})
	}
	if err := group.Wait(); err != nil {
		t.Fatal(err)
	}
	return slices.DeleteFunc(states, func(s storeState) bool { return s.digest == "" })
}

// floor is the number of the oldest state that agrees with all that was told;
// -1 when nothing was.
func (h *history) floor(told []string) int {
	floor := -1
	for _, fact := range told {
		floor = max(floor, h.first[fact])
	}
	return floor
}

// judge opens an image as the next start of the program would.
func (h *history) judge(ctx context.Context, image powercut.Image, folder string, floor int) (lost, broken bool, why string) {
	_, there := image[databaseName]
	s, err := readImage(ctx, image, folder)
	if err != nil {
		return false, true, ": " + err.Error()
	}
	if !there { // the start made a new store
		return floor >= 0, false, ": there is no store"
	}
	number, known := h.index[s.digest]
	if !known {
		return false, true, ": holds what never was"
	}
	return number < floor, false, ": lacks what was told"
}
