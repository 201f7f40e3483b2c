//go:build !unix

package db

import "io/fs"

// ownedModes is false where access lists decide and permission bits do not.
const ownedModes = false

// mine holds of every file in the user's own profile folder.
func mine(fs.FileInfo) bool { return true }

// syncFolder has nothing to do: folders cannot be flushed here.
func syncFolder(string) error { return nil }
