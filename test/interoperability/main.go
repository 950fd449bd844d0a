// Interoperability checks a ledger that Bailiff exported, and writes logs that Bailiff is to check,
// with the tools of others alone.
package main

import (
	"fmt"
	"os"
	"strconv"

	"golang.org/x/mod/sumdb/note"
)

const usage = `interoperability check DIR VERIFIER-KEY [EARLIER-CHECKPOINT…]
interoperability proof DIR VERIFIER-KEY INDEX PROOF-FILE
interoperability write DIR SIZE…`

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "interoperability:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	switch {
	case len(args) >= 3 && args[0] == "check":
		return runCheck(args[1], args[2], args[3:])
	case len(args) == 5 && args[0] == "proof":
		return runProof(args[1], args[2], args[3], args[4])
	case len(args) >= 3 && args[0] == "write":
		return runWrite(args[1], args[2:])
	}
	fmt.Fprintln(os.Stderr, usage)
	os.Exit(2)
	return nil
}

func runCheck(dir, key string, earlier []string) error {
	verifier, err := note.NewVerifier(key)
	if err != nil {
		return err
	}
	export, err := openExport(dir, verifier)
	if err != nil {
		return err
	}
	for _, check := range []func() error{export.checkEntries, export.checkFiles, export.checkInclusion} {
		if err := check(); err != nil {
			return err
		}
	}
	for _, path := range earlier {
		if err := export.checkConsistency(path, verifier); err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
	}
	return nil
}

func runProof(dir, key, index, path string) error {
	verifier, err := note.NewVerifier(key)
	if err != nil {
		return err
	}
	at, err := strconv.ParseInt(index, 10, 64)
	if err != nil {
		return err
	}
	proof, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	return checkProof(dir, verifier, at, proof)
}

func runWrite(dir string, sizes []string) error {
	writer, err := newWriter("example.com/interoperability")
	if err != nil {
		return err
	}
	for _, text := range sizes {
		size, err := strconv.ParseInt(text, 10, 64)
		if err != nil {
			return err
		}
		if err := writer.write(dir+"/"+text, size); err != nil {
			return err
		}
	}
	fmt.Println(writer.verifierKey)
	return nil
}
