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
import { leastMs } from "../test/rules/capabilities/reading-speed.ts";
import { realisticWorkflow } from "./realistic-workflow.ts";

const BYTES = 960_000;
/** A thread's own time is told in steps that are longer than one hash takes. */
const HASHED_TIMES = 100;
const VERSION = { oid: "0".repeat(40), mode: "100644" } as const;

/** What each reader takes for a megabyte as people write it and as attackers do, by sha256 of the same bytes. */
export function benchReaders(): void {
  console.log(`readers: ${BYTES / 1_000} KB a file, times of the thread alone, least of 3`);
  for (const reader of readers) {
    const hostile = [...workflowAdversaries, ...actionAdversaries].filter(({ path }) =>
      reader.claims(path),
    );
    const read = ({ path, content }: Input): unknown => reader.read(path, content);
    show(reader, read, [...realisticFor(reader), ...hostile]);
  }
  for (const reader of treeReaders) {
    show(reader, treeReading(reader), [sources, ...textAdversaries]);
  }
  console.log("");
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
  what: "as people write it",
  path: ".github/workflows/ci.yml",
  // GitHub's cap on nodes is met long before its cap on bytes: comments fill the rest.
  write: (bytes) => padded(realisticWorkflow(400, "bench"), bytes),
};

const realisticAction: Adversary = {
  what: "as people write it",
  path: "action.yml",
  write: (bytes) => {
    const workflow = realisticWorkflow(1, "bench");
    const steps = workflow.slice(workflow.indexOf("      - uses:"));
    return padded(`runs:\n  using: composite\n  steps:\n${steps.repeat(400)}`, bytes);
  },
};

const sources: Adversary = {
  what: "as people write it",
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
    const entry = { path, side: "head" as const, version: VERSION, content, text };
    const change = { listing: listingOfFile(path, VERSION), contents: new Map() };
    return reader.read(entry, change);
  };
}

/** The realistic input, which comes first, and the slowest of the others. */
function show(
  { name }: Pick<CapabilityReader, "name">,
  read: (input: Input) => unknown,
  inputs: readonly Adversary[],
): void {
  const [usual, ...hostile] = inputs.map((input) => measure(read, input));
  const [slowest] = hostile.toSorted((one, other) => one.speed - other.speed);
  for (const measured of [usual, slowest]) {
    if (!measured) continue;
    const { what, speed, ratio } = measured;
    console.log(
      `  ${name.padEnd(22)} ${what.padEnd(46)} ${speedText(speed)} MB/s  ` +
        `${ratio.toFixed(0).padStart(5)} × sha256`,
    );
  }
}

/** Faster than the clock tells: it looks at names and first bytes alone. */
function speedText(speed: number): string {
  return (speed > 1_000 ? "> 1000" : speed.toFixed(1)).padStart(8);
}

function measure(read: (input: Input) => unknown, { what, path, write }: Adversary) {
  const text = write(BYTES);
  const content = new TextEncoder().encode(text);
  const ms = leastMs(() => read({ path, content, text }));
  const baselineMs =
    leastMs(() => {
      hashRepeatedly(content);
    }) / HASHED_TIMES;
  return { what, speed: content.length / 1_000 / ms, ratio: ms / baselineMs };
}

function hashRepeatedly(content: Uint8Array): void {
  for (let done = 0; done < HASHED_TIMES; done += 1) createHash("sha256").update(content).digest();
}
