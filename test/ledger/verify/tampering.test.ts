import fc from "fast-check";
import { expect, test } from "vitest";
import type { LedgerClone } from "../../../ledger/branch.ts";
import { verifyLedger } from "../../../ledger/verify/verify.ts";
import { fakeClone } from "../fake-clone.ts";
import { LedgerBuilder } from "../ledger-builder.ts";
import type { VerdictFixture } from "../verdict-fixture.ts";

const decision = fc.constantFrom("ALLOW", "WARN", "DENY");
const verdict: fc.Arbitrary<VerdictFixture> = fc.record({
  id: fc.stringMatching(/^[0-9a-f]{16}$/),
  number: fc.integer({ min: 1, max: 99 }),
  decision,
});
const batches = fc.array(fc.array(verdict, { minLength: 1, maxLength: 3 }), { maxLength: 3 });

function ledgerOf(placed: readonly (readonly VerdictFixture[])[]): LedgerBuilder {
  const ledger = new LedgerBuilder();
  for (const [batch, fixtures] of placed.entries()) {
    // No id is ever the same twice.
    ledger.verdicts(...fixtures.map((each, at) => ({ ...each, id: `${batch}-${at}-${each.id}` })));
  }
  return ledger;
}

/** The clone as it would be had its files' bytes been altered where they lie, history and all. */
async function altered(
  clone: LedgerClone,
  choice: { readonly file: number; readonly byte: number },
  alter: (bytes: Uint8Array, at: number) => Uint8Array,
): Promise<LedgerClone> {
  const files = await clone.files();
  // What README.md says is immaterial.
  const material = files.filter((file) => file.path !== "README.md");
  const { path } = material[choice.file % material.length] ?? { path: "" };
  const old = (await clone.read(path)) ?? new Uint8Array(0);
  const bytes = alter(old, choice.byte % Math.max(old.length, 1));
  const resized = files.map((file) =>
    file.path === path ? { ...file, sizeBytes: bytes.length } : file,
  );
  return {
    ...clone,
    files: () => Promise.resolve(resized),
    read: (asked) => (asked === path ? Promise.resolve(bytes) : clone.read(asked)),
    readAll: async function* (paths) {
      for (const asked of paths) {
        yield asked === path ? bytes : ((await clone.read(asked)) ?? new Uint8Array(0));
      }
    },
  };
}

const place = fc.record({ file: fc.nat(), byte: fc.nat() });

test("a ledger of any shape verifies under its own pin", async () => {
  const property = fc.asyncProperty(batches, async (placed) => {
    const { commits, pin } = ledgerOf(placed);
    expect((await verifyLedger(fakeClone(commits), { pin })).problems).toEqual([]);
  });
  await fc.assert(property, { numRuns: 20 });
});

test("one flipped bit in any file is found, without a pin and without history's help", async () => {
  const bit = fc.nat({ max: 7 });
  const property = fc.asyncProperty(batches, place, bit, async (placed, choice, at) => {
    const clone = await altered(fakeClone(ledgerOf(placed).commits), choice, (bytes, byte) =>
      bytes.with(byte, (bytes[byte] ?? 0) ^ (1 << at)),
    );
    expect((await verifyLedger(clone)).ok).toBe(false);
  });
  await fc.assert(property, { numRuns: 300 });
});

test("a byte taken out or put in anywhere is found", async () => {
  const added = fc.option(fc.nat({ max: 255 }), { nil: null });
  const property = fc.asyncProperty(batches, place, added, async (placed, choice, byte) => {
    const clone = await altered(fakeClone(ledgerOf(placed).commits), choice, (bytes, at) =>
      Buffer.concat([
        bytes.subarray(0, at),
        Buffer.from(byte === null ? [] : [byte]),
        bytes.subarray(byte === null ? at + 1 : at),
      ]),
    );
    expect((await verifyLedger(clone)).ok).toBe(false);
  });
  await fc.assert(property, { numRuns: 150 });
});

test("whatever stands in a file, verification ends with a verdict on it", async () => {
  const garbage = fc.oneof(
    fc.uint8Array({ maxLength: 200 }),
    fc.json().map((text) => new TextEncoder().encode(`${text}\n`)),
    fc.constantFrom("", "\n", "\n\n", "{}\n", "[]", "— x y\n").map((text) => Buffer.from(text)),
  );
  const property = fc.asyncProperty(place, garbage, async (choice, bytes) => {
    const ledger = ledgerOf([[{ id: "0" }], [{ id: "1" }]]);
    const clone = await altered(fakeClone(ledger.commits), choice, () => bytes);
    expect((await verifyLedger(clone)).ok).toBe(false);
  });
  await fc.assert(property, { numRuns: 150 });
});
