package oauth

import (
	"context"
	"net/http/httptrace"
	"sync/atomic"
)

// departure watches how far a request gets on its way. A transport that had no
// connection to give it, because of the name, the network, a proxy or TLS, has sent
// nothing, whatever its error looks like.
type departure struct{ asked, got, wrote, began atomic.Bool }

// watch returns the context to send the request with.
func (d *departure) watch(ctx context.Context) context.Context {
	return httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{
		GetConn: func(string) { d.asked.Store(true) },
		GotConn: func(httptrace.GotConnInfo) { d.got.Store(true) },
		WroteRequest: func(info httptrace.WroteRequestInfo) {
			d.wrote.Store(info.Err == nil)
		},
		GotFirstResponseByte: func() { d.began.Store(true) },
	})
}

// unsent tells, when the transport has ended, that nothing left this machine.
// Having a connection counts as sent: writing to it goes on beside the transport,
// which may end, by a deadline, before it is told how far that got. A transport
// that reports nothing of all this is not known to have sent nothing.
func (d *departure) unsent() bool { return d.asked.Load() && !d.got.Load() }

// left tells that the request has been handed to the connection.
func (d *departure) left() bool { return d.wrote.Load() }

// answered tells that the answer has begun.
func (d *departure) answered() bool { return d.began.Load() }
