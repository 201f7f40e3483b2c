// Package db is the store: one SQLite file that keeps apps, portals and events,
// with every secret sealed under a data key that lives elsewhere. It implements
// the store interfaces that package oauth declares. All SQL of hsterm is here.
package db
