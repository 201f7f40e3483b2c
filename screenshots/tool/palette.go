package main

import (
	"fmt"
	"image/color"

	"github.com/charmbracelet/x/ansi"
)

// Palette is a terminal's colours.
type Palette struct {
	Background, Foreground color.Color
	Frame, Title           color.Color     // of the window around it
	Basic                  [16]color.Color // the first sixteen
}

func paletteNamed(name string) (Palette, error) {
	switch name {
	case "dark":
		return dark(), nil
	case "light":
		return light(), nil
	}
	return Palette{}, fmt.Errorf("background %q is neither dark nor light", name)
}

func dark() Palette {
	return Palette{
		Background: rgb(0x15161b), Foreground: rgb(0xd7d9e0), Frame: rgb(0x22242c), Title: rgb(0x8b90a0),
		Basic: colours(
			0x22242c, 0xe5625e, 0x6fbf73, 0xd9a441, 0x5f9dea, 0xb583d6, 0x4fb3bf, 0xc8ccd8,
			0x5c6170, 0xff7b76, 0x8ad98e, 0xf2c063, 0x82b7ff, 0xcf9ff0, 0x70d0db, 0xf2f4fa),
	}
}

func light() Palette {
	return Palette{
		Background: rgb(0xfcfbf9), Foreground: rgb(0x23252b), Frame: rgb(0xe9e7e3), Title: rgb(0x6b6d75),
		Basic: colours(
			0x23252b, 0xb3261e, 0x2b7a35, 0x8a5a00, 0x1f5fbf, 0x7a3fa6, 0x0f6f7a, 0xd0cec9,
			0x6b6d75, 0xd23b32, 0x3b9247, 0xa86f00, 0x3a7be0, 0x9457c4, 0x178a97, 0xfcfbf9),
	}
}

func rgb(v uint32) color.Color {
	return color.RGBA{R: uint8(v >> 16), G: uint8(v >> 8), B: uint8(v), A: 0xff}
}

func colours(values ...uint32) (c [16]color.Color) {
	for i, v := range values {
		c[i] = rgb(v)
	}
	return c
}

// resolve turns a cell's colour into the one this palette shows for it.
func (p Palette) resolve(c, fallback color.Color) color.RGBA {
	switch v := c.(type) {
	case nil:
		c = fallback
	case ansi.BasicColor:
		c = p.Basic[v&15]
	case ansi.IndexedColor:
		if v < 16 {
			c = p.Basic[v]
		}
	}
	r, g, b, _ := c.RGBA()
	return color.RGBA{R: uint8(r >> 8), G: uint8(g >> 8), B: uint8(b >> 8), A: 0xff}
}

// mix is a with the share of b laid over it, from 0 to 255.
func mix(a, b color.RGBA, share int) color.RGBA {
	one := func(x, y uint8) uint8 { return uint8((int(x)*(255-share) + int(y)*share) / 255) }
	return color.RGBA{R: one(a.R, b.R), G: one(a.G, b.G), B: one(a.B, b.B), A: 0xff}
}
