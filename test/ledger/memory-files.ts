import type { DurableFiles } from "../../ledger/append/durable-files.ts";

/** A writer's folder in memory; `stored` is what a crash leaves. */
export function memoryFiles(stored: Map<string, Uint8Array> = new Map()): DurableFiles {
  return {
    read: (name) => Promise.resolve(stored.get(name) ?? null),
    write: (name, bytes) => {
      stored.set(name, Uint8Array.from(bytes));
      return Promise.resolve();
    },
    append: (name, bytes) => {
      stored.set(name, Buffer.concat([stored.get(name) ?? new Uint8Array(0), bytes]));
      return Promise.resolve();
    },
    remove: (name) => {
      stored.delete(name);
      return Promise.resolve();
    },
  };
}
