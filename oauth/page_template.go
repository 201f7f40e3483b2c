package oauth

import _ "embed" // the two files below

// pageHTML is the page around a verdict. It is whole in itself: the browser
// fetches nothing for it.
//
//go:embed page.html
var pageHTML string

// pageStyle goes into the page byte for byte, because its hash stands in the
// page's policy.
//
//go:embed page.css
var pageStyle string
