package main

import (
	"github.com/go-fonts/dejavu/dejavusans"
	"github.com/go-fonts/dejavu/dejavusansmono"
	"github.com/go-fonts/dejavu/dejavusansmonobold"
	"github.com/go-fonts/dejavu/dejavusansmonoboldoblique"
	"github.com/go-fonts/dejavu/dejavusansmonooblique"
	"golang.org/x/image/font"
	"golang.org/x/image/font/opentype"
)

// faces are the cuts of the font, and one more for characters it lacks.
type faces struct {
	regular, bold, italic, boldItalic, other font.Face
}

func loadFaces() (faces, error) {
	var f faces
	var failed error
	face := func(ttf []byte) font.Face {
		parsed, err := opentype.Parse(ttf)
		if err != nil {
			failed = err
			return nil
		}
		face, err := opentype.NewFace(parsed, &opentype.FaceOptions{Size: fontSize, DPI: 72, Hinting: font.HintingNone})
		if err != nil {
			failed = err
		}
		return face
	}
	f.regular = face(dejavusansmono.TTF)
	f.bold = face(dejavusansmonobold.TTF)
	f.italic = face(dejavusansmonooblique.TTF)
	f.boldItalic = face(dejavusansmonoboldoblique.TTF)
	f.other = face(dejavusans.TTF)
	return f, failed
}

// pick chooses the cut for a character.
func (f faces) pick(r rune, bold, italic bool) font.Face {
	cut := f.regular
	switch {
	case bold && italic:
		cut = f.boldItalic
	case bold:
		cut = f.bold
	case italic:
		cut = f.italic
	}
	for _, candidate := range []font.Face{cut, f.regular, f.other} {
		if _, ok := candidate.GlyphAdvance(r); ok {
			return candidate
		}
	}
	return cut
}
