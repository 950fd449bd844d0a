import * as z from "zod";
import { fromBase64, toBase64 } from "../format/base64.ts";
import { DIGEST_BYTES, Frontier } from "../format/tree.ts";
import type { DurableFiles } from "./durable-files.ts";

/** Where a record stands: its index, and the first index of its batch. */
export interface RecordPlace {
  readonly index: number;
  readonly first: number;
}

const STATE = "latest/caught-up.json";
const BUCKET_DIGITS = 2;
const ENTRY = /^([0-9]{16}) ([0-9]{16}) ([0-9a-f]{64})$/;

/** `kinds`: every record of some kinds is noted too. A state that does not say so is made again. */
const stateSchema = z.strictObject({
  size: z.int().min(0),
  peaks: z.array(z.string()),
  kinds: z.literal(1),
});

/**
 * Which record is the latest of its key (`latestKey`), in time that does not grow with the ledger.
 *
 * A cache of what the branch says, caught up to a size: it can be lost and is then made again. Its
 * entries only grow, and each stays true, so a crash between two writes leaves nothing false:
 *
 *     0000000000012350 0000000000012345 <key, hex>
 */
export class LatestIndex {
  readonly #files: DurableFiles;

  constructor(files: DurableFiles) {
    this.#files = files;
  }

  /** The tree up to which records were noted; empty where nothing readable is there. */
  async caughtUp(): Promise<Frontier> {
    const bytes = await this.#files.read(STATE);
    return bytes === null ? new Frontier() : frontierOf(bytes);
  }

  /** Notes where records of these keys stand, the latest last, then that all up to `frontier` are noted. */
  async add(places: Iterable<readonly [string, RecordPlace]>, frontier: Frontier): Promise<void> {
    for (const [bucket, lines] of bucketed(places)) {
      // The line break in front ends what a crash may have left of an entry.
      await this.#files.append(bucket, Buffer.from(`\n${lines.join("\n")}\n`));
    }
    const state = { size: frontier.size, peaks: frontier.peaks.map(toBase64), kinds: 1 };
    await this.#files.write(STATE, Buffer.from(JSON.stringify(state)));
  }

  /** Where the latest record of a key stands, null where none was noted. */
  async find(key: string): Promise<RecordPlace | null> {
    const bytes = await this.#files.read(bucketOf(key));
    const places = bytes === null ? [] : placesIn(Buffer.from(bytes).toString("latin1"), key);
    return places.reduce<RecordPlace | null>(later, null);
  }

  /** Where all records stand that were noted under a key, in index order. */
  async all(key: string): Promise<readonly RecordPlace[]> {
    const bytes = await this.#files.read(bucketOf(key));
    const places = bytes === null ? [] : placesIn(Buffer.from(bytes).toString("latin1"), key);
    // What was noted last of an index is right: it may be in another batch by now.
    const byIndex = new Map(places.map((place) => [place.index, place]));
    return [...byIndex.values()].sort((one, other) => one.index - other.index);
  }

  /** Forgets everything: an entry that was found to be false may not be the only one. */
  async reset(): Promise<void> {
    await this.#files.remove(STATE);
    for (let bucket = 0; bucket < 16 ** BUCKET_DIGITS; bucket += 1) {
      await this.#files.remove(bucketOf(bucket.toString(16).padStart(BUCKET_DIGITS, "0")));
    }
  }
}

function bucketed(places: Iterable<readonly [string, RecordPlace]>): ReadonlyMap<string, string[]> {
  const buckets = new Map<string, string[]>();
  for (const [key, { index, first }] of places) {
    const lines = buckets.get(bucketOf(key)) ?? [];
    lines.push(`${digits(index)} ${digits(first)} ${key}`);
    buckets.set(bucketOf(key), lines);
  }
  return buckets;
}

function bucketOf(key: string): string {
  return `latest/${key.slice(0, BUCKET_DIGITS)}`;
}

function placesIn(bucket: string, key: string): readonly RecordPlace[] {
  return bucket.split("\n").flatMap((line) => {
    const [, index, first, named] = ENTRY.exec(line) ?? [];
    return named === key ? [{ index: Number(index), first: Number(first) }] : [];
  });
}

function later(a: RecordPlace | null, b: RecordPlace): RecordPlace {
  return a === null || b.index > a.index ? b : a;
}

function digits(index: number): string {
  return String(index).padStart(16, "0");
}

/** Anything that is not of our making is as good as absent: the cache is made again. */
function frontierOf(bytes: Uint8Array): Frontier {
  try {
    const { size, peaks } = stateSchema.parse(JSON.parse(Buffer.from(bytes).toString("utf8")));
    const digests = peaks.map((peak) => fromBase64(peak));
    const whole = digests.filter((digest) => digest?.length === DIGEST_BYTES);
    return new Frontier(size, whole as Uint8Array[]);
  } catch {
    return new Frontier();
  }
}
