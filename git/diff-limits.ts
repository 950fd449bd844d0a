import { GitError } from "./errors.ts";

/** What comparing two trees may come to. A pack of a few kilobytes can hold far more than any machine. */
export interface DiffLimits {
  readonly files: number;
  /** Trees that are compared: one tree object can stand at very many paths. */
  readonly folders: number;
  /** Names that are compared, changed or not: a folder of very many can stand at very many paths. */
  readonly names: number;
  /** The listed paths together: one folder with a long name can be above every one of them. */
  readonly pathBytes: number;
  /** The trees of one level, which are held at one time. */
  readonly levelBytes: number;
}

type Spend = (what: Exclude<keyof DiffLimits, "levelBytes">, amount: number) => void;

/** Counts what was compared; over a limit it throws `TOO_LARGE`. */
export function countWithin(limits: DiffLimits): Spend {
  const spent = { files: 0, folders: 0, names: 0, pathBytes: 0 };
  return (what, amount) => {
    spent[what] += amount;
    if (spent[what] <= limits[what]) return;
    const over = `more than ${limits[what]} ${WORDS[what]}`;
    throw new GitError("TOO_LARGE", `${over}; judge the change in smaller ranges`);
  };
}

const WORDS = {
  files: "files differ",
  folders: "folders differ",
  names: "names stand in folders that differ",
  pathBytes: "bytes are in the paths that differ",
} as const;
