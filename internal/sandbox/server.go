package sandbox

import (
	"context"
	"errors"
	"fmt"
	"html/template"
	"io"
	"log"
	"net"
	"net/http"
	"net/netip"
	"sync"
	"time"
)

// Server is one sandbox. Make it with New; it is safe for concurrent use.
type Server struct {
	cfg    Config
	book   *book
	ids    *mint // correlation ids: apart from tokens, so that a seed repeats whatever the traffic
	log    *requestLog
	faults *faultList
	limits *limiter
	types  []objectType
	pages  *template.Template
	router http.Handler
	http   *http.Server

	mu       sync.Mutex
	listener net.Listener
	offset   time.Duration
	down     time.Duration // how long to stay away when the listener is closed; 0 for good
	closed   chan struct{}
	once     sync.Once
}

// New builds a sandbox from cfg. It listens nowhere yet: use Handler, or Listen and Serve.
func New(cfg Config) (*Server, error) {
	cfg, err := cfg.withDefaults()
	if err != nil {
		return nil, err
	}
	pages, err := parsePages()
	if err != nil {
		return nil, err
	}
	s := &Server{
		cfg: cfg, book: newBook(cfg), ids: newMint(0, false), log: &requestLog{}, faults: &faultList{},
		limits: newLimiter(cfg.RateLimit), types: objectTypes(), pages: pages, closed: make(chan struct{}),
	}
	s.router = s.routes()
	s.http = &http.Server{
		Handler:           s.loopbackHost(s.router),
		ReadHeaderTimeout: 5 * time.Second,
		ReadTimeout:       15 * time.Second,
		WriteTimeout:      90 * time.Second, // a drip fault is slow on purpose
		IdleTimeout:       60 * time.Second,
		MaxHeaderBytes:    64 << 10,
		ErrorLog:          log.New(io.Discard, "", 0), // a terminal program may own the screen
	}
	return s, nil
}

// Handler serves the whole sandbox, for a test server or a recorder.
func (s *Server) Handler() http.Handler { return s.router }

// Listen binds addr, which must be a loopback address such as 127.0.0.1:0.
func (s *Server) Listen(addr string) error {
	host, port, err := net.SplitHostPort(addr)
	if err != nil {
		return fmt.Errorf("sandbox: address %q: %w; write 127.0.0.1:PORT", addr, err)
	}
	if host == "localhost" {
		host = "127.0.0.1"
	}
	if ip, err := netip.ParseAddr(host); err != nil || !ip.IsLoopback() {
		return fmt.Errorf("sandbox: %q is not this machine alone; write 127.0.0.1:PORT", addr)
	}
	l, err := net.Listen("tcp", net.JoinHostPort(host, port))
	if err != nil {
		return fmt.Errorf("sandbox: cannot listen on %s: %w; choose another port", addr, err)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.listener != nil {
		_ = l.Close()
		return errors.New("sandbox: it listens already; make another sandbox for another port")
	}
	s.listener = l
	return nil
}

// URL is the address to give to clients, without a slash at the end; empty before Listen.
func (s *Server) URL() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.listener == nil {
		return ""
	}
	return "http://" + s.listener.Addr().String()
}

// Serve answers until ctx is done or Close is called, then returns nil. Call Listen first.
func (s *Server) Serve(ctx context.Context) error {
	s.mu.Lock()
	l := s.listener
	s.mu.Unlock()
	if l == nil {
		return errors.New("sandbox: Serve before Listen")
	}
	stop := context.AfterFunc(ctx, func() { _ = s.Close() })
	defer stop()
	return s.serveOn(ctx, l)
}

// Close ends the server at once and drops open connections. It may be called twice.
func (s *Server) Close() error {
	s.once.Do(func() { close(s.closed) })
	s.mu.Lock()
	l := s.listener
	s.mu.Unlock()
	err := s.http.Close()
	if l != nil {
		_ = l.Close() // the http.Server only knows it once Serve ran
	}
	return err
}

// now is the sandbox's own time: token lifetimes are measured with it.
func (s *Server) now() time.Time { return s.cfg.Now() }

// shown is the time clients are told: SetClockOffset moves it without ending any token.
func (s *Server) shown() time.Time { return s.now().Add(s.skew()) }

func (s *Server) skew() time.Duration {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.offset
}

// loopbackHost refuses requests that a web page elsewhere sent here under another name.
func (s *Server) loopbackHost(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		host := r.Host
		if h, _, err := net.SplitHostPort(host); err == nil {
			host = h
		}
		ip, err := netip.ParseAddr(host)
		if host != "localhost" && (err != nil || !ip.IsLoopback()) {
			http.Error(w, "the sandbox answers on localhost only", http.StatusMisdirectedRequest)
			return
		}
		next.ServeHTTP(w, r)
	})
}
