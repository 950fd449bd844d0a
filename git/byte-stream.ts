import type { Readable } from "node:stream";

/** Reads a process's output in the pieces its format has. Every method throws at the stream's end. */
export class ByteStream {
  readonly #chunks: AsyncIterator<Buffer>;
  #rest: Buffer = Buffer.alloc(0);

  constructor(stream: Readable) {
    this.#chunks = stream[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  }

  /** The next line without its line feed, at most `maxBytes` long. */
  async line(maxBytes: number): Promise<string> {
    for (let searched = 0; ;) {
      const end = this.#rest.indexOf(0x0a, searched);
      if (end !== -1) return this.#cut(end + 1).toString("utf8", 0, end);
      if (this.#rest.length > maxBytes) throw new RangeError("a line is too long");
      searched = this.#rest.length;
      this.#rest = Buffer.concat([this.#rest, await this.#next()]);
    }
  }

  /** Hands the next `length` bytes to `sink` as they come; they are not kept. */
  async pass(length: number, sink: (chunk: Buffer) => void): Promise<void> {
    for (let left = length; left > 0;) {
      if (this.#rest.length === 0) this.#rest = await this.#next();
      const chunk = this.#cut(Math.min(left, this.#rest.length));
      left -= chunk.length;
      sink(chunk);
    }
  }

  async #next(): Promise<Buffer> {
    const next = await this.#chunks.next();
    if (next.done === true) throw new RangeError("the stream ended");
    return next.value;
  }

  #cut(length: number): Buffer {
    const head = this.#rest.subarray(0, length);
    this.#rest = this.#rest.subarray(length);
    return head;
  }
}
