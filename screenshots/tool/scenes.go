package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"time"

	"github.com/hsterm/hsterm/test/terminal"
)

// scene is one picture of the program as it is.
type scene struct {
	name       string
	cols, rows int
	background string
	args       []string
	keys       string
}

// scenes are the pictures of the README, in its order.
func scenes() []scene {
	demo := []string{"demo"}
	return []scene{
		{"overview", 120, 36, "dark", demo, "text:acme-prod"},
		{"api", 120, 36, "dark", demo, "text:acme-prod t text:Choose_a_call / type:list_contacts wait:200ms enter text:200_OK"},
		{"failure", 120, 36, "dark", demo, "text:acme-prod j j t text:Choose_a_call / type:list_deals wait:200ms enter text:will_refuse enter text:403"},
		{"scopes", 120, 36, "dark", demo, "text:acme-prod j j s wait:200ms s text:works"},
		{"consent", 120, 36, "dark", demo, "text:acme-prod c wait:300ms enter text:waiting"},
		{"help", 120, 36, "dark", demo, "text:acme-prod ?"},
		{"light", 120, 36, "light", demo, "text:acme-prod"},
		{"small", 80, 24, "dark", demo, "text:acme-prod"},
		{"start", 100, 28, "dark", nil, ""},
	}
}

// studio is where the scenes are taken: the program, built, and an empty home.
type studio struct {
	dir string
	bin string
	out string // where the pictures lie
}

// openStudio builds the program of this tree.
func openStudio(ctx context.Context) (*studio, func(), error) {
	root, err := filepath.Abs("../..")
	if err != nil {
		return nil, nil, err
	}
	dir, err := os.MkdirTemp("", "hsterm-pictures")
	if err != nil {
		return nil, nil, err
	}
	s := &studio{dir: dir, bin: filepath.Join(dir, "hsterm"), out: filepath.Join(root, "screenshots")}
	if err := s.build(ctx, root); err != nil {
		_ = os.RemoveAll(dir)
		return nil, nil, fmt.Errorf("build the program: %w", err)
	}
	return s, func() { _ = os.RemoveAll(dir) }, nil
}

// build compiles the program with another main, by which time stands still.
func (s *studio) build(ctx context.Context, root string) error {
	still, err := filepath.Abs("still.txt")
	if err != nil {
		return err
	}
	overlay, err := json.Marshal(map[string]any{"Replace": map[string]string{filepath.Join(root, "main.go"): still}})
	if err != nil {
		return err
	}
	file := filepath.Join(s.dir, "overlay.json")
	if err := os.WriteFile(file, overlay, 0o600); err != nil {
		return err
	}
	build := exec.CommandContext(ctx, "go", "build", "-overlay", file, "-o", s.bin, ".")
	build.Dir, build.Stderr = root, os.Stderr
	return build.Run()
}

// take plays a scene on a machine where nobody has used the program.
func (s *studio) take(ctx context.Context, sc scene) (Shot, terminal.Screen, error) {
	ctx, cancel := context.WithTimeout(ctx, 30*time.Second)
	defer cancel()
	palette, err := paletteNamed(sc.background)
	if err != nil {
		return Shot{}, terminal.Screen{}, err
	}
	home, err := os.MkdirTemp(s.dir, sc.name)
	if err != nil {
		return Shot{}, terminal.Screen{}, err
	}
	// A browser that starts and shows nothing: the picture is of those who wait.
	if err := os.WriteFile(filepath.Join(home, "xdg-open"), []byte("#!/bin/sh\n"), 0o700); err != nil {
		return Shot{}, terminal.Screen{}, err
	}
	cmd := exec.Command(s.bin, sc.args...)
	cmd.Dir = home
	cmd.Env = []string{
		"HOME=" + home, "TMPDIR=" + home, "PATH=" + home + ":" + os.Getenv("PATH"), "DISPLAY=:0", "LANG=C.UTF-8", "TZ=UTC",
		"TERM=xterm-256color", "COLORTERM=truecolor", "HSTERM_KEYRING=file",
		"XDG_CONFIG_HOME=" + home + "/config", "XDG_DATA_HOME=" + home + "/data", "XDG_STATE_HOME=" + home + "/state",
	}
	shot := Shot{Cols: sc.cols, Rows: sc.rows, Palette: palette, Keys: sc.keys}
	screen, err := shot.Take(ctx, cmd)
	if err != nil {
		return shot, screen, fmt.Errorf("%s: %w\n%s", sc.name, err, screen.Text())
	}
	return shot, screen, nil
}

// renew takes every picture again and writes those that show something else than
// before. With all it writes each of them.
func (s *studio) renew(ctx context.Context, all bool) error {
	for _, sc := range scenes() {
		shot, screen, err := s.take(ctx, sc)
		if err != nil {
			return err
		}
		file := filepath.Join(s.out, sc.name+".png")
		said, err := storedText(file)
		if err == nil && said == gist(screen) && !all {
			fmt.Printf("%-10s shows the same\n", sc.name)
			continue
		}
		picture, err := shot.Draw(screen)
		if err != nil {
			return err
		}
		var b bytes.Buffer
		if err := encodePNG(&b, picture); err != nil {
			return err
		}
		if err := os.WriteFile(file, withText(b.Bytes(), gist(screen)), 0o644); err != nil {
			return err
		}
		fmt.Printf("%-10s written, %d kB\n", sc.name, b.Len()/1024)
	}
	return nil
}

// check takes every picture again and tells which show something else now.
func (s *studio) check(ctx context.Context) error {
	var drift []error
	for _, sc := range scenes() {
		_, screen, err := s.take(ctx, sc)
		if err != nil {
			return err
		}
		said, err := storedText(filepath.Join(s.out, sc.name+".png"))
		switch {
		case err != nil:
			drift = append(drift, err)
		case said != gist(screen):
			drift = append(drift, fmt.Errorf("%s.png is not what the program shows now:\n%s", sc.name, difference(said, gist(screen))))
		default:
			fmt.Printf("%-10s shows what it should\n", sc.name)
		}
	}
	if len(drift) > 0 {
		return fmt.Errorf("take them again with go run -C screenshots/tool . because: %w", errors.Join(drift...))
	}
	return nil
}
