package oauth

import (
	"context"
	"crypto/tls"
	"net"
	"net/http"
	"time"
)

// Limits of one request to an OAuth endpoint.
const (
	RequestTimeout = 20 * time.Second // from dialling to the last byte of the body

	connectTimeout  = 5 * time.Second
	headerTimeout   = 15 * time.Second
	maxHeaderBytes  = 64 << 10
	idleConnTimeout = 30 * time.Second
)

// NewHTTPClient returns a client for OAuth endpoints: [NewBaseTransport] and no
// redirects. [Client] has the time limits, of the headers too.
func NewHTTPClient() *http.Client {
	transport := NewBaseTransport()
	transport.ResponseHeaderTimeout = 0
	return &http.Client{Transport: transport, CheckRedirect: refuseRedirect}
}

// NewBaseTransport returns a transport with hsterm's limits: TLS 1.2 or newer,
// 5 s to connect, 15 s to the headers. A proxy of the environment is used, but
// never for this machine.
func NewBaseTransport() *http.Transport {
	dialer := &net.Dialer{Timeout: connectTimeout, KeepAlive: idleConnTimeout}
	return &http.Transport{
		Proxy:                  http.ProxyFromEnvironment, // skips localhost and loopback by itself
		DialContext:            dialLoopbackByAddress(dialer.DialContext),
		TLSClientConfig:        &tls.Config{MinVersion: tls.VersionTLS12},
		TLSHandshakeTimeout:    connectTimeout,
		ResponseHeaderTimeout:  headerTimeout,
		MaxResponseHeaderBytes: maxHeaderBytes,
		MaxIdleConnsPerHost:    8,
		IdleConnTimeout:        idleConnTimeout,
		ForceAttemptHTTP2:      true, // a custom DialContext would switch it off
	}
}

// refuseRedirect hands the redirect itself back: Go would send the body of a
// POST again, secrets and all, to wherever a 307 or 308 points.
func refuseRedirect(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }

type dialFunc func(ctx context.Context, network, address string) (net.Conn, error)

// dialLoopbackByAddress connects to localhost by its addresses. Plain http is
// allowed to localhost, so no resolver may decide where that is.
func dialLoopbackByAddress(dial dialFunc) dialFunc {
	return func(ctx context.Context, network, address string) (net.Conn, error) {
		host, port, err := net.SplitHostPort(address)
		if err != nil || host != "localhost" {
			return dial(ctx, network, address)
		}
		conn, err := dial(ctx, network, net.JoinHostPort("127.0.0.1", port))
		if err == nil {
			return conn, nil
		}
		if six, err6 := dial(ctx, network, net.JoinHostPort("::1", port)); err6 == nil {
			return six, nil
		}
		return nil, err
	}
}
