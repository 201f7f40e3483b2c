package oauth

import (
	"fmt"
	"strconv"
	"strings"
)

// maxAlias is the longest alias, in bytes. It is what a row of the list and a
// shell completion can carry.
const maxAlias = 63

// ValidateAlias tells whether a portal may be called alias: letters, digits,
// dot, dash and underscore, beginning with a letter or digit, and not digits
// alone, which would be read as a hub id. The error is of ClassUsage.
func ValidateAlias(alias string) error {
	if err := validateName("an alias", alias); err != nil {
		return err
	}
	if strings.Trim(alias, "0123456789") == "" {
		return &Error{
			Class:   ClassUsage,
			Message: fmt.Sprintf("The alias %s is digits alone and would be read as a hub id.", alias),
			Hint:    "Put a letter into it.",
		}
	}
	return nil
}

// validateName checks the shape that aliases and app names share: they are typed
// in shells, so nothing in them may need quoting.
func validateName(what, name string) error {
	shape := name != "" && len(name) <= maxAlias && !strings.ContainsRune("._-", rune(name[0]))
	for i := 0; shape && i < len(name); i++ {
		shape = nameByte(name[i])
	}
	if shape {
		return nil
	}
	return &Error{
		Class:   ClassUsage,
		Message: fmt.Sprintf("%q cannot be %s.", plainText(name, maxAlias), what),
		Hint:    "Use letters, digits, dot, dash and underscore, beginning with a letter or digit, at most 63 in all.",
	}
}

func nameByte(b byte) bool {
	switch {
	case b >= 'a' && b <= 'z', b >= 'A' && b <= 'Z', b >= '0' && b <= '9':
		return true
	default:
		return b == '.' || b == '-' || b == '_'
	}
}

// ProposeAlias makes an alias for a new portal out of what is known of it: the
// first label of the account's domain (acme for www.acme.com), else its hub id.
// It is always valid, and not necessarily free: [NumberAlias] makes the next one.
func ProposeAlias(hubDomain string, hubID int64) string {
	domain := cleanAlias(strings.TrimPrefix(strings.ToLower(hubDomain), "www."))
	label, _, _ := strings.Cut(domain, ".")
	for _, candidate := range []string{label, domain} {
		if ValidateAlias(candidate) == nil {
			return candidate
		}
	}
	if hubID > 0 {
		return "hub-" + strconv.FormatInt(hubID, 10)
	}
	return "portal"
}

// cleanAlias turns everything an alias cannot hold into dashes.
func cleanAlias(text string) string {
	clean := strings.Map(func(r rune) rune {
		if r < 0x80 && nameByte(byte(r)) {
			return r
		}
		return '-'
	}, text)
	return strings.Trim(clean[:min(len(clean), maxAlias)], "._-")
}

// NumberAlias returns the nth form of a taken alias, acme-2 for n = 2, within
// the length an alias may have.
func NumberAlias(alias string, n int) string {
	suffix := "-" + strconv.Itoa(n)
	return alias[:min(len(alias), maxAlias-len(suffix))] + suffix
}
