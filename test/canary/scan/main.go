// Command scan looks for a marker in files and folders, and fails when it can
// be read there.
package main

import (
	"flag"
	"fmt"
	"os"

	"github.com/hsterm/hsterm/test/canary"
)

func main() {
	marker := flag.String("marker", "", "the text every secret carries")
	flag.Parse()
	if err := run(*marker, flag.Args()); err != nil {
		fmt.Fprintln(os.Stderr, "scan:", err)
		os.Exit(1)
	}
}

func run(marker string, roots []string) error {
	scanner, err := canary.New(marker)
	if err != nil {
		return err
	}
	found, files, err := scanner.Tree(nil, roots...)
	if err != nil {
		return err
	}
	for _, f := range found {
		fmt.Println(f)
	}
	if len(found) > 0 {
		return fmt.Errorf("%d secrets in %d files", len(found), files)
	}
	fmt.Printf("no secret in %d files\n", files)
	return nil
}
