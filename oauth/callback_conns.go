package oauth

import (
	"net"
	"net/http"
	"sync"
)

// maxCallbackConns is how many connections the callback server keeps. A browser
// needs two or three.
const maxCallbackConns = 48

// connKeeper bounds the connections of the callback server by closing the oldest
// one when there are too many. A limit that makes new ones wait would let idle
// connections keep the browser out.
type connKeeper struct {
	mu    sync.Mutex
	conns []net.Conn // oldest first
}

// watch is the server's ConnState hook.
func (k *connKeeper) watch(conn net.Conn, state http.ConnState) {
	switch state {
	case http.StateNew:
		if oldest := k.add(conn); oldest != nil {
			_ = oldest.Close() // its goroutine notices and ends
		}
	case http.StateClosed, http.StateHijacked:
		k.remove(conn)
	}
}

// add keeps conn and returns the one that has to go for it, if any.
func (k *connKeeper) add(conn net.Conn) net.Conn {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.conns = append(k.conns, conn)
	if len(k.conns) <= maxCallbackConns {
		return nil
	}
	oldest := k.conns[0]
	k.conns = k.conns[1:]
	return oldest
}

func (k *connKeeper) remove(conn net.Conn) {
	k.mu.Lock()
	defer k.mu.Unlock()
	for i, kept := range k.conns {
		if kept == conn {
			k.conns = append(k.conns[:i], k.conns[i+1:]...)
			return
		}
	}
}
