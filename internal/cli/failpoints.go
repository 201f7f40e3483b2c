//go:build !failpoint || !linux

package cli

import (
	"github.com/hsterm/hsterm/oauth"
)

// failpoints are places of a refresh at which a process can be killed, stopped or
// held. Only a build with the tag failpoint has any.
type failpoints struct{}

func (p *program) plantFailpoints() {}

func (failpoints) around(o oauth.RefresherOptions) oauth.RefresherOptions { return o }
