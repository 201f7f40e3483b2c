//go:build !linux

package cli

// harden does nothing where the system has no such switch.
func harden() {}
