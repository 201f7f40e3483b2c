// Package terminal runs a program in a real pseudo-terminal and reads its screen
// through a terminal emulator, for the black-box tests and the pictures.
package terminal

import (
	"context"
	"errors"
	"fmt"
	"image/color"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"sync"
	"syscall"
	"time"

	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/vt"
	"github.com/creack/pty"
)

// Options say what terminal the program finds.
type Options struct {
	Cols, Rows int         // in cells; 80 and 24 when 0
	Background color.Color // answered to a colour query; black when nil
	Foreground color.Color // answered to a colour query; white when nil

	// Mute leaves every query of the program unanswered, as some terminals do.
	Mute bool
}

// Terminal is a running program and its screen. It may be used by several
// goroutines.
type Terminal struct {
	cmd  *exec.Cmd
	tty  *os.File
	mute bool

	mu      sync.Mutex // guards what follows
	emu     *vt.Emulator
	title   string
	hidden  bool      // the cursor
	alt     bool      // the alternate screen is shown
	syncing bool      // inside a synchronised update
	shown   Screen    // as it was when the update began
	raw     []byte    // the last maxRaw bytes written
	last    time.Time // of the last output

	read chan struct{} // closed when all output was read
	done chan struct{} // closed when the program has ended
	err  error         // of the program; read after done
}

const maxRaw = 1 << 20

// Start runs cmd in a new terminal. Its standard streams are taken; TERM and
// COLORTERM are the caller's business.
func Start(cmd *exec.Cmd, o Options) (*Terminal, error) {
	cols, rows := o.Cols, o.Rows
	if cols == 0 {
		cols = 80
	}
	if rows == 0 {
		rows = 24
	}
	t := &Terminal{
		cmd: cmd, mute: o.Mute, emu: vt.NewEmulator(cols, rows),
		read: make(chan struct{}), done: make(chan struct{}), last: now(),
	}
	t.listen(o)
	// Started under nohup, this process would hand its deafness to SIGHUP on; a
	// signal that is handled here is back to its default there.
	hangUps := make(chan os.Signal, 1)
	signal.Notify(hangUps, syscall.SIGHUP)
	defer signal.Stop(hangUps)
	tty, err := pty.StartWithSize(cmd, &pty.Winsize{Cols: uint16(cols), Rows: uint16(rows)})
	if err != nil {
		return nil, err
	}
	t.tty = tty
	go t.answer()
	go t.show()
	go func() {
		t.err = cmd.Wait()
		close(t.done)
	}()
	return t, nil
}

// listen makes the emulator behave like the terminals people use: it knows
// synchronised updates, and tells its colours when asked.
func (t *Terminal) listen(o Options) {
	t.emu.SetDefaultBackgroundColor(orElse(o.Background, color.Black))
	t.emu.SetDefaultForegroundColor(orElse(o.Foreground, color.White))
	t.emu.RegisterCsiHandler(ansi.Command('?', '$', 'p'), func(params ansi.Params) bool {
		if mode, _, ok := params.Param(0, 0); !ok || ansi.DECMode(mode) != ansi.ModeSynchronizedOutput {
			return false
		}
		_, _ = io.WriteString(t.emu.InputPipe(), ansi.ReportMode(ansi.ModeSynchronizedOutput, ansi.ModeReset))
		return true
	})
	t.emu.SetCallbacks(vt.Callbacks{
		Title:            func(s string) { t.title = s },
		AltScreen:        func(on bool) { t.alt = on },
		CursorVisibility: func(visible bool) { t.hidden = !visible },
		EnableMode: func(m ansi.Mode) {
			if m == ansi.ModeSynchronizedOutput {
				t.shown, t.syncing = t.snapshot(), true
			}
		},
		DisableMode: func(m ansi.Mode) {
			if m == ansi.ModeSynchronizedOutput {
				t.syncing = false
			}
		},
	})
}

// now is the real clock: what is measured here is a real program.
func now() time.Time { return time.Now() }

func orElse(c, other color.Color) color.Color {
	if c == nil {
		return other
	}
	return c
}

// answer carries what the emulator replies to the program.
func (t *Terminal) answer() {
	if t.mute {
		_, _ = io.Copy(io.Discard, t.emu)
		return
	}
	_, _ = io.Copy(t.tty, t.emu)
}

// show feeds the emulator until the program's side of the terminal is closed.
func (t *Terminal) show() {
	defer close(t.read)
	buf := make([]byte, 32<<10)
	for {
		n, err := t.tty.Read(buf)
		t.mu.Lock()
		if n > 0 {
			_, _ = t.emu.Write(buf[:n])
			t.raw = append(t.raw, buf[:n]...)
			if extra := len(t.raw) - maxRaw; extra > 0 {
				t.raw = append(t.raw[:0], t.raw[extra:]...)
			}
			t.last = now()
		}
		t.mu.Unlock()
		if err != nil {
			return
		}
	}
}

// Send types text; escape sequences of keys are in [Key].
func (t *Terminal) Send(text string) error {
	_, err := io.WriteString(t.tty, text)
	return err
}

// Signal sends a signal to the program, such as SIGSTOP.
func (t *Terminal) Signal(sig os.Signal) error { return t.cmd.Process.Signal(sig) }

// Resize changes the size, which the program is told by SIGWINCH.
func (t *Terminal) Resize(cols, rows int) error {
	t.mu.Lock()
	t.emu.Resize(cols, rows)
	t.mu.Unlock()
	return pty.Setsize(t.tty, &pty.Winsize{Cols: uint16(cols), Rows: uint16(rows)})
}

// Raw returns the last MiB the program wrote, escape sequences and all.
func (t *Terminal) Raw() []byte {
	t.mu.Lock()
	defer t.mu.Unlock()
	return append([]byte(nil), t.raw...)
}

// Wait waits for the program to end and returns its exit code.
func (t *Terminal) Wait(ctx context.Context) (int, error) {
	select {
	case <-t.done:
	case <-ctx.Done():
		return -1, ctx.Err()
	}
	select {
	case <-t.read:
	case <-ctx.Done():
		return -1, ctx.Err()
	}
	var exit *exec.ExitError
	if t.err != nil && !errors.As(t.err, &exit) {
		return -1, t.err
	}
	return t.cmd.ProcessState.ExitCode(), nil
}

// Close ends the program, politely first, and frees the terminal.
func (t *Terminal) Close() error {
	if !t.over() {
		_ = terminate(t.cmd.Process)
	}
	return t.finish(t.tty.Close)
}

// HangUp closes the terminal under the program, as closing a window does, and
// waits for the program to notice.
func (t *Terminal) HangUp() error {
	err := t.tty.Close()
	return t.finish(func() error { return err })
}

// finish gives the program a moment to end, makes it end, and frees what is left.
func (t *Terminal) finish(free func() error) error {
	const polite = 5 * time.Second
	var forced error
	select {
	case <-t.done:
	case <-time.After(polite):
		forced = fmt.Errorf("the program did not end by itself within %s", polite)
		_ = t.cmd.Process.Kill()
		<-t.done
	}
	err := free()
	<-t.read
	// The emulator's own Close races with its Read; the end of its pipe does the same.
	if pipe, ok := t.emu.InputPipe().(io.Closer); ok {
		_ = pipe.Close()
	}
	return errors.Join(forced, err)
}

func (t *Terminal) over() bool {
	select {
	case <-t.done:
		return true
	default:
		return false
	}
}
