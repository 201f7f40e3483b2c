// Package sandbox is a HubSpot-compatible server for people without a developer
// account, and the ground the tests of hsterm stand on.
//
// It is an independent reading of HubSpot's published behaviour and shares no
// code with the client, so that the two can disagree. Everything lives in
// memory: invented accounts, one or more OAuth apps, their grants and tokens,
// and CRM records that can be read and written.
//
// A Server serves on loopback only. Its secrets all carry the text
// "hstermtestsecret", so that a leak of one is easy to find.
package sandbox
