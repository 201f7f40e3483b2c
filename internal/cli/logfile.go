package cli

import (
	"errors"
	"os"
	"path/filepath"
	"sync"
)

// maxLogSize is when a log file is put aside, bytes. One older file is kept.
const maxLogSize = 2 << 20

// logFile appends to a file that only its owner can read and puts it aside when
// it grows too large. Logging never fails a command: what cannot be written is
// dropped.
type logFile struct {
	path  string
	limit int64

	mu   sync.Mutex
	file *os.File
	size int64
}

var errLogClosed = errors.New("the log cannot be written")

// Write appends one record.
func (l *logFile) Write(record []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.file != nil && l.size+int64(len(record)) > l.limit {
		_ = l.file.Close()
		l.file = nil
	}
	if l.file == nil {
		if err := l.open(int64(len(record))); err != nil {
			return 0, errLogClosed
		}
	}
	n, err := l.file.Write(record)
	l.size += int64(n)
	return n, err
}

// open makes the folder and the file, or goes on with the one that exists while
// there is room in it. Another process may put the file aside at the same time;
// each line still goes to a file that exists.
func (l *logFile) open(room int64) error {
	if err := os.MkdirAll(filepath.Dir(l.path), 0o700); err != nil {
		return err
	}
	info, err := os.Lstat(l.path)
	switch {
	case err == nil && !info.Mode().IsRegular():
		return errLogClosed // a symlink could lead anywhere
	case err == nil && info.Size()+room > l.limit:
		_ = os.Rename(l.path, l.path+".1")
	}
	file, err := os.OpenFile(l.path, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	l.file, l.size = file, 0
	if info, err := file.Stat(); err == nil {
		l.size = info.Size()
	}
	return nil
}

// Close ends the log.
func (l *logFile) Close() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.file == nil {
		return nil
	}
	err := l.file.Close()
	l.file = nil
	return err
}
