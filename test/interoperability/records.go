package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"

	"filippo.io/torchwood"
	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// records/x012/350-25.jsonl holds the 25 records from index 12350.
var batchPath = regexp.MustCompile(`^((?:x[0-9]{3}/)*[0-9]{3})-([0-9]+)\.jsonl$`)

// https://bailiff.dev/verdict/v1
var predicateType = regexp.MustCompile(`^https://bailiff\.dev/([a-z-]+)/v1$`)

// checkRecords holds the records that were copied beside the tiles against the tree's entries.
func checkRecords(dir string, entries [][]byte) error {
	count := 0
	err := eachRecord(dir, func(index int64, line []byte) error {
		count++
		entry, err := entryOf(line)
		if err != nil {
			return err
		}
		if index >= int64(len(entries)) || !bytes.Equal(entry, entries[index]) {
			return fmt.Errorf("record %d is not its entry's", index)
		}
		return nil
	})
	if err == nil && count != len(entries) {
		err = fmt.Errorf("%d records for %d entries", count, len(entries))
	}
	return err
}

// checkProof checks that a tlog-proof is one of the record at index, and carries its entry.
func checkProof(dir string, verifier note.Verifier, index int64, proof []byte) error {
	var line []byte
	err := eachRecord(dir, func(at int64, each []byte) error {
		if at == index {
			line = bytes.Clone(each)
		}
		return nil
	})
	if err != nil {
		return err
	}
	entry, err := entryOf(line)
	if err != nil {
		return err
	}
	extra, err := torchwood.ProofExtraData(proof)
	if err != nil {
		return err
	}
	if !bytes.Equal(extra, entry) {
		return errors.New("the proof carries another entry")
	}
	return torchwood.VerifyProof(policyOf(verifier), tlog.RecordHash(entry), proof)
}

func eachRecord(dir string, visit func(index int64, line []byte) error) error {
	top := filepath.Join(dir, "records")
	return filepath.WalkDir(top, func(path string, file fs.DirEntry, err error) error {
		if err != nil || file.IsDir() {
			return err
		}
		name, err := filepath.Rel(top, path)
		if err != nil {
			return err
		}
		place := batchPath.FindStringSubmatch(filepath.ToSlash(name))
		if place == nil {
			return fmt.Errorf("%s: no batch", name)
		}
		first, err := strconv.ParseInt(strings.NewReplacer("x", "", "/", "").Replace(place[1]), 10, 64)
		if err != nil {
			return err
		}
		batch, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		for at, line := range bytes.Split(bytes.TrimSuffix(batch, []byte("\n")), []byte("\n")) {
			if err := visit(first+int64(at), line); err != nil {
				return fmt.Errorf("%s:%d: %w", name, at+1, err)
			}
		}
		return nil
	})
}

// entryOf is the tree's entry for a record: its kind, and the sha256 of its line.
func entryOf(line []byte) ([]byte, error) {
	var envelope struct{ Payload []byte }
	var statement struct{ PredicateType string }
	if err := json.Unmarshal(line, &envelope); err != nil {
		return nil, err
	}
	if err := json.Unmarshal(envelope.Payload, &statement); err != nil {
		return nil, err
	}
	kind := predicateType.FindStringSubmatch(statement.PredicateType)
	if kind == nil {
		return nil, fmt.Errorf("%q is no predicate type", statement.PredicateType)
	}
	return fmt.Appendf(nil, "ledger-leaf/v1 %s %x\n", kind[1], sha256.Sum256(line)), nil
}
