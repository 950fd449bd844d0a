import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import type { CapabilityReader } from "../rules/capabilities/capability.ts";
import { readers } from "../rules/capabilities/readers.ts";
import { listingOfFile } from "../rules/capabilities/read-file.ts";
import type { TreeReader } from "../rules/capabilities/tree/tree-reader.ts";
import { treeReaders } from "../rules/capabilities/tree/tree-readers.ts";
import {
  actionAdversaries,
  type Adversary,
  textAdversaries,
  workflowAdversaries,
} from "../test/rules/capabilities/adversaries.ts";
import { allSamples } from "../test/rules/capabilities/formats/all-samples.ts";
import { leastMs } from "../test/rules/capabilities/reading-speed.ts";
import { realisticWorkflow } from "./realistic-workflow.ts";

const BYTES = 960_000;
/** A thread's own time is told in steps that are longer than one hash takes. */
const HASHED_TIMES = 100;
const VERSION = { oid: "0".repeat(40), mode: "100644" } as const;

/** Below this the clock tells nothing. */
const LEAST_MS = 0.1;

const USUAL = "as people write it";

/** What each reader takes for a megabyte as people write it and as attackers do, by sha256 of the same bytes. */
export function benchReaders(): void {
  console.log(`readers: ${BYTES / 1_000} KB a file, times of the thread alone, least of 3`);
  for (const reader of readers) {
    const hostile = [...workflowAdversaries, ...actionAdversaries].filter(({ path }) =>
      reader.claims(path),
    );
    const read = ({ path, content }: Input): unknown => reader.read(path, content.slice());
    const samples = allSamples.filter((sample) => sample.reader === reader.name);
    const own = samples.flatMap(({ adversaries }) => adversaries);
    // Over what a reader takes only its refusal would be timed.
    const bytes = Math.min(BYTES, 0.95 * reader.maxBytes);
    show(reader, read, [...realisticFor(reader), ...hostile, ...own], bytes);
  }
  for (const reader of treeReaders) {
    show(reader, treeReading(reader), [sources, ...textAdversaries]);
  }
  console.log("");
}

function inputOf(path: string, text: string): Input {
  return { path, text, content: new TextEncoder().encode(text) };
}

interface Input {
  readonly path: string;
  readonly content: Uint8Array;
  readonly text: string;
}

function realisticFor(reader: CapabilityReader): Adversary[] {
  return [realistic, realisticAction].filter(({ path }) => reader.claims(path) !== null);
}

const realistic: Adversary = {
  what: USUAL,
  path: ".github/workflows/ci.yml",
  // GitHub's cap on nodes is met long before its cap on bytes: comments fill the rest.
  write: (bytes) => padded(realisticWorkflow(400, "bench"), bytes),
};

const realisticAction: Adversary = {
  what: USUAL,
  path: "action.yml",
  write: (bytes) => {
    const workflow = realisticWorkflow(1, "bench");
    const steps = workflow.slice(workflow.indexOf("      - uses:"));
    return padded(`runs:\n  using: composite\n  steps:\n${steps.repeat(400)}`, bytes);
  },
};

const sources: Adversary = {
  what: USUAL,
  path: "src/a.ts",
  write: (bytes) => {
    const folder = new URL("../rules/", import.meta.url);
    const names = readdirSync(folder, { recursive: true, encoding: "utf8" });
    const texts = names
      .filter((name) => name.endsWith(".ts"))
      .map((name) => readFileSync(new URL(name, folder), "utf8"));
    const all = texts.join("\n");
    return all.repeat(Math.ceil(bytes / all.length)).slice(0, bytes);
  },
};

function padded(text: string, bytes: number): string {
  return text + "# what a licence says\n".repeat(Math.max(0, (bytes - text.length) / 22));
}

function treeReading(reader: TreeReader): (input: Input) => unknown {
  return ({ path, content, text }) => {
    const entry = { path, side: "head" as const, version: VERSION, content: content.slice(), text };
    const change = { listing: listingOfFile(path, VERSION), contents: new Map() };
    return reader.read(entry, change);
  };
}

/** The realistic input, which comes first, and the slowest of the others. */
function show(
  { name }: Pick<CapabilityReader, "name">,
  read: (input: Input) => unknown,
  inputs: readonly Adversary[],
  bytes = BYTES,
): void {
  const measured = inputs.map((input) => measure(read, input, bytes));
  const usual = measured.find(({ what }) => what === USUAL);
  const [slowest] = measured
    .filter((one) => one !== usual)
    .toSorted((one, other) => one.speed - other.speed);
  for (const one of [usual, slowest]) {
    if (!one) continue;
    const { what, speed, ratio, growth } = one;
    console.log(
      `  ${name.padEnd(20)} ${what.slice(0, 50).padEnd(50)} ${speedText(speed)} MB/s  ` +
        `${ratio.toFixed(0).padStart(5)} × sha256  ${growth.toFixed(1)} × for twice the size`,
    );
  }
}

/** Faster than the clock tells: it looks at names and first bytes alone. */
function speedText(speed: number): string {
  return (speed > 1_000 ? "> 1000" : speed.toFixed(1)).padStart(8);
}

function measure(read: (input: Input) => unknown, { what, path, write }: Adversary, bytes: number) {
  const half = inputOf(path, write(bytes / 2));
  const halfMs = leastMs(() => read(half));
  const text = write(bytes);
  const content = new TextEncoder().encode(text);
  const ms = leastMs(() => read({ path, content, text }));
  const baselineMs =
    leastMs(() => {
      hashRepeatedly(content);
    }) / HASHED_TIMES;
  const growth = ms / Math.max(halfMs, LEAST_MS);
  return { what, speed: content.length / 1_000 / ms, ratio: ms / baselineMs, growth };
}

function hashRepeatedly(content: Uint8Array): void {
  for (let done = 0; done < HASHED_TIMES; done += 1) createHash("sha256").update(content).digest();
}
