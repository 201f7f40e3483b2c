package test

import (
	"crypto/sha256"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/hsterm/hsterm/test/canary"
	"github.com/rogpeppe/go-internal/testscript"
	_ "modernc.org/sqlite" // the driver
)

// state save NAME remembers what the database holds, events and counters aside;
// state same NAME fails when it has changed since.
func stateCommand(ts *testscript.TestScript, _ bool, args []string) {
	if len(args) != 2 {
		ts.Fatalf("usage: state save|same NAME")
	}
	now, err := contents(filepath.Join(ts.Getenv("XDG_DATA_HOME"), "hsterm", "hsterm.db"))
	ts.Check(err)
	states := castOf(ts).states
	switch args[0] {
	case "save":
		states[args[1]] = now
	case "same":
		if then := states[args[1]]; then != now {
			ts.Fatalf("the database has changed:\n%s\nwas:\n%s", now, then)
		}
	default:
		ts.Fatalf("usage: state save|same NAME")
	}
}

// contents sums up the rows of each table that holds connections and apps.
func contents(path string) (string, error) {
	db, err := sql.Open("sqlite", (&url.URL{Scheme: "file", Opaque: path, RawQuery: "mode=ro"}).String())
	if err != nil {
		return "", err
	}
	defer db.Close()
	tables, err := column(db, `select name from sqlite_master where type = 'table' and name not like 'sqlite_%' order by name`)
	if err != nil {
		return "", err
	}
	var b strings.Builder
	for _, table := range tables {
		if strings.Contains(table, "event") || strings.Contains(table, "health") || strings.Contains(table, "goose") || table == "meta" {
			continue
		}
		rows, err := db.Query(`select * from "` + table + `"`)
		if err != nil {
			return "", err
		}
		sum, n, err := digest(rows)
		if err != nil {
			return "", err
		}
		fmt.Fprintf(&b, "%s: %d rows, %s\n", table, n, sum)
	}
	return b.String(), nil
}

func column(db *sql.DB, query string) ([]string, error) {
	rows, err := db.Query(query)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []string
	for rows.Next() {
		var one string
		if err := rows.Scan(&one); err != nil {
			return nil, err
		}
		all = append(all, one)
	}
	return all, rows.Err()
}

// digest hashes rows whatever their order.
func digest(rows *sql.Rows) (string, int, error) {
	defer rows.Close()
	names, err := rows.Columns()
	if err != nil {
		return "", 0, err
	}
	var lines []string
	for rows.Next() {
		values := make([]any, len(names))
		places := make([]any, len(names))
		for i := range values {
			places[i] = &values[i]
		}
		if err := rows.Scan(places...); err != nil {
			return "", 0, err
		}
		lines = append(lines, fmt.Sprintf("%x", values))
	}
	slices.Sort(lines)
	return fmt.Sprintf("%.8x", sha256.Sum256([]byte(strings.Join(lines, "\n")))), len(lines), rows.Err()
}

// scan looks for secrets below a folder, the named files aside.
func scan(dir string, except []string) ([]canary.Finding, error) {
	scanner, err := canary.New(marker)
	if err != nil {
		return nil, err
	}
	found, _, err := scanner.Tree(func(path string) bool { return slices.Contains(except, filepath.Base(path)) }, dir)
	return found, err
}

func decode(document string) (any, error) {
	var value any
	err := json.Unmarshal([]byte(document), &value)
	return value, err
}

func portOf(address string) (string, error) {
	u, err := url.Parse(address)
	if err != nil {
		return "", err
	}
	if u.Port() == "" {
		return "", fmt.Errorf("%s names no port", address)
	}
	return u.Port(), nil
}

// foreign FILE makes the database of another program; foreign same FILE fails
// when it is not as it was made.
func foreignCommand(ts *testscript.TestScript, _ bool, args []string) {
	const notes = `create table notes (text); insert into notes values ('mine')`
	if len(args) == 2 && args[0] == "same" {
		if now := ts.ReadFile(args[1]); now != ts.ReadFile(args[1]+".copy") {
			ts.Fatalf("%s has changed", args[1])
		}
		return
	}
	path := ts.MkAbs(args[0])
	db, err := sql.Open("sqlite", (&url.URL{Scheme: "file", Opaque: path}).String())
	ts.Check(err)
	_, err = db.Exec(notes)
	ts.Check(errors.Join(err, db.Close()))
	ts.Check(os.Chmod(path, 0o600))
	ts.Check(os.WriteFile(path+".copy", []byte(ts.ReadFile(args[0])), 0o600))
}
