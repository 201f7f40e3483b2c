// Command hello is the least a Go program can do: what every start costs.
package main

import "fmt"

func main() { fmt.Println("hello") }
