package oauth

import (
	"compress/flate"
	"compress/gzip"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"net"
	"net/url"
	"syscall"
)

// errTooLarge ends the reading of a body that is beyond its limit.
var errTooLarge = errors.New("the answer is larger than allowed")

// classifyAbsence says why no (whole) answer came. The text of a *url.Error is
// never used: it holds the URL, and with it whatever a v1 path carries.
func classifyAbsence(a Answer) *Error {
	cause := withoutURL(a.Err)
	if e := asError(cause); e != nil {
		return e
	}
	e := &Error{Class: ClassTransient, Err: cause, Status: a.Status, Unsent: a.Unsent || neverSent(cause)}
	e.Message, e.Hint = absenceWords(cause)
	switch {
	case errors.Is(cause, errTooLarge), badlyPacked(cause):
		e.Class = ClassBadResponse
	case a.writes() && !e.Unsent:
		e.Class = ClassUnknownOutcome
		e.Message = "Whether the change was made is unknown. " + e.Message
		e.Hint = hintLook
	case errors.Is(cause, context.Canceled):
		e.Class, e.Hint = ClassInterrupted, ""
	}
	return e
}

// badlyPacked tells a body that came whole and cannot be unpacked.
func badlyPacked(err error) bool {
	var corrupt flate.CorruptInputError
	return errors.Is(err, gzip.ErrHeader) || errors.Is(err, gzip.ErrChecksum) || errors.As(err, &corrupt)
}

// absenceWords names the cause. Order matters: timeouts hide inside other
// errors, and certificate errors inside network ones.
func absenceWords(err error) (message, hint string) {
	const again = "Try again in a little while."
	var dns *net.DNSError
	var op *net.OpError
	switch {
	case errors.Is(err, errTooLarge):
		return "The answer is larger than allowed and was not read.", "Check the app's API URL."
	case badlyPacked(err):
		return "The answer's compression is broken.", again
	case errors.Is(err, context.Canceled):
		return "Stopped before the answer came.", ""
	case tlsTrouble(err):
		return "No secure connection: the server's certificate or TLS was refused.",
			"Check this computer's clock, and any proxy between it and the server."
	case errors.As(err, &dns):
		return "The server's name could not be resolved.", "Check the network and the app's API URL."
	case timedOut(err):
		return "The server did not answer in time.", again
	case errors.Is(err, syscall.ECONNREFUSED):
		return "The server refused the connection.", "Check that it is running and the app's API URL."
	case errors.As(err, &op) && op.Op == "dial":
		return "The server could not be reached.", "Check the network."
	case errors.Is(err, syscall.ECONNRESET), errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, syscall.EPIPE):
		return "The connection broke before the whole answer came.", again
	}
	return "No usable answer came from the server.", again
}

// neverSent tells failures that only happen before a request leaves, for transports
// that do not report their steps: finding the server, reaching it, its certificate.
// An alert of TLS is none of them: in TLS 1.3 it may come after the request.
func neverSent(err error) bool {
	var dns *net.DNSError
	var op *net.OpError
	return errors.As(err, &dns) || (errors.As(err, &op) && op.Op == "dial") || handshakeFailed(err)
}

func tlsTrouble(err error) bool {
	var op *net.OpError // crypto/tls reports alerts this way
	alert := errors.As(err, &op) && (op.Op == "remote error" || op.Op == "local error")
	return alert || handshakeFailed(err)
}

func handshakeFailed(err error) bool {
	var verify *tls.CertificateVerificationError
	var record tls.RecordHeaderError
	var unknown x509.UnknownAuthorityError
	var host x509.HostnameError
	var invalid x509.CertificateInvalidError
	return errors.As(err, &verify) || errors.As(err, &record) ||
		errors.As(err, &unknown) || errors.As(err, &host) || errors.As(err, &invalid)
}

func timedOut(err error) bool {
	var t interface{ Timeout() bool }
	return errors.Is(err, context.DeadlineExceeded) || (errors.As(err, &t) && t.Timeout())
}

// withoutURL takes the *url.Error of http.Client off.
func withoutURL(err error) error {
	var u *url.Error
	if errors.As(err, &u) {
		return u.Err
	}
	return err
}
