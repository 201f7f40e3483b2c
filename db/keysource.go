package db

import (
	"context"
	"errors"
	"strings"

	"github.com/hsterm/hsterm/oauth"
)

// Source is where the key is kept that wraps the store's data key.
type Source string

// The sources. SourceAuto chooses one on first use; the choice is remembered in
// the store and never changed silently.
const (
	SourceAuto       Source = "auto"
	SourceSystem     Source = "system"     // the operating system's keyring
	SourceFile       Source = "file"       // a file in the configuration folder
	SourcePassphrase Source = "passphrase" // asked for, or HSTERM_PASSPHRASE
	SourceEnv        Source = "env"        // HSTERM_KEY
	SourceMemory     Source = "memory"     // given by the caller: demo and tests
)

// ParseSource reads what a user gave as --keyring or HSTERM_KEYRING; "" is auto.
func ParseSource(text string) (Source, error) {
	switch s := Source(strings.ToLower(strings.TrimSpace(text))); s {
	case "":
		return SourceAuto, nil
	case SourceAuto, SourceSystem, SourceFile, SourcePassphrase, SourceEnv:
		return s, nil
	}
	return "", usage("There is no key source "+quote(text)+".", "Use auto, system, file, passphrase or env.")
}

// describe says where a source keeps the key, as it fits into a sentence.
func (s Source) describe() string {
	switch s {
	case SourceSystem:
		return "the keyring of the operating system"
	case SourceFile:
		return "a key file"
	case SourcePassphrase:
		return "a passphrase"
	case SourceEnv:
		return "HSTERM_KEY"
	default:
		return "memory"
	}
}

// KeyOptions say where the key comes from.
type KeyOptions struct {
	Source    Source              // "" is SourceAuto
	ConfigDir string              // key files go into its folder keys
	Getenv    func(string) string // nil: the environment is empty

	// Prompt asks the person at the terminal; nil when there is none. An error
	// of it ends the unlocking: an *oauth.Error is returned as it is, any other
	// counts as a cancel.
	Prompt  func(ctx context.Context, ask Ask) ([]byte, error)
	Keyring Keyring // nil: the operating system's
	Memory  []byte  // 32 bytes, for SourceMemory

	cost stretch // of new passphrases; the zero value is defaultCost
}

// Ask is one question to the person at the terminal.
type Ask struct {
	What    AskWhat
	Reason  string   // why it is asked, one sentence, "" when that is plain
	Choices []Source // of AskSource
}

// AskWhat is what the answer to an Ask must be.
type AskWhat int

// The questions.
const (
	AskSource        AskWhat = iota // one of Choices, as text
	AskNewPassphrase                // a new passphrase; let it be typed twice, return it once
	AskPassphrase                   // the passphrase chosen before
)

func (k KeyOptions) source() Source {
	if k.Source == "" {
		return SourceAuto
	}
	return k.Source
}

func (k KeyOptions) env(name string) string {
	if k.Getenv == nil {
		return ""
	}
	return k.Getenv(name)
}

// ask puts a question to the person; Prompt must not be nil.
func (k KeyOptions) ask(ctx context.Context, ask Ask) ([]byte, error) {
	answer, err := k.Prompt(ctx, ask)
	var known *oauth.Error
	if err == nil || errors.As(err, &known) || ctx.Err() != nil {
		return answer, err
	}
	return nil, &oauth.Error{Class: oauth.ClassInterrupted, Message: "Unlocking the store was cancelled.", Err: err}
}

// choose settles the source for a store that has none yet. What the user named
// is taken; a key or passphrase in the environment is a choice too; else the
// keyring if it works; else the person at the terminal decides. A script without
// any of these is told how to choose: nothing weaker is ever taken silently.
func (k KeyOptions) choose(ctx context.Context) (Source, error) {
	switch {
	case k.source() != SourceAuto:
		return k.source(), nil
	case k.env(envKey) != "":
		return SourceEnv, nil
	case k.env(envPassphrase) != "":
		return SourcePassphrase, nil
	}
	problem := k.system().probe(ctx)
	if problem == nil {
		return SourceSystem, nil
	}
	if err := ctx.Err(); err != nil {
		return "", err
	}
	if k.Prompt == nil {
		return "", failure(problem, "The keyring of this system cannot keep the store's key ("+problem.Error()+"), and nobody can be asked for another place.",
			hintChoose)
	}
	answer, err := k.ask(ctx, Ask{
		What: AskSource, Choices: []Source{SourcePassphrase, SourceFile},
		Reason: "The keyring of this system cannot keep the store's key (" + problem.Error() + ").",
	})
	if err != nil {
		return "", err
	}
	switch s := Source(strings.TrimSpace(string(answer))); s {
	case SourcePassphrase, SourceFile:
		return s, nil
	}
	return "", &oauth.Error{
		Class: oauth.ClassUsage, Message: "No place for the store's key was chosen.",
		Hint: "Choose passphrase or file when asked, or name one with --keyring.",
	}
}

const hintChoose = `Choose once, with one of
  HSTERM_KEYRING=file hsterm ...                                            key in a file of the configuration folder
  HSTERM_KEYRING=passphrase HSTERM_PASSPHRASE=... hsterm ...                key from a passphrase
  HSTERM_KEYRING=env HSTERM_KEY="$(openssl rand -base64 32)" hsterm ...     key kept by you`
