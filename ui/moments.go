package ui

import (
	"fmt"
	"strings"
	"time"
)

// clock is a time of day where the reader is, with the day when it is another.
func (s scene) clock(t time.Time) string {
	t, now := t.In(s.zone), s.now.In(s.zone)
	if t.YearDay() == now.YearDay() && t.Year() == now.Year() {
		return t.Format("15:04:05")
	}
	return t.Format("2 Jan 15:04")
}

// day is a date where the reader is.
func (s scene) day(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.In(s.zone).Format("2 Jan 2006")
}

// join puts two spaces between what is not empty.
func join(parts ...string) string {
	var kept []string
	for _, p := range parts {
		if p != "" {
			kept = append(kept, p)
		}
	}
	return strings.Join(kept, "  ")
}

func onOff(on bool) string {
	if on {
		return "on"
	}
	return "off"
}

// thousands groups digits: 1,204.
func thousands(n int64) string {
	s := fmt.Sprint(n)
	for i := len(s) - 3; i > 0 && s[i-1] != '-'; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}
