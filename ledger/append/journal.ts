import * as z from "zod";
import { LedgerError } from "../errors.ts";
import { fromBase64, toBase64 } from "../format/base64.ts";
import type { DurableFiles } from "./durable-files.ts";

/** How large a tree is, and its root in base64. */
export interface TreeHead {
  readonly size: number;
  readonly root: string;
}

/** A batch on its way: the tree it goes on top of, what it makes of it, and all that it writes. */
export interface PendingBatch {
  readonly base: TreeHead;
  readonly result: TreeHead;
  /** Signed records without their newlines. */
  readonly lines: readonly Uint8Array[];
  /** Policy documents by sha256 (hex). */
  readonly documents: ReadonlyMap<string, Uint8Array>;
}

const PENDING = "pending.json";
const NOTED = "noted.json";

const headSchema = z.strictObject({ size: z.int().min(0), root: z.string() });
const pendingSchema = z.strictObject({
  base: headSchema,
  result: headSchema,
  lines: z.array(z.string()).min(1),
  documents: z.record(z.string(), z.string()),
});

/**
 * What a writer must not forget: the batch that it is about to sign for, and the largest head that
 * it ever saw. Everything it is told is on the disk before it answers.
 *
 * Throws JOURNAL_CONFLICT where a file is not of its making.
 */
export class Journal {
  readonly #files: DurableFiles;

  constructor(files: DurableFiles) {
    this.#files = files;
  }

  async pending(): Promise<PendingBatch | null> {
    const value = await this.#read(PENDING, pendingSchema);
    if (value === null) return null;
    const documents = Object.entries(value.documents).map(([digest, text]) => {
      return [digest, bytesOf(text)] as const;
    });
    return { ...value, lines: value.lines.map(bytesOf), documents: new Map(documents) };
  }

  async begin({ base, result, lines, documents }: PendingBatch): Promise<void> {
    const texts = [...documents].map(([digest, bytes]) => [digest, toBase64(bytes)] as const);
    const value = { base, result, lines: lines.map(toBase64) };
    await this.#write(PENDING, { ...value, documents: Object.fromEntries(texts) });
  }

  /** The pending batch is on the branch. */
  async end(): Promise<void> {
    await this.#files.remove(PENDING);
  }

  /** The largest head ever seen, null before the first. */
  noted(): Promise<TreeHead | null> {
    return this.#read(NOTED, headSchema);
  }

  async note({ size, root }: TreeHead): Promise<void> {
    await this.#write(NOTED, { size, root });
  }

  async #write(name: string, value: unknown): Promise<void> {
    await this.#files.write(name, Buffer.from(JSON.stringify(value)));
  }

  async #read<T extends z.ZodType>(name: string, schema: T): Promise<z.infer<T> | null> {
    const bytes = await this.#files.read(name);
    if (bytes === null) return null;
    try {
      return schema.parse(JSON.parse(Buffer.from(bytes).toString("utf8")));
    } catch (cause) {
      throw new LedgerError("JOURNAL_CONFLICT", `${name} is not what was journaled`, { cause });
    }
  }
}

function bytesOf(text: string): Uint8Array {
  const bytes = fromBase64(text);
  if (bytes === null) {
    throw new LedgerError("JOURNAL_CONFLICT", `${PENDING} is not what was journaled`);
  }
  return bytes;
}
