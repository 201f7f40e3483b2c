package oauth

import (
	"io"
	"net"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// pipeListener hands out ends of pipes, so that a test has the time in its hands.
type pipeListener struct {
	conns  chan net.Conn
	closed chan struct{}
	once   sync.Once
	onEnd  func()
}

func newPipeListener(onEnd func()) *pipeListener {
	return &pipeListener{conns: make(chan net.Conn), closed: make(chan struct{}), onEnd: onEnd}
}

func (l *pipeListener) Accept() (net.Conn, error) {
	select {
	case conn := <-l.conns:
		return conn, nil
	case <-l.closed:
		return nil, net.ErrClosed
	}
}

func (l *pipeListener) Close() error {
	l.once.Do(func() {
		close(l.closed)
		l.onEnd()
	})
	return nil
}

func (l *pipeListener) Addr() net.Addr { return &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1), Port: 8976} }

func (l *pipeListener) dial() net.Conn {
	ours, theirs := net.Pipe()
	l.conns <- theirs
	return ours
}

// pipeConsent is a consent whose callback server listens on pipes.
func pipeConsent(t *testing.T, timeout time.Duration) (*Consent, *pipeListener) {
	t.Helper()
	connector, _, _ := newConnector()
	var first *pipeListener
	connector.Listen = func(string, string) (net.Listener, error) {
		l := newPipeListener(func() {})
		if first == nil {
			first = l
		}
		return l, nil
	}
	consent, err := connector.Start(t.Context(), ConsentRequest{App: hubSpotApp(8976), Timeout: timeout})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = consent.Close() })
	return consent, first
}

// A connection that sends nothing, or one byte now and then, is cut off.
func TestCallbackCutsSlowConnections(t *testing.T) {
	for name, opening := range map[string]string{"idle": "", "slow": "GET /oauth/call"} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				_, l := pipeConsent(t, 0)
				conn := l.dial()
				start := time.Now()
				ended := make(chan struct{})
				go func() {
					defer close(ended)
					for text := opening; text != ""; text = "a" {
						if _, err := io.WriteString(conn, text); err != nil {
							return
						}
						<-time.After(time.Second)
					}
				}()
				_, _ = io.ReadAll(conn)
				if took := time.Since(start); took > callbackIOTimeout+time.Second {
					t.Errorf("it was held for %s", took)
				}
				_ = conn.Close()
				<-ended
			})
		})
	}
}

// The oldest connection goes when there are too many, not the newest.
func TestCallbackKeepsTheNewestConnections(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		consent, l := pipeConsent(t, 0)
		conns := make([]net.Conn, maxCallbackConns+10)
		for i := range conns {
			conns[i] = l.dial()
		}
		synctest.Wait()
		for i, conn := range conns {
			_ = conn.SetReadDeadline(time.Now().Add(time.Millisecond))
			_, err := conn.Read(make([]byte, 1))
			if cut := err == io.EOF; cut != (i < 10) {
				t.Errorf("connection %d: cut off %v (%v)", i, cut, err)
			}
		}
		if err := consent.Close(); err != nil {
			t.Error(err)
		}
		for _, conn := range conns {
			_ = conn.Close()
		}
	})
}
