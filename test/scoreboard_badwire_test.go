//go:build scoreboard

package test

import (
	"bytes"
	"compress/gzip"
	"crypto/tls"
	"net"
	"strconv"
	"strings"
	"time"

	"github.com/hsterm/hsterm/oauth"
)

// raw sends text as it is and closes.
func raw(text string) func(*exchange) { return func(x *exchange) { x.write(text) } }

// reset breaks a connection with a reset instead of an end.
func reset(conn net.Conn) {
	if tcp, ok := conn.(*net.TCPConn); ok {
		_ = tcp.SetLinger(0)
	}
	_ = conn.Close()
}

// silent neither speaks nor hangs up until the other side does.
func silent(conn net.Conn) {
	for {
		if _, err := conn.Read(make([]byte, 4096)); err != nil {
			return
		}
	}
}

// dripping sends one byte at a time.
func dripping(text string, every time.Duration) func(*exchange) {
	return func(x *exchange) {
		tick := time.NewTicker(every)
		defer tick.Stop()
		for i := range len(text) {
			if !x.write(text[i : i+1]) {
				return
			}
			<-tick.C
		}
	}
}

// endless repeats text until nobody takes it any more.
func endless(head, text string) func(*exchange) {
	return func(x *exchange) {
		for ok := x.write(head); ok; ok = x.write(text) {
		}
	}
}

