package cli

import (
	"log/slog"
	"path/filepath"
)

// logger is the program's log: JSON lines in the state folder. The file is opened
// at the first line, so that a command with nothing to say writes nothing.
func (p *program) logger() *slog.Logger {
	if p.parts.log != nil {
		return p.parts.log
	}
	p.parts.log = slog.New(slog.DiscardHandler)
	s, err := p.settings()
	if err != nil || s.log == "off" {
		return p.parts.log
	}
	p.parts.logFile = &logFile{path: filepath.Join(s.paths.state, "hsterm.log"), limit: maxLogSize}
	handler := slog.NewJSONHandler(p.parts.logFile, &slog.HandlerOptions{Level: logLevel(s.log), ReplaceAttr: redactAttr})
	p.parts.log = slog.New(redactMessages{handler})
	return p.parts.log
}

func logLevel(name string) slog.Level {
	switch name {
	case "debug":
		return slog.LevelDebug
	case "warn":
		return slog.LevelWarn
	case "error":
		return slog.LevelError
	}
	return slog.LevelInfo
}
