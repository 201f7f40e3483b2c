package main

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"image"
	"image/color"
	"image/png"
	"io"
	"os"
)

// keyword names the chunk in which a picture carries the gist of its screen, so
// that drift can be told without a second file.
const keyword = "Screen"

// encodePNG writes at most 256 colours when the picture has no more, which makes
// it three times smaller and loses nothing.
func encodePNG(w io.Writer, img *image.RGBA) error {
	encoder := png.Encoder{CompressionLevel: png.BestCompression}
	if small, ok := paletted(img); ok {
		return encoder.Encode(w, small)
	}
	return encoder.Encode(w, img)
}

func writePNG(file string, img *image.RGBA) error {
	var b bytes.Buffer
	if err := encodePNG(&b, img); err != nil {
		return err
	}
	return os.WriteFile(file, b.Bytes(), 0o644)
}

func paletted(img *image.RGBA) (*image.Paletted, bool) {
	index := map[color.RGBA]uint8{}
	var palette color.Palette
	out := image.NewPaletted(img.Bounds(), nil)
	for i := range out.Pix {
		c := color.RGBA{R: img.Pix[4*i], G: img.Pix[4*i+1], B: img.Pix[4*i+2], A: img.Pix[4*i+3]}
		n, ok := index[c]
		if !ok {
			if len(palette) == 256 {
				return nil, false
			}
			n = uint8(len(palette))
			index[c] = n
			palette = append(palette, c)
		}
		out.Pix[i] = n
	}
	out.Palette = palette
	return out, true
}

// A PNG is a signature of 8 bytes and chunks: length, type, data, checksum
// (www.w3.org/TR/png, section 5).
const (
	signature = 8
	header    = 8 // of a chunk
	trailer   = 4
)

// withText puts an iTXt chunk before the end of a picture.
func withText(picture []byte, text string) []byte {
	var data bytes.Buffer
	data.WriteString("iTXt" + keyword)
	data.Write([]byte{0, 0, 0, 0, 0}) // end of the keyword, not compressed, no language
	data.WriteString(text)
	chunk := binary.BigEndian.AppendUint32(nil, uint32(data.Len()-4))
	chunk = append(chunk, data.Bytes()...)
	chunk = binary.BigEndian.AppendUint32(chunk, crc32.ChecksumIEEE(data.Bytes()))
	end := len(picture) - header - trailer // IEND has no data
	return append(append(picture[:end:end], chunk...), picture[end:]...)
}

// storedText reads the gist a picture carries.
func storedText(file string) (string, error) {
	picture, err := os.ReadFile(file)
	if err != nil {
		return "", err
	}
	prefix := []byte("iTXt" + keyword + "\x00\x00\x00\x00\x00")
	for at := signature; at+header <= len(picture); {
		size := int(binary.BigEndian.Uint32(picture[at:]))
		end := at + header + size + trailer
		if end > len(picture) {
			break
		}
		if chunk := picture[at+4 : end-trailer]; bytes.HasPrefix(chunk, prefix) {
			return string(chunk[len(prefix):]), nil
		}
		at = end
	}
	return "", fmt.Errorf("%s does not say what it shows", file)
}
