// Package oauth is hsterm's domain: apps, portals and their tokens, the consent
// that creates a grant, the token endpoint, the refresh that keeps a grant
// alive, and the classes of failure.
//
// It declares the interfaces it needs of a store and imports nothing else of
// hsterm. The names are those of RFC 6749 and of HubSpot's documentation.
package oauth
