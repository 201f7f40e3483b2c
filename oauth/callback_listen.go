package oauth

import (
	"errors"
	"fmt"
	"net"
	"os"
	"strconv"
	"strings"
	"syscall"
)

// listenFunc opens a listener; net.Listen is one.
type listenFunc func(network, address string) (net.Listener, error)

// errNoIPv6 tells that this machine has no ::1 at all.
var errNoIPv6 = errors.New("there is no IPv6 on this machine")

// listenFirst listens at the first of the redirect targets whose port is free.
func listenFirst(listen listenFunc, targets []redirectTarget) (redirectTarget, []net.Listener, error) {
	var failures []string
	tried := map[int]bool{}
	for _, target := range targets {
		if tried[target.port] {
			continue
		}
		tried[target.port] = true
		listeners, err := listenLoopback(listen, target)
		if err == nil {
			return target, listeners, nil
		}
		failures = append(failures, portFailure(target.port, err))
	}
	return redirectTarget{}, nil, &Error{
		Class:   ClassOther,
		Message: "The callback cannot be received: " + strings.Join(failures, "; ") + ".",
		Hint: "End the program that holds the port, or give the app another redirect URI with a free port, here and in HubSpot; " +
			"or connect by pasting the address the browser ends at.",
	}
}

// listenLoopback listens on 127.0.0.1 and ::1, because a browser may take either
// for localhost. Somebody else on one of them would receive the code, so half is
// not enough, unless this machine has no IPv6.
func listenLoopback(listen listenFunc, target redirectTarget) ([]net.Listener, error) {
	port := strconv.Itoa(target.port)
	v4, err := listen("tcp4", net.JoinHostPort("127.0.0.1", port))
	if err != nil {
		return nil, err
	}
	v6, err := listen("tcp6", net.JoinHostPort("::1", port))
	switch {
	case err == nil:
		return []net.Listener{v4, v6}, nil
	case !withoutIPv6(err):
		_ = v4.Close()
		return nil, err
	case target.host == "::1":
		_ = v4.Close()
		return nil, errNoIPv6
	}
	return []net.Listener{v4}, nil
}

// withoutIPv6 tells a machine without ::1 from one where its port is taken.
func withoutIPv6(err error) bool {
	// Windows has numbers of its own for these: WSAEAFNOSUPPORT, WSAEADDRNOTAVAIL.
	for _, no := range []syscall.Errno{syscall.EAFNOSUPPORT, syscall.EADDRNOTAVAIL, syscall.EPROTONOSUPPORT, 10047, 10049} {
		if errors.Is(err, no) {
			return true
		}
	}
	return false
}

// portFailure says in a few words why a port is not to be had.
func portFailure(port int, err error) string {
	switch {
	case errors.Is(err, os.ErrPermission):
		return fmt.Sprintf("port %d may not be opened by this user", port)
	case errors.Is(err, errNoIPv6):
		return fmt.Sprintf("port %d is asked for on ::1, and %s", port, errNoIPv6)
	}
	if owner := portOwner(port); owner != "" {
		return fmt.Sprintf("port %d is taken by %s", port, owner)
	}
	return fmt.Sprintf("port %d is taken", port)
}
