package oauth

import (
	"net/http"
	"strings"
	"testing"
)

func TestOwnHost(t *testing.T) {
	cases := []struct {
		host string
		port int
		want bool
	}{
		{"localhost:8976", 8976, true},
		{"LOCALHOST:8976", 8976, true},
		{"127.0.0.1:8976", 8976, true},
		{"[::1]:8976", 8976, true},
		{"localhost", 80, true},
		{"[::1]", 80, true},
		{"localhost:80", 80, true},
		{"localhost", 8976, false},
		{"localhost:", 8976, false},
		{"localhost:", 80, false},
		{"localhost:8977", 8976, false},
		{"localhost:08976", 8976, false},
		{"localhost.:8976", 8976, false},
		{"localhost.evil.example:8976", 8976, false},
		{"evil.example:8976", 8976, false},
		{"127.0.0.1.evil.example:8976", 8976, false},
		{"127.0.0.2:8976", 8976, false},
		{"127.1:8976", 8976, false},
		{"0.0.0.0:8976", 8976, false},
		{"2130706433:8976", 8976, false},
		{"::1:8976", 8976, false},
		{"[::1]:8976:8976", 8976, false},
		{"[::ffff:127.0.0.1]:8976", 8976, false},
		{"user@localhost:8976", 8976, false},
		{"localhost:8976@evil.example", 8976, false},
		{" localhost:8976", 8976, false},
		{"", 8976, false},
		{"", 80, false},
		{":80", 80, false},
	}
	for _, c := range cases {
		if got := ownHost(c.host, c.port); got != c.want {
			t.Errorf("ownHost(%q, %d) = %v", c.host, c.port, got)
		}
	}
}

func TestFromThisMachine(t *testing.T) {
	for remote, want := range map[string]bool{
		"127.0.0.1:50000": true, "[::1]:50000": true, "[::ffff:127.0.0.1]:5": true,
		"192.0.2.1:50000": false, "[2001:db8::1]:5": false, "": false, "localhost:5": false,
	} {
		if got := fromThisMachine(remote); got != want {
			t.Errorf("fromThisMachine(%q) = %v", remote, got)
		}
	}
}

func TestNavigates(t *testing.T) {
	cases := []struct {
		name, value string
		want        bool
	}{
		{"Accept", "text/html", true},
		{"Sec-Fetch-Mode", "navigate", true},
		{"Sec-Fetch-Mode", "cors", false},
		{"Sec-Fetch-Mode", "no-cors", false},
		{"Sec-Fetch-Mode", "", false},
		{"Sec-Fetch-Dest", "document", true},
		{"Sec-Fetch-Dest", "iframe", false},
		{"Sec-Fetch-Dest", "image", false},
		{"Sec-Purpose", "prefetch", false},
		{"Sec-Purpose", "prefetch;prerender", false},
		{"Purpose", "Prefetch", false},
		{"X-Purpose", "preview", false},
		{"X-Moz", "prefetch", false},
	}
	for _, c := range cases {
		if got := navigates(http.Header{c.name: {c.value}}); got != c.want {
			t.Errorf("%s: %s gives %v", c.name, c.value, got)
		}
	}
	if navigates(http.Header{"Sec-Fetch-Mode": {"navigate", "cors"}}) {
		t.Error("a second mode is overlooked")
	}
}

func FuzzOwnHost(f *testing.F) {
	for _, host := range []string{"localhost:8976", "[::1]:8976", "127.0.0.1:8976", "evil:8976", "[:", "a:b:c", ":"} {
		f.Add(host)
	}
	f.Fuzz(func(t *testing.T, host string) {
		if !ownHost(host, 8976) {
			return
		}
		switch strings.ToLower(host) {
		case "localhost:8976", "127.0.0.1:8976", "[::1]:8976":
		default:
			t.Errorf("%q counts as ours", host)
		}
	})
}
