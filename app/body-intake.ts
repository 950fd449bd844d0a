import type { IncomingMessage } from "node:http";

/** GitHub sends no payload larger than 25 MB. */
export const MAX_BODY_BYTES = 25 * 1024 * 1024;
/** All bodies that are being read: senders without the secret cannot fill the memory. */
const MAX_HELD_BYTES = 4 * MAX_BODY_BYTES;
/** A chunk may be one byte, which costs hundreds where each is kept as it came: they are copied into blocks. */
const BLOCK_BYTES = 64 * 1024;

/**
 * A body in pieces, or why there is none. `gave-way`: its room went to newer ones; `cut-off`: the
 * connection ended first.
 */
export type ReadBody = readonly Buffer[] | "cut-off" | "gave-way" | "too-large";

interface OpenBody {
  readonly blocks: Buffer[];
  size: number;
  readonly settle: (result: ReadBody) => void;
}

/**
 * Makes the function that reads bodies, all of them within one budget of memory.
 *
 * Nothing is known of a sender before the whole body is here. Where the budget is spent the oldest
 * body gives way: GitHub's arrive in a moment, and who holds bodies back cannot keep them out.
 */
export function createBodyIntake(): (request: IncomingMessage) => Promise<ReadBody> {
  const intake = new BodyIntake();
  return (request) => intake.read(request);
}

class BodyIntake {
  /** Oldest first. */
  readonly #open = new Set<OpenBody>();
  #heldBytes = 0;

  read(request: IncomingMessage): Promise<ReadBody> {
    return new Promise((settle) => {
      const body: OpenBody = { blocks: [], size: 0, settle };
      this.#open.add(body);
      // Chunks are taken as they come: a stream that is waited for would pile them up.
      request.on("data", (chunk: Buffer) => {
        this.#take(body, chunk);
      });
      request.on("end", () => {
        this.#close(body, piecesOf(body));
      });
      request.on("error", () => {
        this.#close(body, "cut-off");
      });
      request.on("close", () => {
        this.#close(body, "cut-off");
      });
    });
  }

  #take(body: OpenBody, chunk: Buffer): void {
    if (!this.#open.has(body)) return;
    if (body.size + chunk.length > MAX_BODY_BYTES) {
      this.#close(body, "too-large");
      return;
    }
    const blocksBefore = body.blocks.length;
    append(body, chunk);
    this.#heldBytes += (body.blocks.length - blocksBefore) * BLOCK_BYTES;
    this.#makeRoom();
  }

  #makeRoom(): void {
    for (const oldest of this.#open) {
      if (this.#heldBytes <= MAX_HELD_BYTES) return;
      this.#close(oldest, "gave-way");
    }
  }

  #close(body: OpenBody, result: ReadBody): void {
    if (!this.#open.delete(body)) return;
    this.#heldBytes -= body.blocks.length * BLOCK_BYTES;
    // The connection may live on for a while; the memory must not.
    body.blocks.length = 0;
    body.settle(result);
  }
}

function append(body: OpenBody, chunk: Buffer): void {
  for (let taken = 0; taken < chunk.length;) {
    const offset = body.size % BLOCK_BYTES;
    if (offset === 0) body.blocks.push(Buffer.allocUnsafeSlow(BLOCK_BYTES));
    const copied = chunk.copy(body.blocks.at(-1) ?? chunk, offset, taken);
    taken += copied;
    body.size += copied;
  }
}

/** The blocks, the last one only as far as it was filled. */
function piecesOf({ blocks, size }: OpenBody): readonly Buffer[] {
  return blocks.map((block, index) => block.subarray(0, size - index * BLOCK_BYTES));
}
