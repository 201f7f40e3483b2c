package oauth

import (
	"bufio"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// portOwner names the process that listens on a TCP port of this machine, such
// as "node (process 4711)", or "" when the system does not tell: only Linux has
// /proc, and only the user's own processes can be looked into.
func portOwner(port int) string {
	sockets := map[string]bool{}
	for _, table := range []string{"/proc/net/tcp", "/proc/net/tcp6"} {
		listeningSockets(table, port, sockets)
	}
	if len(sockets) == 0 {
		return ""
	}
	fds, err := filepath.Glob("/proc/[0-9]*/fd/[0-9]*")
	if err != nil {
		return ""
	}
	for _, fd := range fds {
		link, err := os.Readlink(fd)
		if err != nil || !sockets[link] {
			continue
		}
		pid := strings.Split(fd, "/")[2]
		name, err := os.ReadFile(filepath.Join("/proc", pid, "comm"))
		if err != nil {
			continue
		}
		return fmt.Sprintf("%s (process %s)", plainText(string(name), 32), pid)
	}
	return ""
}

// listeningSockets adds the sockets of one table of proc(5) that listen on port,
// in the form their file descriptors link to.
func listeningSockets(table string, port int, sockets map[string]bool) {
	const local, state, inode, fields, listening = 1, 3, 9, 10, "0A"
	file, err := os.Open(table)
	if err != nil {
		return
	}
	defer func() { _ = file.Close() }()
	for lines := bufio.NewScanner(file); lines.Scan(); {
		row := strings.Fields(lines.Text())
		if len(row) < fields || row[state] != listening {
			continue
		}
		_, hex, _ := strings.Cut(row[local], ":")
		if number, err := strconv.ParseUint(hex, 16, 16); err == nil && int(number) == port {
			sockets["socket:["+row[inode]+"]"] = true
		}
	}
}
