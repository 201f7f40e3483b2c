package cli

import (
	"golang.org/x/sys/unix"
)

// harden keeps other processes of the same user from reading this one's memory
// and its secrets out of a core file. It is a defence beside others: a kernel
// that refuses it takes nothing else away.
func harden() {
	_ = unix.Prctl(unix.PR_SET_DUMPABLE, 0, 0, 0, 0)
}
