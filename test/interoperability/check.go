package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"filippo.io/torchwood"
	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// An export is a tlog-tiles directory whose checkpoint's signature was verified.
type export struct {
	dir    string
	tree   tlog.Tree
	client *torchwood.Client
	hashes tlog.HashReader
	// The entries, once checkEntries accepted them.
	entries [][]byte
}

func openExport(dir string, verifier note.Verifier) (*export, error) {
	checkpoint, err := openCheckpoint(filepath.Join(dir, "checkpoint"), verifier)
	if err != nil {
		return nil, err
	}
	files, err := torchwood.NewTileFS(os.DirFS(dir))
	if err != nil {
		return nil, err
	}
	tiles := &heldTiles{files, make(map[tlog.Tile][]byte)}
	client, err := torchwood.NewClient(tiles)
	if err != nil {
		return nil, err
	}
	hashes := torchwood.TileHashReaderWithContext(context.Background(), checkpoint.Tree, tiles)
	return &export{dir: dir, tree: checkpoint.Tree, client: client, hashes: hashes}, nil
}

func openCheckpoint(path string, verifier note.Verifier) (torchwood.Checkpoint, error) {
	signed, err := os.ReadFile(path)
	if err != nil {
		return torchwood.Checkpoint{}, err
	}
	checkpoint, _, err := torchwood.VerifyCheckpoint(signed, policyOf(verifier))
	return checkpoint, err
}

// policyOf asks for the origin that the key is named for, and for the key's signature.
func policyOf(verifier note.Verifier) torchwood.Policy {
	return torchwood.ThresholdPolicy(2,
		torchwood.OriginPolicy(verifier.Name()),
		torchwood.SingleVerifierPolicy(verifier))
}

// checkEntries reads every entry through a client that holds it against tile and root, and holds it
// against the record that was copied for its index.
func (e *export) checkEntries() error {
	for index, entry := range e.client.AllEntries(context.Background(), e.tree, 0) {
		if index != int64(len(e.entries)) {
			return fmt.Errorf("entry %d came as number %d", index, len(e.entries))
		}
		e.entries = append(e.entries, bytes.Clone(entry))
	}
	if err := e.client.Err(); err != nil {
		return err
	}
	if int64(len(e.entries)) != e.tree.N {
		return fmt.Errorf("%d entries in a tree of %d", len(e.entries), e.tree.N)
	}
	return checkRecords(e.dir, e.entries)
}

// checkFiles holds every tile and bundle that is there, asked for or not, against the tree.
func (e *export) checkFiles() error {
	top := filepath.Join(e.dir, "tile")
	return filepath.WalkDir(top, func(path string, file fs.DirEntry, err error) error {
		if err != nil || file.IsDir() {
			return err
		}
		name, err := filepath.Rel(e.dir, path)
		if err != nil {
			return err
		}
		tile, err := torchwood.ParseTilePath(filepath.ToSlash(name))
		if err != nil {
			return err
		}
		there, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		expected, err := e.tileData(tile)
		if err == nil && !bytes.Equal(there, expected) {
			err = errors.New("it is not what the tree has there")
		}
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		return nil
	})
}

func (e *export) tileData(tile tlog.Tile) (data []byte, err error) {
	if tile.L != -1 {
		return tlog.ReadTileData(tile, e.hashes)
	}
	start := tile.N * torchwood.TileWidth
	end := start + int64(tile.W)
	if end > e.tree.N {
		return nil, errors.New("it is beyond the tree's end")
	}
	for _, entry := range e.entries[start:end] {
		if data, err = torchwood.AppendTileEntry(data, entry); err != nil {
			return nil, err
		}
	}
	return data, nil
}

// checkInclusion proves each entry.
func (e *export) checkInclusion() error {
	for index, entry := range e.entries {
		proof, err := tlog.ProveRecord(e.tree.N, int64(index), e.hashes)
		if err == nil {
			err = tlog.CheckRecord(proof, e.tree.N, e.tree.Hash, int64(index), tlog.RecordHash(entry))
		}
		if err != nil {
			return fmt.Errorf("inclusion of %d: %w", index, err)
		}
	}
	return nil
}

// checkConsistency proves that an earlier checkpoint's tree begins this one.
func (e *export) checkConsistency(path string, verifier note.Verifier) error {
	earlier, err := openCheckpoint(path, verifier)
	if err != nil {
		return err
	}
	proof, err := tlog.ProveTree(e.tree.N, earlier.N, e.hashes)
	if err != nil {
		return err
	}
	return tlog.CheckTree(proof, e.tree.N, e.tree.Hash, earlier.N, earlier.Hash)
}

// heldTiles reads each tile once.
type heldTiles struct {
	torchwood.TileReader
	held map[tlog.Tile][]byte
}

func (h *heldTiles) ReadTiles(ctx context.Context, tiles []tlog.Tile) ([][]byte, error) {
	data := make([][]byte, len(tiles))
	for i, tile := range tiles {
		if h.held[tile] == nil {
			read, err := h.TileReader.ReadTiles(ctx, []tlog.Tile{tile})
			if err != nil {
				return nil, err
			}
			h.held[tile] = read[0]
		}
		data[i] = h.held[tile]
	}
	return data, nil
}
