package ui

import (
	"context"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"
)

// stage plays the part of Bubble Tea in a synctest bubble: commands run in
// goroutines of their own, time moves only when the test says so, and a call of
// the backend while Update or View runs fails the test.
type stage struct {
	t         *testing.T
	m         *Model
	fake      *fakeBackend
	msgs      chan tea.Msg
	inside    atomic.Bool
	clipboard []string
	quit      bool
	updates   int
	asked     int // how often the terminal was asked for its background
}

// play runs a test on a stage of a size. edit may change the options.
func play(t *testing.T, fake func(now func() time.Time) *fakeBackend, width, height int, edit func(*Options), test func(*stage)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		s := &stage{t: t, msgs: make(chan tea.Msg, 1000)}
		o := Options{Now: time.Now, Zone: time.UTC, Profile: colorprofile.TrueColor, Theme: "dark", Width: width, Height: height, Quiet: true, Context: ctx}
		if edit != nil {
			edit(&o)
		}
		s.fake = fake(o.Now)
		s.watch()
		o.Backend = s.fake.backend()
		s.m = New(o)
		defer s.drain(cancel)
		s.run(s.m.Init())
		s.settle()
		test(s)
	})
}

// watch makes the backend refuse calls from inside Update and View, on top of
// what the test wants it to do.
func (s *stage) watch() {
	before := s.fake.before
	s.fake.before = func(ctx context.Context, method string) error {
		if s.inside.Load() {
			s.t.Errorf("%s was called from Update or View", method)
		}
		if before != nil {
			return before(ctx, method)
		}
		return ctx.Err()
	}
}

// hinder makes the backend do something before it answers.
func (s *stage) hinder(f func(ctx context.Context, method string) error) {
	s.fake.mu.Lock()
	s.fake.before = f
	s.fake.mu.Unlock()
	s.watch()
}

func (s *stage) run(cmd tea.Cmd) {
	if cmd == nil {
		return
	}
	go func() {
		if msg := cmd(); msg != nil {
			s.msgs <- msg
		}
	}()
}

// settle handles messages until nothing moves any more without time passing.
func (s *stage) settle() {
	for {
		synctest.Wait()
		select {
		case msg := <-s.msgs:
			s.handle(msg)
		default:
			s.frame()
			return
		}
	}
}

func (s *stage) handle(msg tea.Msg) {
	if batch, ok := msg.(tea.BatchMsg); ok {
		for _, cmd := range batch {
			s.run(cmd)
		}
		return
	}
	// Messages of Bubble Tea's own have no exported type.
	switch name := fmt.Sprintf("%T", msg); name {
	case "tea.setClipboardMsg":
		s.clipboard = append(s.clipboard, reflect.ValueOf(msg).String())
	case "tea.QuitMsg":
		s.quit = true
	case "tea.backgroundColorMsg":
		s.asked++
	}
	// No command may be running beside it, or its calls would be blamed on Update.
	synctest.Wait()
	s.inside.Store(true)
	_, cmd := s.m.Update(msg)
	s.inside.Store(false)
	s.updates++
	s.run(cmd)
}

// send handles a message and all that follows from it at once.
func (s *stage) send(msgs ...tea.Msg) {
	for _, msg := range msgs {
		s.handle(msg)
		s.settle()
	}
}

// press presses keys by name; other text is typed.
func (s *stage) press(keys ...string) {
	for _, k := range keys {
		s.send(keyPress(k))
	}
}

func (s *stage) typeText(text string) {
	for _, r := range text {
		s.send(tea.KeyPressMsg{Code: r, Text: string(r)})
	}
}

func keyPress(name string) tea.KeyPressMsg {
	special := map[string]rune{
		"up": tea.KeyUp, "down": tea.KeyDown, "left": tea.KeyLeft, "right": tea.KeyRight, "enter": tea.KeyEnter, "esc": tea.KeyEscape,
		"tab": tea.KeyTab, "backspace": tea.KeyBackspace, "pgdown": tea.KeyPgDown, "pgup": tea.KeyPgUp, "home": tea.KeyHome, "end": tea.KeyEnd,
	}
	switch {
	case name == "shift+tab":
		return tea.KeyPressMsg{Code: tea.KeyTab, Mod: tea.ModShift}
	case name == "space":
		return tea.KeyPressMsg{Code: tea.KeySpace, Text: " "}
	case strings.HasPrefix(name, "ctrl+"):
		return tea.KeyPressMsg{Code: rune(name[len("ctrl+")]), Mod: tea.ModCtrl}
	case special[name] != 0:
		return tea.KeyPressMsg{Code: special[name]}
	}
	r := []rune(name)[0]
	return tea.KeyPressMsg{Code: r, Text: name}
}

// pass lets time go by, handling what it brings.
func (s *stage) pass(d time.Duration) {
	over := time.After(d)
	for {
		select {
		case msg := <-s.msgs:
			s.handle(msg)
		case <-over:
			s.settle()
			return
		}
	}
}

// drain lets commands that still wait end, and forgets what they bring.
func (s *stage) drain(cancel func()) {
	cancel()
	over := time.After(5 * time.Minute)
	for {
		select {
		case <-s.msgs:
		case <-over:
			return
		}
	}
}

// frame draws, and checks that it fits.
func (s *stage) frame() picture {
	s.t.Helper()
	synctest.Wait()
	s.inside.Store(true)
	defer s.inside.Store(false)
	s.m.View()
	p := s.m.picture()
	checkFits(s.t, p, s.m.width, s.m.height)
	return p
}

// text is the screen without styles.
func (s *stage) text() string { return plainText(s.frame()) }

func plainText(p picture) string {
	lines := slices.Clone(p.lines)
	for i := range lines {
		lines[i] = strings.TrimRight(ansi.Strip(lines[i]), " ")
	}
	return strings.Join(lines, "\n")
}

// sees and misses look for words on the screen.
func (s *stage) sees(words ...string) {
	s.t.Helper()
	text := s.text()
	for _, w := range words {
		if !strings.Contains(text, w) {
			s.t.Errorf("the screen does not show %q:\n%s", w, text)
		}
	}
}

func (s *stage) misses(words ...string) {
	s.t.Helper()
	text := s.text()
	for _, w := range words {
		if strings.Contains(text, w) {
			s.t.Errorf("the screen shows %q:\n%s", w, text)
		}
	}
}

func checkFits(t *testing.T, p picture, width, height int) {
	t.Helper()
	if len(p.lines) != height {
		t.Errorf("%dx%d: %d lines", width, height, len(p.lines))
	}
	for i, line := range p.lines {
		if w := textWidth(line); w != width {
			t.Errorf("%dx%d: line %d is %d wide: %q", width, height, i, w, ansi.Strip(line))
		}
		if strings.ContainsAny(line, "\n\r\t") {
			t.Errorf("%dx%d: line %d holds a control character: %q", width, height, i, line)
		}
	}
	if c := p.cursor; c != nil && (c.x < 0 || c.y < 0 || c.x >= width || c.y >= height) {
		t.Errorf("%dx%d: the cursor is at %v", width, height, *c)
	}
}
