// Command hsterm keeps HubSpot OAuth connections alive and shows what is
// wrong with them.
package main

import (
	"os"

	"github.com/hsterm/hsterm/internal/cli"
)

func main() {
	os.Exit(cli.Main(os.Args[1:], os.Stdin, os.Stdout, os.Stderr, os.Environ()))
}
