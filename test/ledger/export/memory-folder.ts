import type { ExportFolder } from "../../../ledger/export/export-folder.ts";

/** What ends an export early: a machine that fails at its nth write. */
export class Crash extends Error {
  override readonly name = "Crash";
}

/** An export's folder in memory. It keeps what was asked of it, in order. */
export class MemoryFolder implements ExportFolder {
  readonly files: Map<string, Uint8Array>;
  readonly written: string[] = [];
  #writesLeft: number;

  /** `files` is what an earlier export left; `writesLeft`: how many writes succeed. */
  constructor(files: ReadonlyMap<string, Uint8Array> = new Map(), writesLeft = Infinity) {
    this.files = new Map(files);
    this.#writesLeft = writesLeft;
  }

  read(path: string): Promise<Uint8Array | null> {
    return Promise.resolve(this.files.get(path) ?? null);
  }

  names(): Promise<readonly string[]> {
    const tops = [...this.files.keys()].map((path) => path.split("/")[0] ?? "");
    return Promise.resolve([...new Set(tops)].sort());
  }

  async *paths(): AsyncIterable<string> {
    await Promise.resolve();
    yield* this.files.keys();
  }

  add(path: string, bytes: Uint8Array): Promise<void> {
    if (this.files.has(path)) throw new Error(`${path} was there`);
    return this.publish(path, bytes);
  }

  publish(path: string, bytes: Uint8Array): Promise<void> {
    if (this.#writesLeft-- <= 0) return Promise.reject(new Crash("no more writes"));
    this.files.set(path, Uint8Array.from(bytes));
    this.written.push(path);
    return Promise.resolve();
  }
}
