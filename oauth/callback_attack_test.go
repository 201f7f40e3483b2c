package oauth

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"
)

// attackMark stands in the attacks' parameters; no page may show it.
const attackMark = "zqattackqz"

// attack is one request, written byte by byte, that must neither be taken for
// the answer nor use the login up. In raw, {p} is the path, {s} the right state,
// {h} the right Host and {m} the mark.
type attack struct {
	name string
	raw  string
	want int // status
}

// get is a GET of a request target with the headers of a browser.
func get(target string) string {
	return "GET " + target + " HTTP/1.1\r\nHost: {h}\r\n\r\n"
}

// fill puts a consent's values into an attack.
func fill(t *testing.T, raw string, consent *Consent) string {
	t.Helper()
	return strings.NewReplacer(
		"{p}", consent.target.path,
		"{s}", stateOf(t, consent),
		"{h}", "localhost:"+strconv.Itoa(consent.target.port),
		"{m}", attackMark,
	).Replace(raw)
}

// dialCallback connects to the callback server.
func dialCallback(t *testing.T, consent *Consent) net.Conn {
	t.Helper()
	conn, err := net.Dial("tcp", "127.0.0.1:"+strconv.Itoa(consent.target.port))
	if err != nil {
		t.Fatal(err)
	}
	if err := conn.SetDeadline(time.Now().Add(10 * time.Second)); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	return conn
}

// sendRaw writes raw and returns the status, 0 if none came, and the whole answer.
func sendRaw(t *testing.T, consent *Consent, raw string) (int, string) {
	t.Helper()
	conn := dialCallback(t, consent)
	// A refused request may be cut off while it is still being written.
	_, _ = io.WriteString(conn, raw)
	if half, ok := conn.(*net.TCPConn); ok {
		_ = half.CloseWrite()
	}
	answer, _ := io.ReadAll(conn)
	response, err := http.ReadResponse(bufio.NewReader(strings.NewReader(string(answer))), nil)
	if err != nil {
		return 0, string(answer)
	}
	_ = response.Body.Close()
	return response.StatusCode, string(answer)
}

func TestCallbackAttacks(t *testing.T) {
	attacks := append(append(requestAttacks(), pathAttacks()...), queryAttacks()...)
	if len(attacks) < 80 {
		t.Errorf("there are only %d attacks", len(attacks))
	}
	for _, a := range attacks {
		t.Run(a.name, func(t *testing.T) {
			connector, store, endpoint := newConnector()
			consent := startConsent(t, connector, ConsentRequest{})
			status, answer := sendRaw(t, consent, fill(t, a.raw, consent))
			if status != a.want {
				t.Errorf("status %d, want %d", status, a.want)
			}
			checkHarmless(t, consent, answer)
			logInOnce(t, consent, store, endpoint)
		})
	}
}

// checkHarmless tells that an attack changed nothing and got nothing.
func checkHarmless(t *testing.T, consent *Consent, answer string) {
	t.Helper()
	select {
	case <-consent.attempt.done:
		t.Fatal("the attack ended the login")
	default:
	}
	if strings.Contains(answer, attackMark) || strings.Contains(answer, stateOf(t, consent)) {
		t.Error("the answer shows something of the request")
	}
	if strings.Contains(answer, "Access-Control-") || strings.Contains(answer, "Set-Cookie") || strings.Contains(answer, "Location:") {
		t.Errorf("the answer carries a header it should not:\n%s", answer)
	}
}

// logInOnce goes through the honest login, and once more through its last page.
func logInOnce(t *testing.T, consent *Consent, store *memoryConnections, endpoint *fakeEndpoint) {
	t.Helper()
	if status, _, _ := browse(t, honestAddress(t, consent)); status != http.StatusOK {
		t.Fatalf("the honest login got %d", status)
	}
	if err := consent.Wait(t.Context()); err != nil {
		t.Fatalf("the honest login failed: %v", err)
	}
	if _, err := consent.Complete(t.Context()); err != nil {
		t.Fatalf("the honest login could not be completed: %v", err)
	}
	if len(endpoint.exchanged) != 1 || endpoint.exchanged[0].Code.Reveal() != consentCode || store.puts != 1 {
		t.Errorf("%d exchanges, %d writes", len(endpoint.exchanged), store.puts)
	}
}

