package test

import (
	"bytes"
	"context"
	"fmt"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/creack/pty"
)

// The benchmarks time whole processes beside a process that does nothing, since
// what is ours is the difference. Ratios are printed, not judged: the machine
// has its say in them.
//
//	go test ./test -run '^$' -bench . -benchtime 20x

// BenchmarkFirstFrame is the time from exec to the first frame with 500 portals
// on file, at 120×36, beside the least Bubble Tea program there is.
func BenchmarkFirstFrame(b *testing.B) {
	w := benchWorld(b)
	w.manyPortals(b, 500)
	hello := buildHello(b, "hellotea")
	var ours, least []time.Duration
	for b.Loop() {
		ours = append(ours, firstFrame(b, w.command(b.Context()), "portals"))
		least = append(least, firstFrame(b, exec.CommandContext(b.Context(), hello), "first frame"))
	}
	report(b, ours, least)
}

// BenchmarkTokenWarm is `hsterm token` with a token that is still good, beside
// a program that prints one line.
func BenchmarkTokenWarm(b *testing.B) {
	w := benchWorld(b)
	w.manyPortals(b, 1)
	benchRun(b, w, "token", "p0")
}

// BenchmarkVersion is the start alone.
func BenchmarkVersion(b *testing.B) { benchRun(b, benchWorld(b), "version") }

// BenchmarkList is `hsterm list --json` of 500 portals.
func BenchmarkList(b *testing.B) {
	w := benchWorld(b)
	w.manyPortals(b, 500)
	benchRun(b, w, "list", "--json")
}

func benchRun(b *testing.B, w *world, args ...string) {
	b.Helper()
	hello := buildHello(b, "hello")
	var ours, least []time.Duration
	for b.Loop() {
		ours = append(ours, timed(b, w.command(b.Context(), args...)))
		least = append(least, timed(b, exec.CommandContext(b.Context(), hello)))
	}
	report(b, ours, least)
}

// report prints medians: a neighbour's burst of work must not count as ours.
func report(b *testing.B, ours, least []time.Duration) {
	b.Helper()
	median := func(all []time.Duration) float64 {
		slices.Sort(all)
		return all[len(all)/2].Seconds() * 1000
	}
	b.ReportMetric(0, "ns/op") // of both together: says nothing
	b.ReportMetric(median(ours), "ms")
	b.ReportMetric(median(least), "ms-least")
	b.ReportMetric(median(ours)/median(least), "times")
}

func timed(b *testing.B, cmd *exec.Cmd) time.Duration {
	b.Helper()
	start := time.Now()
	if out, err := cmd.CombinedOutput(); err != nil {
		b.Fatalf("%v\n%s", err, out)
	}
	return time.Since(start)
}

// firstFrame starts a program in a terminal and stops the watch when it has
// written a word of its first frame.
func firstFrame(b *testing.B, cmd *exec.Cmd, word string) time.Duration {
	b.Helper()
	if cmd.Env == nil {
		cmd.Env = []string{"TERM=xterm-256color"}
	}
	start := time.Now()
	tty, err := pty.StartWithSize(cmd, &pty.Winsize{Cols: 120, Rows: 36})
	if err != nil {
		b.Fatal(err)
	}
	defer func() {
		_ = tty.Close()
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	}()
	if err := tty.SetReadDeadline(start.Add(patience)); err != nil {
		b.Fatal(err)
	}
	var seen bytes.Buffer
	buf := make([]byte, 16<<10)
	for !bytes.Contains(seen.Bytes(), []byte(word)) {
		n, err := tty.Read(buf)
		seen.Write(buf[:n])
		if err != nil {
			b.Fatalf("no %q: %v\n%q", word, err, seen.String())
		}
	}
	return time.Since(start)
}

func benchWorld(b *testing.B) *world {
	b.Helper()
	dir := b.TempDir()
	return &world{dir: dir, env: environment(dir)}
}

// manyPortals connects n portals p0, p1, … by the real consent flow.
func (w *world) manyPortals(b *testing.B, n int) {
	b.Helper()
	s, err := startSandbox(w.env, "--auto-consent", "--portals", strconv.Itoa(n))
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = s.stop() }()
	w.set("HSTERM_CLIENT_SECRET=" + s.ClientSecret)
	run := func(args ...string) {
		ctx, cancel := context.WithTimeout(context.Background(), patience)
		defer cancel()
		if r, err := finish(w.command(ctx, args...), ""); err != nil || r.code != 0 {
			b.Fatalf("hsterm %s: %d %v\n%s", strings.Join(args, " "), r.code, err, r.stderr)
		}
	}
	run("app", "add", "main", "--client-id", s.ClientID, "--redirect-uri", s.RedirectURIs[0],
		"--authorize-url", s.URL+"/oauth/authorize", "--api-url", s.URL, "--scope", strings.Join(s.Scopes, " "))
	for i := range n {
		run("connect", "--alias", fmt.Sprintf("p%d", i), "--portal", strconv.FormatInt(s.Portals[i].HubID, 10))
	}
}

// buildHello builds one of the programs of testdata.
func buildHello(b *testing.B, name string) string {
	b.Helper()
	path := filepath.Join(b.TempDir(), name)
	if out, err := exec.CommandContext(b.Context(), "go", "build", "-o", path, "./testdata/"+name).CombinedOutput(); err != nil {
		b.Fatalf("%v\n%s", err, out)
	}
	return path
}
