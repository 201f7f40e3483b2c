package oauth

import (
	"io"
	"log"
	"net"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"
)

// Bounds of the callback server. A browser sends one short request at once.
const (
	callbackIOTimeout = 5 * time.Second // to send a request, and to take an answer
	callbackLinger    = time.Second     // for pages under way when the server closes
	maxCallbackHeader = 16 << 10        // request line and headers, bytes
)

// callbackServer waits for the browser at one redirect URI. It listens on
// loopback only, and only a request that shows the attempt's state changes
// anything.
type callbackServer struct {
	target    redirectTarget
	attempt   *attempt
	server    *http.Server
	listeners []net.Listener
	serving   sync.WaitGroup // the accept loops

	mu      sync.Mutex
	active  int // requests being answered
	closing bool
	idle    chan struct{} // closed when closing and nothing is active
}

// serveCallback starts answering on listeners, which it takes over.
func serveCallback(target redirectTarget, a *attempt, listeners []net.Listener) *callbackServer {
	s := &callbackServer{target: target, attempt: a, listeners: listeners, idle: make(chan struct{})}
	keeper := &connKeeper{}
	s.server = &http.Server{
		Handler:           s,
		ReadHeaderTimeout: callbackIOTimeout,
		ReadTimeout:       callbackIOTimeout,
		WriteTimeout:      callbackIOTimeout,
		IdleTimeout:       callbackIOTimeout,
		// net/http adds 4 KiB of its own to the limit.
		MaxHeaderBytes:               maxCallbackHeader - 4<<10,
		ConnState:                    keeper.watch,
		ErrorLog:                     log.New(io.Discard, "", 0), // the terminal is not ours to write to
		DisableGeneralOptionsHandler: true,
	}
	// A kept-alive socket would outlive the consent.
	s.server.SetKeepAlivesEnabled(false)
	for _, l := range listeners {
		s.serving.Go(func() { _ = s.server.Serve(l) })
	}
	return s
}

// ServeHTTP answers one request with a page of fixed words. An answer that used
// the attempt up is made known only when the browser has its page, because the
// server closes then.
func (s *callbackServer) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if !s.begin() {
		w.WriteHeader(http.StatusServiceUnavailable)
		return
	}
	defer s.finish()
	if page, refused := s.refuse(r); refused {
		page.write(w)
		return
	}
	_, query, _ := strings.Cut(r.RequestURI, "?")
	v, result := s.attempt.offer(query)
	if v >= verdictAccepted {
		defer s.attempt.settle(result)
	}
	pageFor(v).write(w)
}

// refuse turns away what is not a person's browser at our address.
func (s *callbackServer) refuse(r *http.Request) (callbackPage, bool) {
	path, _, _ := strings.Cut(r.RequestURI, "?")
	switch {
	case !fromThisMachine(r.RemoteAddr), r.URL.Host != "", !ownHost(r.Host, s.target.port):
		return pageElsewhere(http.StatusMisdirectedRequest), true
	case path != s.target.path:
		return pageElsewhere(http.StatusNotFound), true
	case r.Method != http.MethodGet:
		return pageElsewhere(http.StatusMethodNotAllowed), true
	case r.ContentLength != 0 || !navigates(r.Header):
		return pageElsewhere(http.StatusForbidden), true
	}
	return callbackPage{}, false
}

// begin counts a request in, unless the server is closing.
func (s *callbackServer) begin() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closing {
		return false
	}
	s.active++
	return true
}

func (s *callbackServer) finish() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.active--
	if s.closing && s.active == 0 {
		close(s.idle)
	}
}

// close frees the ports. Pages under way are let out first; connections that
// never asked for anything are not waited for. It may be called once.
func (s *callbackServer) close() {
	for _, l := range s.listeners {
		_ = l.Close()
	}
	s.mu.Lock()
	s.closing = true
	if s.active == 0 {
		close(s.idle)
	}
	s.mu.Unlock()

	timer := time.NewTimer(callbackLinger)
	defer timer.Stop()
	select {
	case <-s.idle:
	case <-timer.C:
	}
	_ = s.server.Close()
	s.serving.Wait()
}

// write sends the page and sees it out of this process.
func (p callbackPage) write(w http.ResponseWriter) {
	body := p.html()
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Length", strconv.Itoa(len(body)))
	h.Set("Content-Security-Policy", pagePolicy())
	h.Set("Cache-Control", "no-store")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("X-Frame-Options", "DENY")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	if p.status == http.StatusMethodNotAllowed {
		h.Set("Allow", http.MethodGet)
	}
	w.WriteHeader(p.status)
	_, _ = io.WriteString(w, body)
	_ = http.NewResponseController(w).Flush()
}
