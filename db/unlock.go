package db

import (
	"context"

	"github.com/hsterm/hsterm/oauth"
)

// Locked tells whether the secrets cannot be read yet.
func (s *Store) Locked() bool { return s.sealer.Load() == nil }

// KeySource tells where the key is kept, "" before the first use.
func (s *Store) KeySource() string {
	source, _ := s.source.Load().(Source)
	return string(source)
}

// Unlock makes the secrets readable. On a store without a key it first chooses
// where to keep one and remembers that. It does nothing on an unlocked store,
// and may be called again after a failure. Failures are *oauth.Error.
func (s *Store) Unlock(ctx context.Context) error {
	if !s.Locked() {
		return nil
	}
	select {
	case s.unlocking <- struct{}{}:
		defer func() { <-s.unlocking }()
	case <-ctx.Done():
		return s.explain(ctx.Err())
	}
	if !s.Locked() {
		return nil
	}
	return s.explain(s.unlock(ctx))
}

func (s *Store) unlock(ctx context.Context) error {
	source, err := s.rememberedSource(ctx)
	if err != nil {
		return err
	}
	if source == "" {
		key, err := s.firstUse(ctx)
		if err != nil {
			return err
		}
		if source, err = s.rememberedSource(ctx); err != nil {
			return err
		}
		if key != nil {
			s.sealer.Store(key)
			return nil
		}
	}
	if wanted := s.keys.source(); wanted != SourceAuto && wanted != source {
		return &oauth.Error{
			Class:   oauth.ClassUsage,
			Message: "The key of this store comes from " + source.describe() + ", not from " + wanted.describe() + ".",
			Hint:    "Leave out --keyring (and HSTERM_KEYRING), or set it to " + string(source) + ".",
		}
	}
	key, err := s.openSlot(ctx, source)
	if err != nil {
		return err
	}
	if err := s.checkSentinel(ctx, key); err != nil {
		return err
	}
	s.sealer.Store(key)
	return nil
}

func (s *Store) rememberedSource(ctx context.Context) (Source, error) {
	var source Source
	var install string
	err := s.read(ctx, func() error {
		return s.pool.QueryRowContext(ctx, sqlIdentity).Scan(&install, &source)
	})
	if err == nil {
		s.source.Store(source)
	}
	return source, err
}

// firstUse gives the store its data key. Several processes may do so at once:
// the wrapping key is kept first, then one of them is remembered, and the others
// take their keys back and get nil.
func (s *Store) firstUse(ctx context.Context) (*sealer, error) {
	source, err := s.keys.choose(ctx)
	if err != nil {
		return nil, err
	}
	sl := slot{id: random(8), source: source}
	keeper := s.keys.vault(source, s.path, s.install)
	wrapping, err := keeper.create(ctx, &sl)
	if err != nil {
		return nil, err
	}
	dataKey := newKey()
	key, err := newSealer(dataKey, s.install)
	if err != nil {
		return nil, err
	}
	if err := sl.wrap(wrapping, dataKey, s.install); err != nil {
		keeper.discard(ctx, sl)
		return nil, keeper.wrong(sl)
	}
	ok, err := s.claim(ctx, sl, key, s.now())
	if err != nil {
		return nil, err // the claim may yet be stored: the key stays
	}
	if !ok {
		keeper.discard(ctx, sl)
		return nil, nil
	}
	return key, nil
}

// openSlot unwraps the data key.
func (s *Store) openSlot(ctx context.Context, source Source) (*sealer, error) {
	sl, err := s.loadSlot(ctx, source)
	if err != nil {
		return nil, err
	}
	keeper := s.keys.vault(source, s.path, s.install)
	for try := 1; ; try++ {
		wrapping, err := keeper.fetch(ctx, sl, try)
		if err != nil {
			return nil, err
		}
		dataKey, ok, err := sl.unwrap(wrapping, s.install)
		switch {
		case err != nil:
			return nil, failure(err, "The key slot of the store "+s.path+" was changed: the key is right, but it does not open it.", hintRestore)
		case ok:
			return newSealer(dataKey, s.install)
		case try >= keeper.tries():
			return nil, keeper.wrong(sl)
		}
	}
}
