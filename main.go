// Command hsterm keeps HubSpot OAuth connections alive and shows what is
// wrong with them.
package main

func main() {}