func TestCallbackPageHeaders(t *testing.T) {
	connector, _, _ := newConnector()
	consent := startConsent(t, connector, ConsentRequest{})
	for _, address := range []string{consent.RedirectURI() + "?state=wrong", honestAddress(t, consent)} {
		_, page, header := browse(t, address)
		for name, want := range map[string]string{
			"Cache-Control": "no-store", "Referrer-Policy": "no-referrer", "X-Content-Type-Options": "nosniff",
			"X-Frame-Options": "DENY", "Content-Type": "text/html; charset=utf-8", "Content-Security-Policy": pagePolicy(),
		} {
			if got := header.Get(name); got != want {
				t.Errorf("%s is %q", name, got)
			}
		}
		if !strings.HasSuffix(page, "</html>\n") || strings.Contains(page, stateOf(t, consent)) || strings.Contains(page, consentCode) {
			t.Errorf("page:\n%s", page)
		}
	}
}

// Whatever the values, the page is one of the fixed ones.
func TestCallbackReflectsNothing(t *testing.T) {
	connector, _, _ := newConnector()
	fixed := map[string]bool{}
	for v := verdictUnreadable; v <= verdictBadCode; v++ {
		fixed[pageFor(v).html()] = true
	}
	for _, text := range []string{"<script>alert(1)</script>", "\"><img src=x>", "{heading}", "</style>", "\x1b[31m", "${7*7}", "%00", "\u202e"} {
		consent := startConsent(t, connector, ConsentRequest{})
		for _, state := range []string{text, stateOf(t, consent)} {
			query := url.Values{"state": {state}, "error": {text}, "error_description": {text}, "code": {text}, "returnUrl": {text}}
			if _, page, _ := browse(t, consent.RedirectURI()+"?"+query.Encode()); !fixed[page] {
				t.Errorf("%q reached the page", text)
			}
		}
	}
}

func TestCallbackTakesBothLoopbackAddresses(t *testing.T) {
	for _, host := range []string{"127.0.0.1", "[::1]", "localhost"} {
		connector, store, endpoint := newConnector()
		consent := startConsent(t, connector, ConsentRequest{})
		address := strings.Replace(honestAddress(t, consent), "localhost", host, 1)
		if status, _, _ := browse(t, address+"&returnUrl=https%3A%2F%2Fapp.hubspot.com&iss=x"); status != http.StatusOK {
			t.Fatalf("%s got %d", host, status)
		}
		if err := consent.Wait(t.Context()); err != nil {
			t.Error(err)
		}
		if _, err := consent.Complete(t.Context()); err != nil || store.puts != 1 || len(endpoint.exchanged) != 1 {
			t.Errorf("%s: %v", host, err)
		}
	}
}

func TestCallbackParallelHits(t *testing.T) {
	connector, store, endpoint := newConnector()
	consent := startConsent(t, connector, ConsentRequest{})
	const hits = 24
	statuses := make(chan int, hits)
	for range hits {
		go func() {
			status, _ := sendRaw(t, consent, fill(t, get("{p}?code="+consentCode+"&state={s}"), consent))
			statuses <- status
		}()
	}
	counts := map[int]int{}
	for range hits {
		counts[<-statuses]++
	}
	if counts[http.StatusOK] != 1 || counts[http.StatusConflict] != hits-1 {
		t.Errorf("answers %v", counts)
	}
	if err := consent.Wait(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, err := consent.Complete(t.Context()); err != nil || len(endpoint.exchanged) != 1 || store.puts != 1 {
		t.Errorf("%v, %d exchanges", err, len(endpoint.exchanged))
	}
}

func TestCallbackHeldConnections(t *testing.T) {
	for name, opening := range map[string]string{"idle": "", "slow request line": "GET {p}?co", "slow headers": "GET {p}?state={s} HTTP/1.1\r\nHost: {h}\r\nX-A: "} {
		t.Run(name, func(t *testing.T) {
			connector, store, endpoint := newConnector()
			consent := startConsent(t, connector, ConsentRequest{})
			for range 100 {
				if _, err := fmt.Fprint(dialCallback(t, consent), fill(t, opening, consent)); err != nil {
					t.Fatal(err)
				}
			}
			logInOnce(t, consent, store, endpoint)
		})
	}
}
