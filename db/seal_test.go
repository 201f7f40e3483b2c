package db

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"github.com/hsterm/hsterm/oauth"
)

func testSealer(t testing.TB, fill byte) *sealer {
	t.Helper()
	s, err := newSealer(bytes.Repeat([]byte{fill}, keySize), "install")
	must(t, err)
	return s
}

func TestSealOpens(t *testing.T) {
	s := testSealer(t, 1)
	at := place{table: "portals", column: "secret", row: "1", clientID: "c", hubID: 2, userID: 3, version: 4}
	blob := s.seal([]byte(marker), at)
	plain, err := s.open(blob, at)
	if must(t, err); string(plain) != marker {
		t.Errorf("got %q", plain)
	}
	if bytes.Equal(blob, s.seal([]byte(marker), at)) {
		t.Error("the same nonce twice")
	}
	if _, err := testSealer(t, 2).open(blob, at); !errors.Is(err, errBlobKey) {
		t.Errorf("another key: %v", err)
	}
}

func TestSealIsBoundToItsPlace(t *testing.T) {
	s := testSealer(t, 1)
	at := place{table: "portals", column: "secret", row: "1", clientID: "c", hubID: 2, userID: 3, version: 4}
	blob := s.seal([]byte(marker), at)
	moved := map[string]func(*place){
		"table":   func(p *place) { p.table = "apps" },
		"column":  func(p *place) { p.column = "other" },
		"row":     func(p *place) { p.row = "11" },
		"client":  func(p *place) { p.clientID = "d" },
		"hub":     func(p *place) { p.hubID = 3 },
		"user":    func(p *place) { p.userID = 2 },
		"version": func(p *place) { p.version = 5 },
		"shifted": func(p *place) { p.row, p.clientID = "1c", "" },
		"swapped": func(p *place) { p.hubID, p.userID = p.userID, p.hubID },
	}
	for name, move := range moved {
		other := at
		move(&other)
		if _, err := s.open(blob, other); !errors.Is(err, errBlobBroken) {
			t.Errorf("%s: %v", name, err)
		}
	}
	s.install = "another install"
	if _, err := s.open(blob, at); err == nil {
		t.Error("it opened in another database")
	}
}

func TestBlobEveryBitCounts(t *testing.T) {
	s, at := testSealer(t, 1), place{table: "t"}
	blob := s.seal([]byte("x"), at)
	for i := range blob {
		for bit := range 8 {
			changed := bytes.Clone(blob)
			changed[i] ^= 1 << bit
			if _, err := s.open(changed, at); err == nil {
				t.Fatalf("byte %d bit %d was flipped and it opened", i, bit)
			}
		}
	}
	for n := range blob {
		if _, err := s.open(blob[:n], at); err == nil {
			t.Fatalf("cut to %d bytes it opened", n)
		}
	}
	if _, err := s.open(append(bytes.Clone(blob), 0), at); err == nil {
		t.Fatal("with a byte more it opened")
	}
}

func FuzzParseBlob(f *testing.F) {
	s := testSealer(f, 1)
	f.Add(s.seal([]byte("x"), place{}))
	f.Add([]byte{})
	f.Add([]byte{sealFormat})
	f.Fuzz(func(t *testing.T, blob []byte) {
		id, sealed, err := parseBlob(blob)
		if err == nil && !bytes.Equal(blob, append(append([]byte{sealFormat}, id[:]...), sealed...)) {
			t.Fatal("parsed into something else")
		}
	})
}

// The quick reader must agree with package json on all that is ever sealed.
func TestDecodeSecretAgreesWithJSON(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := portalSecret{
			Access: rapid.String().Draw(t, "access"), Refresh: rapid.String().Draw(t, "refresh"),
			HubDomain: rapid.String().Draw(t, "domain"), User: rapid.StringMatching(`[ -~]*`).Draw(t, "user"),
			APIVersion: oauth.APIVersion(rapid.SampledFrom([]string{"", "v1"}).Draw(t, "version")),
		}
		plain, err := json.Marshal(want)
		if err != nil {
			t.Fatal(err)
		}
		var slow, quick portalSecret
		slowErr, quickErr := json.Unmarshal(plain, &slow), decodeSecret(plain, &quick)
		if slowErr != nil || quickErr != nil || slow != quick {
			t.Fatalf("%s: json %+v %v, quick %+v %v", plain, slow, slowErr, quick, quickErr)
		}
	})
	for _, bad := range []string{``, `{`, `{}x`, `{"access"}`, `{"access":1}`, `{"access":"a"`, `{"access":"a",}`, `["a"]`, "{\"access\":\"\n\"}"} {
		var s portalSecret
		if decodeSecret([]byte(bad), &s) == nil {
			t.Errorf("%q was read as %+v", bad, s)
		}
	}
}

