package db

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"database/sql"
	"time"
)

// slot is one way to the data key: the data key wrapped under a key that the
// slot's source keeps.
type slot struct {
	id        string
	source    Source
	params    string // of the source, such as salt and cost of a passphrase
	wrapped   []byte
	wrapCheck []byte // tells a wrong wrapping key from a changed slot
}

// vault keeps the wrapping key of a slot in one kind of place.
type vault interface {
	// create makes and keeps a wrapping key; it may set the slot's params.
	create(ctx context.Context, s *slot) (key []byte, err error)
	// fetch finds the wrapping key of a slot; try counts from 1.
	fetch(ctx context.Context, s slot, try int) (key []byte, err error)
	// tries is how often fetch may be asked, for a person who mistypes.
	tries() int
	// wrong explains that what fetch found is not the key of this slot.
	wrong(s slot) error
	// discard undoes a create whose slot was not stored after all.
	discard(ctx context.Context, s slot)
}

// vault returns the keeper of a source's keys. The path is the database's.
func (k KeyOptions) vault(source Source, path, install string) vault {
	switch source {
	case SourceSystem:
		return systemVault{ring: k.system(), records: k.records(path, install)}
	case SourceFile:
		return fileVault{records: k.records(path, install)}
	case SourcePassphrase:
		return passphraseVault{keys: k, path: path}
	case SourceEnv:
		return envVault{keys: k}
	default:
		return memoryVault{key: k.Memory}
	}
}

// place of the wrapped data key; a wrapping key seals nothing else.
func (s slot) place() place {
	return place{table: "key_slots", column: "wrapped", row: s.id, clientID: string(s.source) + " " + s.params}
}

// wrap fills the slot with the data key under the wrapping key.
func (s *slot) wrap(wrapping, dataKey []byte, install string) error {
	w, err := newSealer(wrapping, install)
	if err != nil {
		return err
	}
	s.wrapCheck = w.check
	s.wrapped = w.seal(dataKey, s.place())
	return nil
}

// unwrap returns the data key. ok is false when the wrapping key is not the
// slot's.
func (s slot) unwrap(wrapping []byte, install string) (dataKey []byte, ok bool, err error) {
	w, err := newSealer(wrapping, install)
	if err != nil {
		return nil, false, nil
	}
	if subtle.ConstantTimeCompare(w.check, s.wrapCheck) != 1 {
		return nil, false, nil
	}
	dataKey, err = w.open(s.wrapped, s.place())
	return dataKey, true, err
}

func newKey() []byte {
	key := make([]byte, keySize)
	_, _ = rand.Read(key) // never fails
	return key
}

const (
	sqlSlot = `SELECT id, source, params, wrapped, wrap_check FROM key_slots
		WHERE source = ? ORDER BY created_at LIMIT 1`
	sqlAddSlot = `INSERT INTO key_slots (id, source, params, wrapped, wrap_check, created_at)
		VALUES (?, ?, ?, ?, ?, ?)`
	sqlClaimKey = `UPDATE meta SET key_source = ?, key_check = ?, sentinel = ?
		WHERE id = 1 AND key_source = ''`
)

func (s *Store) loadSlot(ctx context.Context, source Source) (slot, error) {
	var sl slot
	err := s.read(ctx, func() error {
		return s.pool.QueryRowContext(ctx, sqlSlot, source).
			Scan(&sl.id, &sl.source, &sl.params, &sl.wrapped, &sl.wrapCheck)
	})
	return sl, err
}

// claim stores the first slot. ok is false when another process was faster.
func (s *Store) claim(ctx context.Context, sl slot, key *sealer, at time.Time) (ok bool, err error) {
	err = s.write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		var c census
		if err := tx.QueryRowContext(ctx, sqlCensus).Scan(&c.Apps, &c.Portals); err != nil {
			return err
		}
		result, err := tx.ExecContext(ctx, sqlClaimKey, sl.source, key.check, key.sealCensus(c))
		if err != nil {
			return err
		}
		n, err := result.RowsAffected()
		if ok = n == 1; err != nil || !ok {
			return err
		}
		_, err = tx.ExecContext(ctx, sqlAddSlot, sl.id, sl.source, sl.params, sl.wrapped, sl.wrapCheck, stamp(at))
		return err
	})
	return ok, err
}
