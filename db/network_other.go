//go:build !linux

package db

// networkFileSystem cannot tell here; the journal mode check of verify refuses
// file systems that cannot share memory.
func networkFileSystem(string) string { return "" }
