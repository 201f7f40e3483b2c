package ui

// dialogActions are the keys of all dialogs.
func dialogActions() []action { return helpActions() }