// badWire is what no HTTP library would send.
func badWire() []badAnswer {
	const ok = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
	transient, bad := oauth.ClassTransient, oauth.ClassBadResponse
	sized := func(n int) string { return ok + "Content-Length: " + strconv.Itoa(n) + "\r\n\r\n" }
	whole := badToken()
	return []badAnswer{
		{name: "silence after the request", class: transient, slow: true, answer: func(x *exchange) { silent(x.conn) }},
		{name: "silence from the start", class: transient, slow: true, early: silent},
		{name: "headers that drip", class: transient, slow: true, answer: dripping(ok+"X-Long: "+strings.Repeat("x", 600), 100*time.Millisecond)},
		{name: "a body that drips", class: transient, slow: true, answer: dripping(sized(600)+strings.Repeat(" ", 600), 100*time.Millisecond)},
		{name: "a chunk that never ends", class: transient, slow: true, answer: func(x *exchange) {
			x.write(ok + "Transfer-Encoding: chunked\r\n\r\nffff\r\n{")
			silent(x.conn)
		}},
		{name: "101 and silence", class: bad, answer: func(x *exchange) {
			x.write("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n")
			silent(x.conn)
		}},
		{name: "an end before the request", class: transient, early: func(c net.Conn) { _ = c.Close() }},
		{name: "a reset before the request", class: transient, early: reset},
		{name: "an end instead of an answer", class: transient, answer: raw("")},
		{name: "a reset instead of an answer", class: transient, answer: func(x *exchange) { reset(x.raw) }},
		{name: "an end within the status line", class: transient, answer: raw("HTTP/1.1 2")},
		{name: "an end within the headers", class: transient, answer: raw(ok + "X-Half: ")},
		{name: "a reset within the body", class: transient, answer: func(x *exchange) { x.write(sized(500) + whole[:40]); reset(x.raw) }},
		{name: "less than its Content-Length", class: transient, answer: raw(sized(len(whole)+1) + whole)},
		{name: "more than its Content-Length", class: bad, answer: raw(sized(len(whole)-20) + whole)},
		{name: "two lengths", class: transient, answer: raw(ok + "Content-Length: 10\r\nContent-Length: 500\r\n\r\n" + whole)},
		{name: "a negative length", class: transient, answer: raw(sized(-1) + whole)},
		{name: "a length in words", class: transient, answer: raw(ok + "Content-Length: many\r\n\r\n" + whole)},
		{name: "no status", class: transient, answer: raw("HTTP/1.1 OK\r\n\r\n" + whole)},
		{name: "a status of four digits", class: transient, answer: raw("HTTP/1.1 2000 OK\r\n\r\n" + whole)},
		{name: "a status below zero", class: transient, answer: raw("HTTP/1.1 -20 OK\r\n\r\n" + whole)},
		{name: "another protocol", class: transient, answer: raw("220 mail.example ESMTP\r\n")},
		{name: "HTTP/9.9", class: transient, answer: raw("HTTP/x.y 200 OK\r\n\r\n" + whole)},
		{name: "the preface of HTTP/2", class: transient, answer: raw("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")},
		{name: "random bytes", class: transient, answer: raw("\x00\xff\x16\x03\x01\x02\x00\x01" + strings.Repeat("\x00\xfe", 40))},
		{name: "a body and no head", class: transient, answer: raw(whole)},
		{name: "a header without a colon", class: transient, answer: raw(ok + "no colon here\r\n\r\n" + whole)},
		{name: "a header with a NUL", class: transient, answer: raw(ok + "X-Nul: a\x00b\r\nContent-Length: 2\r\n\r\n{}")},
		{name: "endless headers", class: transient, answer: endless(ok, "X-More: "+strings.Repeat("y", 1000)+"\r\n")},
		{name: "one endless header", class: transient, answer: endless(ok+"X-More: ", strings.Repeat("y", 1000))},
		{name: "an endless status line", class: transient, answer: endless("HTTP/1.1 200 ", strings.Repeat("K", 1000))},
		{name: "a flood of 1xx", class: transient, answer: endless("", "HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n")},
		{name: "a chunk size that is none", class: transient, answer: raw(ok + "Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n")},
		{name: "a chunk size beyond all", class: transient, answer: raw(ok + "Transfer-Encoding: chunked\r\n\r\nfffffffffffffffff\r\n{}")},
		{name: "no last chunk", class: transient, answer: raw(ok + "Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n")},
		{name: "an unknown transfer coding", class: transient, answer: raw(ok + "Transfer-Encoding: br\r\n\r\n" + whole)},
		{name: "an endless body", class: bad, answer: endless(ok+"\r\n", strings.Repeat(" ", 4096))},
		{name: "endless empty chunks of spaces", class: bad, answer: endless(ok+"Transfer-Encoding: chunked\r\n\r\n", "1\r\n \r\n")},
		{name: "two content types", class: bad, answer: raw(ok + "Content-Type: text/html\r\n\r\n" + whole[:30])},
		{name: "10 MB of JSON", class: bad, answer: says(200, badToken("filler", `"`+strings.Repeat("z", 10<<20)+`"`))},
		{name: "an unknown content coding", class: bad, answer: says(200, "\x28\xb5\x2f\xfd"+packed(whole), "Content-Encoding: zstd")},
		{name: "gzip that is none", class: bad, answer: says(200, whole, "Content-Encoding: gzip")},
		{name: "gzip broken off", class: transient, answer: says(200, packed(whole)[:40], "Content-Encoding: gzip")},
		{name: "gzip with a wrong sum", class: bad, answer: says(200, flipped(packed(whole), -6), "Content-Encoding: gzip")},
		{name: "gzip broken inside", class: bad, answer: says(200, flipped(packed(whole), 12), "Content-Encoding: gzip")},
		{name: "a gzip bomb", class: bad, answer: says(200, packed(strings.Repeat(" ", 64<<20)), "Content-Encoding: gzip")},
		{name: "gzip within gzip", class: bad, answer: says(200, packed(packed(whole)), "Content-Encoding: gzip, gzip")},
		{name: "a bomb within a bomb", class: bad, answer: says(200, packed(packed(strings.Repeat(" ", 64<<20))), "Content-Encoding: gzip")},
	}
}

func packed(text string) string {
	var b bytes.Buffer
	zip := gzip.NewWriter(&b)
	// Writing to memory cannot fail.
	_, _ = zip.Write([]byte(text))
	_ = zip.Close()
	return b.String()
}

// flipped turns the bits of one byte around; a negative place counts from the end.
func flipped(text string, at int) string {
	b := []byte(text)
	b[(at+len(b))%len(b)] ^= 0xff
	return string(b)
}

// badTLS is a server whose TLS is wrong until it is healed.
type badTLS struct {
	bad   func(*badRoots) *tls.Config
	roots *badRoots
}

func (b badTLS) with(roots *badRoots) *badTLS { b.roots = roots; return &b }

func (b *badTLS) config(healed bool) *tls.Config {
	if healed || b.bad == nil {
		return b.roots.good()
	}
	return b.bad(b.roots)
}
