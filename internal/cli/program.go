package cli

import (
	"context"
	"os"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/term"
)

// program is one run of hsterm: its streams, its environment, the flags that
// every command shares, and the parts that commands open when they need them.
type program struct {
	in, out, err *os.File
	env          environment
	now          func() time.Time
	flags        globalFlags
	loaded       *settings
	parts        parts
	unbroken     unbroken
	failpoints   failpoints
	mu           sync.Mutex
	muteBrowser  sync.Once
	lines        <-chan string
	quiet        atomic.Bool // ask nothing, whatever the terminal
	needKey      func()      // told when a question for the key was not asked

	last    context.Context // ends when the program has to; made by lastMoments
	endLast context.CancelFunc
}

// globalFlags are the flags every command takes.
type globalFlags struct {
	json    bool
	db      string
	config  string
	keyring string
	ascii   bool
	theme   string
	noMouse bool
}

func newProgram(in, out, err *os.File, env environment, now func() time.Time) *program {
	return &program{in: in, out: out, err: err, env: env, now: now}
}

func isTerminal(f *os.File) bool { return f != nil && term.IsTerminal(int(f.Fd())) }

// width is that of a terminal in columns, 0 for what is none.
func (p *program) width(f *os.File) int {
	if !isTerminal(f) {
		return 0
	}
	width, _, err := term.GetSize(int(f.Fd()))
	if err != nil {
		return 0
	}
	return width
}

// interactive tells whether a person can be asked: questions go to stderr, the
// answers come from stdin.
func (p *program) interactive() bool { return isTerminal(p.in) && isTerminal(p.err) }

// coloured tells whether text on f may carry colour. Any non-empty NO_COLOR
// forbids it (no-color.org).
func (p *program) coloured(f *os.File) bool {
	return p.env.get("NO_COLOR") == "" && p.env.get("TERM") != "dumb" && isTerminal(f)
}

// environment is the process's environment as it was at the start.
type environment map[string]string

func newEnvironment(environ []string) environment {
	env := make(environment, len(environ))
	for _, entry := range environ {
		if name, value, ok := strings.Cut(entry, "="); ok {
			env[name] = value
		}
	}
	return env
}

func (e environment) get(name string) string { return e[name] }

// list is the environment as child processes take it.
func (e environment) list() []string {
	entries := make([]string, 0, len(e))
	for name, value := range e {
		entries = append(entries, name+"="+value)
	}
	return entries
}
