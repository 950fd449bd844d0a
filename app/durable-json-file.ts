import { basename, dirname } from "node:path";
import type { Adapter } from "lowdb";
import { openDurableFiles } from "../ledger/append/durable-files.ts";

/**
 * A lowdb adapter whose `write` resolves once the data is on the disk itself.
 *
 * lowdb's own `JSONFile` renames without flushing: a power cut after it answered can leave the
 * old file, or an empty one, and with it an event that GitHub was told is safe.
 */
export function durableJsonFile<T>(path: string): Adapter<T> {
  const files = openDurableFiles(dirname(path));
  const name = basename(path);
  return {
    async read() {
      const bytes = await files.read(name);
      return bytes === null ? null : (JSON.parse(Buffer.from(bytes).toString("utf8")) as T);
    },
    write: (data) => files.write(name, Buffer.from(`${JSON.stringify(data)}\n`)),
  };
}
