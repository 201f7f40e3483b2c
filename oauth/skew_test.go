package oauth

import (
	"net/http"
	"testing"
	"time"
)

func TestSkewIsToldOnceBeyondTheLimit(t *testing.T) {
	now := time.Date(2026, 11, 20, 12, 0, 0, 500_000_000, time.UTC)
	m := &SkewMeter{}
	see := func(server time.Duration) {
		m.Observe(http.Header{"Date": {now.Add(server).Format(http.TimeFormat)}}, now, now)
	}
	if _, changed := m.Crossed(); changed || m.Skew() != 0 {
		t.Error("something is known before the first answer")
	}
	see(-29 * time.Second)
	if _, changed := m.Crossed(); changed || m.Skew() != 0 {
		t.Errorf("29 s are told: %v", m.Skew())
	}
	see(-45 * time.Second)
	if skew, changed := m.Crossed(); !changed || skew != 45*time.Second {
		t.Errorf("ahead: %v, %v", skew, changed)
	}
	if _, changed := m.Crossed(); changed {
		t.Error("told twice")
	}
	see(time.Hour)
	if m.Skew() != -time.Hour {
		t.Errorf("behind: %v", m.Skew())
	}
	see(0)
	if skew, changed := m.Crossed(); !changed || skew != 0 {
		t.Errorf("back: %v, %v", skew, changed)
	}
	m.Observe(http.Header{"Date": {"yesterday"}}, now, now)
	if m.Skew() != 0 {
		t.Error("a Date that is none counts")
	}
	var none *SkewMeter
	none.Observe(http.Header{}, now, now)
	if _, changed := none.Crossed(); changed || none.Skew() != 0 {
		t.Error("a nil meter measures")
	}
}
