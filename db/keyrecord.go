package db

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
)

// record is a file of the configuration folder that says a key was made for a
// database. With SourceFile the key is in it; with SourceSystem it only tells
// that the keyring has one. It outlives the database, so that a store that
// vanished is noticed instead of silently begun anew.
type record struct {
	Note     string `json:"note"`
	Database string `json:"database"`
	Install  string `json:"install"`
	Source   Source `json:"source"`
	Key      []byte `json:"key,omitempty"`
}

const recordNote = "Part of hsterm's key for the database named here. Keep it private, and back it up apart from the database."

// records are the key records of one configuration folder, for one database.
type records struct {
	dir      string // "" when no configuration folder is known
	database string
	install  string
}

func (k KeyOptions) records(database, install string) records {
	r := records{database: database, install: install}
	if k.ConfigDir != "" {
		r.dir = filepath.Join(k.ConfigDir, "keys")
	}
	return r
}

func (r records) path(slotID string) string { return filepath.Join(r.dir, slotID+".json") }

// write stores a record durably, readable by this user only.
func (r records) write(slotID string, source Source, key []byte) error {
	if err := makeFolder(r.dir, syncFolder); err != nil {
		return r.cannotWrite(err)
	}
	if info, err := os.Stat(r.dir); err != nil || ownedModes && info.Mode().Perm()&0o077 != 0 {
		return failure(err, "Others can get at the key folder "+r.dir+".", "chmod 700 "+quote(r.dir))
	}
	content, err := json.MarshalIndent(record{Note: recordNote, Database: r.database, Install: r.install, Source: source, Key: key}, "", "  ")
	if err != nil {
		return err
	}
	f, err := os.OpenFile(r.path(slotID), os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return r.cannotWrite(err)
	}
	_, err = f.Write(append(content, '\n'))
	if err == nil {
		err = f.Sync()
	}
	if e := f.Close(); err == nil {
		err = e
	}
	if err == nil {
		err = syncFolder(r.dir)
	}
	if err != nil {
		_ = os.Remove(r.path(slotID))
		return r.cannotWrite(err)
	}
	return nil
}

func (r records) cannotWrite(err error) error {
	return failure(err, "The key folder "+r.dir+" cannot be written to: "+reason(err)+".", "Make it yours and writable: chmod 700 "+quote(r.dir))
}

// read returns a record; fs.ErrNotExist when there is none.
func (r records) read(slotID string) (record, error) {
	path := r.path(slotID)
	info, err := os.Lstat(path)
	if err != nil {
		return record{}, err
	}
	if err := private(path, info); err != nil {
		return record{}, err
	}
	content, err := os.ReadFile(path)
	if err != nil {
		return record{}, err
	}
	var found record
	if err := json.Unmarshal(content, &found); err != nil {
		return record{}, failure(err, "The key file "+path+" is damaged.", "Restore it from a backup of the configuration folder.")
	}
	return found, nil
}

func (r records) remove(slotID string) { _ = os.Remove(r.path(slotID)) }

// refuseOrphan fails when a key was made for a database that is not there.
func (k KeyOptions) refuseOrphan(path string) error {
	r := k.records(path, "")
	if r.dir == "" || k.Source == SourceMemory {
		return nil
	}
	entries, err := os.ReadDir(r.dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return failure(err, "The key folder "+r.dir+" cannot be read: "+reason(err)+".", "chmod 700 "+quote(r.dir))
	}
	for _, entry := range entries {
		content, err := os.ReadFile(filepath.Join(r.dir, entry.Name()))
		var found record
		if err != nil || json.Unmarshal(content, &found) != nil || found.Database != path {
			continue
		}
		return failure(nil, "The store "+path+" is gone, but its key is still here.",
			"Put the store back, or a backup in its place. To begin anew, set aside "+
				quote(filepath.Join(r.dir, entry.Name()))+": only it opens copies of that store.")
	}
	return nil
}
