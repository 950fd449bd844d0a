import { closeSync, fstatSync, readdirSync, statSync, type Stats } from "node:fs";
import { UsageError } from "./terminal.ts";

/**
 * Closes what the process that started this one left open of the key's file (`20<key.pem`,
 * `<(cat key.pem)`): a descriptor above the first few would be inherited by a governed command.
 *
 * Throws a `UsageError` where the file is a standard stream, since the command gets those. A pipe
 * there was read to its end, and has nothing more to give.
 */
export function closeKeyFile(path: string): void {
  const key = statusOf(() => statSync(path));
  const same = openDescriptors().filter((each) =>
    isSame(
      statusOf(() => fstatSync(each)),
      key,
    ),
  );
  if (key?.isFile() === true && same.some((each) => each <= LAST_STANDARD)) {
    const remedy = "name the file with --key instead";
    throw new UsageError(`${path} is a stream that the command would inherit`, remedy);
  }
  for (const each of same) if (each > LAST_STANDARD) closeSync(each);
}

const LAST_STANDARD = 2;

/** Every descriptor of this process, on each system that has a folder of them. */
function openDescriptors(): readonly number[] {
  try {
    return readdirSync("/dev/fd").map(Number);
  } catch {
    return [];
  }
}

function isSame(one: Stats | null, other: Stats | null): boolean {
  return one !== null && one.dev === other?.dev && one.ino === other.ino;
}

function statusOf(read: () => Stats): Stats | null {
  try {
    return read();
  } catch {
    return null;
  }
}