// tamper runs SQL as somebody who has the file but not the key.
func tamper(t *testing.T, s *Store, query string, args ...any) {
	t.Helper()
	must(t, s.write(context.Background(), func(ctx context.Context, tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, query, args...)
		return err
	}))
}

func TestChangedRowsDoNotOpen(t *testing.T) {
	for _, change := range []string{
		`UPDATE portals SET token_version = token_version + 1 WHERE id = 1`,
		`UPDATE portals SET hub_id = 1 WHERE id = 1`,
		`UPDATE portals SET user_id = 1 WHERE id = 1`,
		`UPDATE portals SET client_id = 'client-second' WHERE id = 1`,
		`UPDATE portals SET client_id = 'client-second', app_id = 2 WHERE id = 1`,
		`UPDATE portals SET app_id = 2 WHERE id = 1`, // its genuine app says where the token goes
		`UPDATE portals SET kind = 'private-app' WHERE id = 1`,
		`UPDATE portals SET secret = (SELECT secret FROM portals WHERE id = 2) WHERE id = 1`,
		`UPDATE portals SET secret = (SELECT secret FROM apps WHERE id = 1) WHERE id = 1`,
		`UPDATE portals SET secret = x'' WHERE id = 1`,
		`UPDATE portals SET secret = substr(secret, 1, 40) WHERE id = 1`,
		`UPDATE portals SET id = 9 WHERE id = 1`,
		`UPDATE apps SET secret = (SELECT secret FROM apps WHERE id = 2) WHERE id = 1`,
		`UPDATE apps SET secret = (SELECT secret FROM portals WHERE id = 1) WHERE id = 1`,
		`UPDATE apps SET client_id = 'other' WHERE id = 1`,
		`UPDATE apps SET version = version + 1 WHERE id = 1`,
	} {
		t.Run(change, func(t *testing.T) {
			s, _ := onePortal(t)
			connect(t, s, addApp(t, s, "second"), 7, "second")
			tamper(t, s, change)
			all, err := s.Portals(context.Background())
			if must(t, err); len(all) != 2 {
				t.Fatal("listing must go on")
			}
			for _, p := range all {
				if p.Alias == "acme-prod" {
					_, err = s.Grant(context.Background(), p.ID)
				}
			}
			wantClass(t, err, oauth.ClassStore)
		})
	}
}

func TestFlippedBitsInTheFileAreNoticed(t *testing.T) {
	s, p := onePortal(t)
	var blob []byte
	must(t, s.pool.QueryRow(`SELECT secret FROM portals WHERE id = 1`).Scan(&blob))
	for i := range 64 {
		changed := bytes.Clone(blob)
		changed[i*len(blob)/64] ^= 1 << (i % 8)
		tamper(t, s, `UPDATE portals SET secret = ? WHERE id = 1`, changed)
		_, err := s.Grant(context.Background(), p.ID)
		wantClass(t, err, oauth.ClassStore)
	}
	tamper(t, s, `UPDATE portals SET secret = ? WHERE id = 1`, blob)
	grantOf(t, s, p.ID)
}

// An older blob put back needs its older version, and then the save of whoever
// knows the newer one does not apply.
func TestOldRowPutBack(t *testing.T) {
	s, p := onePortal(t)
	var blob []byte
	must(t, s.pool.QueryRow(`SELECT secret FROM portals WHERE id = 1`).Scan(&blob))
	save(t, s, saveOf(p, "next"), true)
	tamper(t, s, `UPDATE portals SET secret = ? WHERE id = 1`, blob)
	_, err := s.Grant(context.Background(), p.ID)
	wantClass(t, err, oauth.ClassStore)
}

func TestUnlockNoticesWhatIsMissing(t *testing.T) {
	for i, change := range []string{
		`DELETE FROM portals`,
		`DELETE FROM portals; DELETE FROM apps`,
		`UPDATE meta SET sentinel = x''`,
		`UPDATE meta SET sentinel = (SELECT wrapped FROM key_slots)`,
		`UPDATE meta SET key_check = x'00'`,
		`UPDATE meta SET install_id = 'other'`,
		`UPDATE key_slots SET wrapped = (SELECT secret FROM portals)`,
		`UPDATE key_slots SET id = 'other'`,
		`UPDATE key_slots SET params = 'other'`,
		`DELETE FROM key_slots`,
		`DELETE FROM meta`,
		`INSERT INTO apps SELECT 9, 'nine', 'nine', version, secret, '', '', 0, 0, 0, 0, '' FROM apps`,
	} {
		t.Run(fmt.Sprint(i), func(t *testing.T) {
			s, _ := onePortal(t)
			tamper(t, s, change)
			again, err := Open(context.Background(), testOptions(s.Path()))
			if err == nil {
				defer again.Close()
				err = again.Unlock(context.Background())
			}
			e := wantClass(t, err, oauth.ClassStore)
			if e.Hint == "" {
				t.Errorf("no next step: %+v", e)
			}
		})
	}
}
