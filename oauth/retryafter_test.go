package oauth

import (
	"net/http"
	"testing"
	"time"
)

func TestRetryAfter(t *testing.T) {
	now := time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		value, date string
		want        time.Duration // 0: none
	}{
		{value: ""},
		{value: "5", want: 5 * time.Second},
		{value: " 5 ", want: 5 * time.Second},
		{value: "0", want: time.Second},
		{value: "86400", want: 10 * time.Minute},
		{value: "99999999999999999999999", want: 10 * time.Minute},
		{value: "18446744073709551615", want: 10 * time.Minute},
		{value: "-5"},
		{value: "soon"},
		{value: "1.5"},
		{value: "Fri, 20 Nov 2026 12:00:30 GMT", want: 30 * time.Second},
		{value: "Fri, 20 Nov 2026 11:00:00 GMT", want: time.Second},
		{value: "Fri, 20 Nov 2026 18:00:00 GMT", want: 10 * time.Minute},
		{value: "Fri, 20 Nov 2026 12:05:30 GMT", date: "Fri, 20 Nov 2026 12:05:00 GMT", want: 30 * time.Second},
		{value: "Friday, 20-Nov-26 12:00:30 GMT", want: 30 * time.Second},
	} {
		h := http.Header{}
		h.Set("Retry-After", c.value)
		if c.date != "" {
			h.Set("Date", c.date)
		}
		var want time.Time
		if c.want > 0 {
			want = now.Add(c.want)
		}
		if got := retryAfter(h, now); !got.Equal(want) {
			t.Errorf("%q: %v, want %v", c.value, got, want)
		}
	}
}

func FuzzRetryAfter(f *testing.F) {
	for _, seed := range []string{"5", "-1", "99999999999999999999", "Fri, 20 Nov 2026 12:00:30 GMT", ""} {
		f.Add(seed, "Fri, 20 Nov 2026 12:00:00 GMT")
	}
	now := time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)
	f.Fuzz(func(t *testing.T, value, date string) {
		at := retryAfter(http.Header{"Retry-After": {value}, "Date": {date}}, now)
		if wait := at.Sub(now); !at.IsZero() && (wait < time.Second || wait > 10*time.Minute) {
			t.Fatalf("%q: %v", value, wait)
		}
	})
}

func TestBackoffGrowsWithinBounds(t *testing.T) {
	last := time.Duration(0)
	for failures := 1; failures <= 40; failures++ {
		least, most := backoff(failures, 0), backoff(failures, 1)
		if least < time.Second || most > 2*time.Minute || least > most || most < last {
			t.Fatalf("%d failures: %v to %v", failures, least, most)
		}
		last = most
	}
	if backoff(1, 0.5) > 2*time.Second || last != 2*time.Minute {
		t.Errorf("first %v, last %v", backoff(1, 0.5), last)
	}
}

func TestLeaseWaitBounds(t *testing.T) {
	for try := range 100 {
		for _, unit := range []float64{0, 0.5, 1} {
			if d := leaseWait(try, unit); d < 25*time.Millisecond || d > 500*time.Millisecond {
				t.Fatalf("try %d: %v", try, d)
			}
		}
	}
}
