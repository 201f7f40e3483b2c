package cli

import (
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"

	"github.com/hsterm/hsterm/oauth"
)

func TestTableAlignsBeforeItPaints(t *testing.T) {
	list := table{head: []string{"PORTAL", "HUB ID", "STATE"}}
	list.row(left("acme"), right("62515"), left("active").as(moodGood))
	list.row(left("glöbex\x1b"), right("7"), left("due").as(moodDue))
	paint := func(m mood, text string) string {
		if m == moodGood {
			return "<" + text + ">"
		}
		return text
	}
	var b strings.Builder
	if err := list.write(&b, paint); err != nil {
		t.Fatal(err)
	}
	const want = "" +
		"PORTAL   HUB ID  STATE\n" +
		"acme      62515  <active>\n" +
		"glöbex\ufffd       7  due\n"
	if b.String() != want {
		t.Errorf("the table is\n%s\nwant\n%s", b.String(), want)
	}
}

func TestTableStaysWithinTheTerminal(t *testing.T) {
	for _, width := range []int{0, 60, 80, 120} {
		list := table{head: []string{"PORTAL", "HUB ID", "APP", "STATE"}, width: width}
		list.row(left(strings.Repeat("long-alias-", 5)), right("62515"), left(strings.Repeat("app-", 10)), left(strings.Repeat("reason ", 20)))
		list.row(left("acme"), right("62515"), left("main"), left("active"))
		var b strings.Builder
		if err := list.write(&b, func(_ mood, text string) string { return text }); err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(b.String()) {
			if got := ansi.StringWidth(strings.TrimSuffix(line, "\n")); width > 0 && got > width {
				t.Errorf("%d columns on a terminal of %d: %s", got, width, line)
			}
		}
		if width == 0 && strings.Contains(b.String(), "…") {
			t.Errorf("cut although nothing limits it:\n%s", b.String())
		}
	}
}

func TestRowHasTheHeadlineOfAReason(t *testing.T) {
	for reason, want := range map[string]string{
		"Grant refused: it was revoked, or the app was uninstalled. The server says: “no”": "Grant refused",
		"The app's client secret is wrong. The server says: “no”":                          "The app's client secret is wrong",
		"The portal's grant has ended.":                                                    "The portal's grant has ended",
		"":                                                                                 "",
	} {
		portal := oauth.Portal{Kind: oauth.KindOAuth, Status: oauth.StatusReconnectRequired, StatusReason: reason}
		if got := lifeWords(portal, time.Time{}); got != want {
			t.Errorf("the row says %q, want %q", got, want)
		}
	}
}

func TestListOfABrokenPortalIsOneLine(t *testing.T) {
	l := newBroken(t)
	s := l.open("list")
	s.ends(0)
	text := s.tty.Screen().Text()
	if !strings.Contains(text, "app misconfigured  The app's client secret is wrong") || strings.Contains(text, "server says") {
		t.Errorf("the list is\n%s", text)
	}
	r := l.run("list")
	r.want(t, 0, "The app's client secret is wrong\n", "")
	l.run("list", "--json").want(t, 0, "The server says: ", "")
}
