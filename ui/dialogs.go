package ui

import "slices"

// dialogActions are the keys of all dialogs.
func dialogActions() []action {
	return slices.Concat(
		consentActions(), chooseActions(), appsActions(), appFormActions(),
		disconnectActions(), paletteActions(), helpActions(), errorActions(), messagesActions(),
		readsActions(), unlockActions(), resultsActions(),
	)
}
