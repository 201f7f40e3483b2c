package test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

// TestScripts runs testdata/script: what a person types and what has to come of
// it. The commands beyond testscript's own are in commands_test.go.
func TestScripts(t *testing.T) {
	params := testscript.Params{
		Dir:                 filepath.Join("testdata", "script"),
		RequireUniqueNames:  true,
		RequireExplicitExec: true,
		Setup:               setup,
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"sandbox": sandboxCommand,
			"control": controlCommand,
			"calls":   callsCommand,
			"await":   awaitCommand,
			"mark":    markCommand,
			"exits":   exitsCommand,
			"jq":      jqCommand,
			"state":   stateCommand,
			"rfc":     rfcCommand,
			"clean":   cleanCommand,
			"occupy":  occupyCommand,
			"bearer":  bearerCommand,
			"foreign": foreignCommand,
			"let":     letCommand,
			"struck":  struckCommand,
		},
	}
	if kept := os.Getenv("HSTERM_TEST_ARTEFACTS"); kept != "" {
		params.WorkdirRoot = workFolder(t)
	}
	testscript.Run(t, params)
}

// cast is who plays in a script.
type cast struct {
	sandbox *sandbox
	rfc     *stranger
	states  map[string]string
}

type castKey struct{}

func setup(env *testscript.Env) error {
	env.Vars = append(env.Vars, environment(env.WorkDir)...)
	c := &cast{states: map[string]string{}}
	env.Values[castKey{}] = c
	return nil
}

func castOf(ts *testscript.TestScript) *cast { return ts.Value(castKey{}).(*cast) }
