// Command tool takes pictures of a program running in a terminal.
//
// Without a command it takes the pictures of the README from the program as it
// is in this tree, in the folder above its own. With one it takes a picture of
// whatever you run:
//
//	go run . -size 120x36 -bg light -keys 'j j wait:300ms 2' -out /tmp/x.png -- hsterm demo
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"time"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "screenshots:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string) error {
	flags := flag.NewFlagSet("screenshots", flag.ContinueOnError)
	size := flags.String("size", "120x36", "columns x rows")
	bg := flags.String("bg", "dark", "the terminal's colours: dark or light")
	keys := flags.String("keys", "", "script of keys, see README.md")
	out := flags.String("out", "", "PNG to write")
	text := flags.String("text", "", "file to write the screen's text to, - for standard output")
	limit := flags.Duration("limit", 20*time.Second, "time for the whole script")
	title := flags.String("title", "", "text of the title bar; the window title when empty")
	check := flags.Bool("check", false, "take our own pictures and fail when they show something else")
	all := flags.Bool("all", false, "write our own pictures even when they show the same")
	mute := flags.Bool("mute", false, "a terminal that never answers a query")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if flags.NArg() == 0 {
		return ours(ctx, *check, *all)
	}
	shot := Shot{Keys: *keys, Title: *title, Mute: *mute}
	if _, err := fmt.Sscanf(*size, "%dx%d", &shot.Cols, &shot.Rows); err != nil {
		return fmt.Errorf("size %q is not COLSxROWS", *size)
	}
	var err error
	if shot.Palette, err = paletteNamed(*bg); err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, *limit)
	defer cancel()
	screen, err := shot.Take(ctx, exec.Command(flags.Arg(0), flags.Args()[1:]...))
	if err != nil {
		return err
	}
	if err := writeText(*text, screen.Text()); err != nil {
		return err
	}
	if *out == "" {
		return nil
	}
	picture, err := shot.Draw(screen)
	if err != nil {
		return err
	}
	return writePNG(*out, picture)
}

// ours takes the pictures of the README.
func ours(ctx context.Context, check, all bool) error {
	studio, done, err := openStudio(ctx)
	if err != nil {
		return err
	}
	defer done()
	if check {
		return studio.check(ctx)
	}
	return studio.renew(ctx, all)
}

func writeText(file, text string) error {
	switch file {
	case "":
		return nil
	case "-":
		_, err := fmt.Println(text)
		return err
	}
	return os.WriteFile(file, []byte(text+"\n"), 0o644)
}
