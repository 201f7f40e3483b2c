package db

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// inspect looks at the database file and its folder before SQLite does, by
// names only: opening and closing the file besides SQLite would drop SQLite's
// locks on it. exists is false when there is no file yet.
func inspect(path string) (exists bool, err error) {
	if err := inspectFolder(filepath.Dir(path)); err != nil {
		return false, err
	}
	info, err := os.Lstat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	if err != nil {
		return false, failure(err, "The store "+path+" cannot be looked at.", "Check that its folder is yours.")
	}
	if err := private(path, info); err != nil {
		return false, err
	}
	if info.Size() == 0 {
		return false, emptyFile(path)
	}
	for _, suffix := range []string{"-wal", "-shm", "-journal"} {
		side, err := os.Lstat(path + suffix)
		if err != nil {
			continue // usually there is none
		}
		if err := private(path+suffix, side); err != nil {
			return false, err
		}
	}
	return true, nil
}

// inspectFolder refuses a folder in which others could put files under our
// names, and one on a network, where SQLite's locks cannot be relied on.
func inspectFolder(dir string) error {
	info, err := os.Stat(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil // it will be made, 0700
	}
	if err != nil {
		return failure(err, "The folder "+dir+" cannot be looked at.", "Check that it is yours.")
	}
	if !info.IsDir() {
		return failure(nil, dir+" is not a folder.", "Name another file with --db or HSTERM_DB.")
	}
	if loose(dir, info) {
		return failure(nil, "Others can get at the folder "+dir+" of the store.", "chmod 700 "+quote(dir))
	}
	if kind := networkFileSystem(dir); kind != "" {
		return failure(nil, fmt.Sprintf("The folder %s is on a network file system (%s), where locks cannot be relied on.", dir, kind),
			"Put the store on a local disk with --db or HSTERM_DB.")
	}
	return nil
}

// loose tells whether others could plant files in dir. A folder of our own (the
// default one) is held to 0700; in one that the user named, reading is harmless
// because every file in it is 0600, and so is writing under the sticky bit.
func loose(dir string, info fs.FileInfo) bool {
	if !ownedModes {
		return false
	}
	switch mode := info.Mode(); {
	case filepath.Base(dir) == "hsterm":
		return mode.Perm()&0o077 != 0
	default:
		return mode.Perm()&0o022 != 0 && mode&fs.ModeSticky == 0
	}
}

// private refuses a file that is not a plain file of this user's, closed to
// others.
func private(path string, info fs.FileInfo) error {
	switch {
	case info.Mode()&fs.ModeSymlink != 0:
		return failure(nil, path+" is a symbolic link, which could be pointed elsewhere.",
			"Name the file itself with --db or HSTERM_DB.")
	case !info.Mode().IsRegular():
		return failure(nil, path+" is not a file.", "Name another file with --db or HSTERM_DB.")
	case !mine(info):
		return failure(nil, path+" belongs to another user.", "Run hsterm as its owner, or name another file with --db.")
	case ownedModes && info.Mode().Perm()&0o077 != 0:
		return failure(nil, fmt.Sprintf("Other users can get at %s (mode %04o).", path, info.Mode().Perm()), "chmod 600 "+quote(path))
	}
	return nil
}

// touch makes an empty file that only this user can read, or fails with
// fs.ErrExist. The mode holds under any umask.
func touch(path string) error {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	return f.Close()
}

// quote makes a path safe to paste into a shell.
func quote(path string) string {
	plain := true
	for _, r := range path {
		switch {
		case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r >= '0' && r <= '9':
		case r == '/', r == '.', r == '-', r == '_':
		default:
			plain = false
		}
	}
	if plain {
		return path
	}
	quoted := "'"
	for _, r := range path {
		if r == '\'' {
			quoted += `'\''`
			continue
		}
		quoted += string(r)
	}
	return quoted + "'"
}
