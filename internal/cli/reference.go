package cli

// exitMeanings are the exit codes in words, for the manual.
func exitMeanings() [][2]string {
	return [][2]string{
		{"0", "Done."},
		{"1", "Another failure, such as a request HubSpot rejects."},
		{"2", "The command line or the config file is wrong."},
		{"3", "There is no such portal or app."},
		{"4", "The portal has to be reconnected."},
		{"5", "Permission denied: a scope is missing, or the account refuses."},
		{"6", "A rate limit was met."},
		{"7", "The network or the server failed."},
		{"8", "The app's settings are wrong."},
		{"9", "The store is locked or damaged, or its key is missing."},
		{"10", "A write was sent and its outcome is unknown."},
		{"124", "The time was up."},
		{"126", "The command of hsterm exec cannot be run."},
		{"127", "There is no such command for hsterm exec."},
		{"130", "Interrupted."},
		{"141", "Nobody reads the output any more, as after a pipe to head."},
	}
}

// environmentMeanings are the variables hsterm reads.
func environmentMeanings() [][2]string {
	return [][2]string{
		{"HSTERM_DB", "The database file."},
		{"HSTERM_CONFIG", "The config file."},
		{"HSTERM_KEYRING", "Where the key of the store is kept: auto, system, file, passphrase or env."},
		{"HSTERM_PASSPHRASE", "The passphrase of the store, in place of a question."},
		{"HSTERM_KEY", "The key of the store, base64 of 32 bytes, for HSTERM_KEYRING=env."},
		{"HSTERM_CLIENT_SECRET", "The client secret for hsterm app add."},
		{"HSTERM_NO_BROWSER", "Start no browser, when not empty."},
		{"HSTERM_THEME", "auto, dark, light, high-contrast or mono."},
		{"HSTERM_LOG", "off, error, warn, info or debug."},
		{"NO_COLOR", "Print no colour, when not empty."},
	}
}

// fileMeanings are the files hsterm keeps.
func fileMeanings() [][2]string {
	return [][2]string{
		{"$XDG_CONFIG_HOME/hsterm/config.toml", "Settings: db, keyring, log, theme, no_browser, ascii, no_mouse, and the table [keys]."},
		{"$XDG_CONFIG_HOME/hsterm/keys/", "Key files, when the key is kept in a file."},
		{"$XDG_DATA_HOME/hsterm/hsterm.db", "Portals and apps; tokens and client secrets are sealed."},
		{"$XDG_STATE_HOME/hsterm/hsterm.log", "The log. It holds no secret."},
	}
}
