package powercut

import (
	"database/sql"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"

	_ "modernc.org/sqlite" // the driver
)

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// database opens a database of a folder with a write-ahead log.
func database(t *testing.T, folder string, synchronous int) *sql.DB {
	t.Helper()
	pool, err := sql.Open("sqlite", fmt.Sprintf("file:%s?_pragma=journal_mode(WAL)&_pragma=synchronous(%d)",
		filepath.Join(folder, "x.db"), synchronous))
	must(t, err)
	pool.SetMaxOpenConns(1)
	return pool
}

// counted records twenty commits and tells of each.
func counted(t *testing.T, synchronous int, end func(folder string)) *Recording {
	t.Helper()
	folder := t.TempDir()
	r, err := Record(folder)
	must(t, err)
	pool := database(t, folder, synchronous)
	_, err = pool.Exec(`CREATE TABLE n (n INTEGER)`)
	must(t, err)
	for i := range 20 {
		_, err := pool.Exec(`INSERT INTO n VALUES (?)`, i)
		must(t, err)
		r.Acknowledge(fmt.Sprint(i))
	}
	end(folder)
	must(t, pool.Close())
	recording, err := r.Stop()
	must(t, err)
	return recording
}

// rows counts the rows in an image, which may not even have the table.
func rows(t *testing.T, image Image) (n int) {
	t.Helper()
	folder := filepath.Join(t.TempDir(), "image")
	must(t, image.Write(folder))
	pool := database(t, folder, 2)
	defer pool.Close()
	if must(t, pool.QueryRow(`SELECT count(*) FROM sqlite_master`).Scan(&n)); n == 0 {
		return 0
	}
	must(t, pool.QueryRow(`SELECT count(*) FROM n`).Scan(&n))
	return n
}

// What is played back is, byte for byte, what lay in the folder.
func TestPlaybackIsWhatWasThere(t *testing.T) {
	was := map[string]string{}
	recording := counted(t, 2, func(folder string) {
		for _, name := range []string{"x.db", "x.db-wal"} {
			content, err := os.ReadFile(filepath.Join(folder, name)) // one process, one connection: no lock is at stake
			must(t, err)
			was[name] = string(content)
		}
	})
	disk, acknowledged := recording.Disk(), Image{}
	for disk.Next() {
		if len(disk.Acknowledged()) == 20 && len(acknowledged) == 0 {
			acknowledged = disk.Whole()
		}
	}
	for name, content := range was {
		if string(acknowledged[name]) != content {
			t.Errorf("%s differs: %d and %d bytes", name, len(acknowledged[name]), len(content))
		}
	}
	if left := disk.Whole(); len(left) != 1 || rows(t, left) != 20 {
		t.Errorf("closed, the folder has %d files", len(left))
	}
}

// A commit that was synced survives the worst cut, one that was not does not.
func TestOnlyWhatIsSyncedSurvivesTheWorst(t *testing.T) {
	for synchronous, want := range map[int]int{2: 20, 1: 0} {
		recording := counted(t, synchronous, func(string) {})
		disk := recording.Disk()
		for disk.Next() && len(disk.Acknowledged()) < 20 {
			continue // until the last was told
		}
		image := Image{}
		for name, number := range disk.durable {
			image[name] = disk.file(number).durable
		}
		if n := rows(t, image); n != want {
			t.Errorf("synchronous=%d: %d rows are left of 20, want %d", synchronous, n, want)
		}
	}
}

// The same random numbers cut alike, so that a failure can be looked at again.
func TestCutsRepeat(t *testing.T) {
	recording := counted(t, 1, func(string) {})
	cut := func() (text string) {
		rng := rand.New(rand.NewPCG(1, 2))
		for disk := recording.Disk(); disk.Next(); {
			image, how := disk.Cut(rng)
			text += how + fmt.Sprint(image)
		}
		return text
	}
	if first, second := cut(), cut(); first != second {
		t.Error("the same cut made two images")
	}
}

func TestRecordWantsAnEmptyFolder(t *testing.T) {
	folder := t.TempDir()
	must(t, os.WriteFile(filepath.Join(folder, "x.db"), nil, 0o600))
	if _, err := Record(folder); err == nil {
		t.Error("a folder with files was taken")
	}
}
