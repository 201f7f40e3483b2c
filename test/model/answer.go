package model

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"strconv"
	"strings"
	"syscall"
)

// trouble is what befalls a request.
type trouble string

const (
	noTrouble    trouble = ""
	neverLeft    trouble = "never left"
	lostBefore   trouble = "lost before"
	lostAfter    trouble = "lost after"
	resetAfter   trouble = "reset after"
	failsBefore  trouble = "500 before"
	failsAfter   trouble = "502 after"
	tooMany      trouble = "429"
	pageBefore   trouble = "page before"
	pageAfter    trouble = "page after"
	cutAfter     trouble = "cut after"
	oddAfter     trouble = "odd after"
	keptRefresh  trouble = "no refresh token"
	emptyRefresh trouble = "empty refresh token"
)

// troubles are all of them. What strikes after the exchange loses its answer.
func troubles() []trouble {
	return []trouble{
		lostAfter, failsBefore, tooMany, keptRefresh, lostBefore, resetAfter, failsAfter,
		emptyRefresh, pageBefore, pageAfter, cutAfter, oddAfter, neverLeft,
	}
}

// verdict is what the client learns by an answer.
type verdict string

const (
	undecided verdict = ""
	granted   verdict = "granted"
	refused   verdict = "refused"
	wrongApp  verdict = "wrong app"
	wait      verdict = "wait"
	unusable  verdict = "unusable"
)

// answer is what travels back.
type answer struct {
	verdict verdict
	got     pair // of a granted one
	status  int
	header  http.Header
	body    string
	err     error
}

func says(v verdict, status int, body string) answer {
	return answer{verdict: v, status: status, body: body, header: http.Header{"Content-Type": {"application/json"}}}
}

// ask is what the server does with a request, and what becomes of its answer.
func (w *world) ask(secret, refresh string, t trouble, arg int) answer {
	switch t {
	case neverLeft:
		return answer{verdict: unusable, err: &net.OpError{Op: "dial", Net: "tcp", Err: syscall.ECONNREFUSED}}
	case lostBefore:
		return answer{verdict: unusable, err: context.DeadlineExceeded}
	case failsBefore:
		return says(unusable, http.StatusInternalServerError, `{"status":"error"}`)
	case pageBefore:
		return says(unusable, http.StatusForbidden, `<html>blocked</html>`)
	case tooMany:
		a := says(wait, http.StatusTooManyRequests, `{"status":"error","policyName":"SECONDLY"}`)
		after := []string{"1", "30", "600", "86400", "soon"}[arg%5]
		a.header.Set("Retry-After", after)
		return a
	}
	if secret != w.server.secret {
		return says(wrongApp, http.StatusBadRequest, `{"status":"BAD_CLIENT_SECRET","error":"invalid_client"}`)
	}
	keeps := t == keptRefresh || t == emptyRefresh
	got, ok := w.server.exchange(refresh, w.clock.elapsed(), keeps)
	if !ok {
		return says(refused, http.StatusBadRequest, `{"status":"BAD_REFRESH_TOKEN","error":"invalid_grant"}`)
	}
	return w.spoil(t, got)
}

// spoil is what becomes of an answer with a good pair in it.
func (w *world) spoil(t trouble, got pair) answer {
	lifetime := strconv.Itoa(int(w.script.Lifetime.Seconds()))
	refresh := fmt.Sprintf(`,"refresh_token":%q`, got.refresh)
	if t == keptRefresh && got.refresh == "" {
		refresh = ""
	}
	good := fmt.Sprintf(`{"access_token":%q,"token_type":"bearer","expires_in":%s,"hub_id":%d%s}`, got.access, lifetime, hubID, refresh)
	switch t {
	case lostAfter:
		return answer{verdict: unusable, err: context.DeadlineExceeded}
	case resetAfter:
		return answer{verdict: unusable, err: &net.OpError{Op: "read", Net: "tcp", Err: syscall.ECONNRESET}}
	case failsAfter:
		return says(unusable, http.StatusBadGateway, ``)
	case pageAfter:
		return says(unusable, http.StatusOK, `<html>welcome</html>`)
	case cutAfter:
		return says(unusable, http.StatusOK, good[:len(good)/2])
	case oddAfter:
		return says(unusable, http.StatusOK, strings.Replace(good, lifetime, `"long"`, 1))
	}
	a := says(granted, http.StatusOK, good)
	a.got = got
	return a
}

// response is the answer as package net/http has it.
func (a answer) response(req *http.Request) (*http.Response, error) {
	if a.err != nil {
		return nil, a.err
	}
	return &http.Response{
		StatusCode: a.status, Header: a.header, Request: req, ProtoMajor: 1, ProtoMinor: 1,
		Body: io.NopCloser(strings.NewReader(a.body)), ContentLength: int64(len(a.body)),
	}, nil
}
