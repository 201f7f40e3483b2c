package db

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strconv"

	"github.com/zalando/go-keyring"
)

// osKeyring is the keyring of the operating system: Keychain, Credential
// Manager, or the Secret Service on the session's D-Bus.
type osKeyring struct{}

var errNoBus = errors.New("no D-Bus session is running")

// reachable keeps the D-Bus library from starting a bus of its own where none
// runs: an entry on such a bus ends with it.
func (osKeyring) reachable() error {
	switch runtime.GOOS {
	case "darwin", "windows":
		return nil
	}
	if address := os.Getenv("DBUS_SESSION_BUS_ADDRESS"); address != "" && address != "autolaunch:" {
		return nil
	}
	for _, name := range []string{"bus", "dbus-session"} {
		if _, err := os.Stat(filepath.Join("/run/user", strconv.Itoa(os.Getuid()), name)); err == nil {
			return nil
		}
	}
	return errNoBus
}

func (k osKeyring) Get(service, user string) (string, error) {
	if err := k.reachable(); err != nil {
		return "", err
	}
	return keyring.Get(service, user)
}

func (k osKeyring) Set(service, user, secret string) error {
	if err := k.reachable(); err != nil {
		return err
	}
	return keyring.Set(service, user, secret)
}

func (k osKeyring) Delete(service, user string) error {
	if err := k.reachable(); err != nil {
		return err
	}
	return keyring.Delete(service, user)
}
