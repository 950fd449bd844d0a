package main

import (
	"crypto/rand"
	"fmt"
	"os"
	"path/filepath"

	"filippo.io/torchwood"
	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// A writer grows one log in memory, and writes it down at any size.
type writer struct {
	origin      string
	signer      note.Signer
	verifierKey string
	entries     [][]byte
	stored      []tlog.Hash
}

func newWriter(origin string) (*writer, error) {
	signingKey, verifierKey, err := note.GenerateKey(rand.Reader, origin)
	if err != nil {
		return nil, err
	}
	signer, err := note.NewSigner(signingKey)
	if err != nil {
		return nil, err
	}
	return &writer{origin: origin, signer: signer, verifierKey: verifierKey}, nil
}

// write writes the log of this size: checkpoint, tiles and bundles. Sizes only rise.
func (w *writer) write(dir string, size int64) error {
	for n := int64(len(w.entries)); n < size; n++ {
		if err := w.grow(n); err != nil {
			return err
		}
	}
	for _, tile := range tlog.NewTiles(torchwood.TileHeight, 0, size) {
		data, err := tlog.ReadTileData(tile, tlog.HashReaderFunc(w.readHashes))
		if err != nil {
			return err
		}
		if err := writeFile(dir, torchwood.TilePath(tile), data); err != nil {
			return err
		}
		if tile.L != 0 {
			continue
		}
		if err := w.writeBundle(dir, tile); err != nil {
			return err
		}
	}
	return w.writeCheckpoint(dir, size)
}

func (w *writer) grow(n int64) error {
	entry := make([]byte, n%97)
	if _, err := rand.Read(entry); err != nil {
		return err
	}
	hashes, err := tlog.StoredHashes(n, entry, tlog.HashReaderFunc(w.readHashes))
	w.entries = append(w.entries, entry)
	w.stored = append(w.stored, hashes...)
	return err
}

func (w *writer) readHashes(indexes []int64) ([]tlog.Hash, error) {
	hashes := make([]tlog.Hash, len(indexes))
	for i, index := range indexes {
		hashes[i] = w.stored[index]
	}
	return hashes, nil
}

func (w *writer) writeBundle(dir string, tile tlog.Tile) (err error) {
	var bundle []byte
	start := tile.N * torchwood.TileWidth
	for _, entry := range w.entries[start : start+int64(tile.W)] {
		if bundle, err = torchwood.AppendTileEntry(bundle, entry); err != nil {
			return err
		}
	}
	tile.L = -1
	return writeFile(dir, torchwood.TilePath(tile), bundle)
}

func (w *writer) writeCheckpoint(dir string, size int64) error {
	root, err := tlog.TreeHash(size, tlog.HashReaderFunc(w.readHashes))
	if err != nil {
		return err
	}
	text := fmt.Sprintf("%s\n%d\n%s\n", w.origin, size, root)
	signed, err := note.Sign(&note.Note{Text: text}, w.signer)
	if err != nil {
		return err
	}
	return writeFile(dir, "checkpoint", signed)
}

func writeFile(dir, name string, data []byte) error {
	path := filepath.Join(dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	return os.WriteFile(path, data, 0o644)
}
