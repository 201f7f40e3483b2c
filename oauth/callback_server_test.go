package oauth

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// honestRequest is the browser's, as the handler sees it.
func honestRequest(t *testing.T, consent *Consent) *http.Request {
	t.Helper()
	request := httptest.NewRequest(http.MethodGet, strings.TrimPrefix(honestAddress(t, consent), "http://localhost:8976"), nil)
	request.Host, request.RemoteAddr = "localhost:8976", "127.0.0.1:50000"
	return request
}

func TestCallbackRefusesOtherMachines(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		consent, _ := pipeConsent(t, 0)
		request, answer := honestRequest(t, consent), httptest.NewRecorder()
		request.RemoteAddr = "192.0.2.1:50000"
		consent.server.ServeHTTP(answer, request)
		if answer.Code != http.StatusMisdirectedRequest {
			t.Errorf("status %d", answer.Code)
		}
		checkHarmless(t, consent, answer.Body.String())
	})
}

// firstWord notices when the page begins to be written.
type firstWord struct {
	*httptest.ResponseRecorder
	notice func()
}

func (w firstWord) WriteHeader(status int) {
	w.notice()
	w.ResponseRecorder.WriteHeader(status)
}

// The server closes once an answer is known, so the browser gets its page first.
func TestCallbackAnswersBeforeItTells(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		consent, _ := pipeConsent(t, 0)
		told := func() bool {
			select {
			case <-consent.attempt.done:
				return true
			default:
				return false
			}
		}
		answer := firstWord{httptest.NewRecorder(), func() {
			if told() {
				t.Error("the answer was known before the page was written")
			}
		}}
		consent.server.ServeHTTP(answer, honestRequest(t, consent))
		if answer.Code != http.StatusOK || !answer.Flushed || !told() {
			t.Errorf("status %d, flushed %v, told %v", answer.Code, answer.Flushed, told())
		}
	})
}

// A page that is still on its way is waited for, within limits.
func TestCloseLetsPagesOut(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		consent, _ := pipeConsent(t, 0)
		release, closed := make(chan struct{}), make(chan struct{})
		answer := firstWord{httptest.NewRecorder(), func() { <-release }}
		request := honestRequest(t, consent)
		go consent.server.ServeHTTP(answer, request)
		synctest.Wait()
		go func() {
			_ = consent.Close()
			close(closed)
		}()
		synctest.Wait()
		select {
		case <-closed:
			t.Error("Close did not wait for the page")
		default:
		}
		late := httptest.NewRecorder()
		consent.server.ServeHTTP(late, honestRequest(t, consent))
		if late.Code != http.StatusServiceUnavailable {
			t.Errorf("a request to a closing server got %d", late.Code)
		}
		close(release)
		<-closed
		if err := consent.Wait(t.Context()); err != nil {
			t.Errorf("Close took the answer away: %v", err)
		}
	})
}

func TestCloseDoesNotWaitForEver(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		consent, l := pipeConsent(t, 0)
		release := make(chan struct{})
		request := honestRequest(t, consent)
		go consent.server.ServeHTTP(firstWord{httptest.NewRecorder(), func() { <-release }}, request)
		held := l.dial()
		synctest.Wait()
		start := time.Now()
		_ = consent.Close()
		if took := time.Since(start); took != callbackLinger {
			t.Errorf("Close took %s", took)
		}
		_ = held.SetReadDeadline(time.Now().Add(time.Second))
		if _, err := held.Read(make([]byte, 1)); err != io.EOF {
			t.Errorf("a held connection outlives the server: %v", err)
		}
		close(release)
		synctest.Wait()
	})
}

// Between taking an answer and telling it, a cancelled Wait holds on.
func TestWaitHoldsOnForAnAnswerOnItsWay(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		consent, _ := pipeConsent(t, 0)
		if v := consent.attempt.take(); v != verdictAccepted {
			t.Fatalf("verdict %d", v)
		}
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		ended := make(chan error, 1)
		go func() { ended <- consent.Wait(ctx) }()
		synctest.Wait()
		if len(ended) != 0 {
			t.Error("Wait ended before the answer was told")
		}
		consent.attempt.settle(outcome{code: NewSecret(consentCode)})
		if err := <-ended; err != nil {
			t.Errorf("Wait: %v", err)
		}
	})
}
