import { EVERYTHING, type Permission, scoped } from "./permission.ts";
import type { Started } from "./started.ts";

/** What a run of Node is given; where it is not kept in by the permission model that is everything. */
export interface NodeRun {
  readonly isKept: boolean;
  readonly permissions: readonly Permission[];
}

/** Options whose value may be the next word. */
const WITH_VALUE = new Set([
  ...["-r", "-C", "-e", "--require", "--import", "--conditions", "--eval", "--title"],
  ...["--loader", "--experimental-loader", "--env-file", "--env-file-if-exists", "--input-type"],
  ...["--watch-path", "--allow-fs-read", "--allow-fs-write", "--disable-warning"],
  ...["--test-name-pattern", "--test-reporter", "--test-reporter-destination"],
]);

const ALLOWED = /^--allow-([a-z-]+)(?:=(.*))?$/s;
const KEEPS = /^--(no-)?(?:experimental-)?permission(?:=.*)?$/s;

/**
 * What the words behind `node` give, and `NODE_OPTIONS` before it; behind the script's name they
 * are the script's own. Of `--permission` and `--no-permission` the later one counts.
 *
 * Source: nodejs.org/api/permissions.html and /cli.html, where `_` is the same as `-`.
 */
export function nodeRun({ args, nodeOptions }: Started): NodeRun {
  const options = [...nodeOptions.split(/\s+/), ...ownOptions(args)].map(dashed);
  const switches = options.flatMap((text) => (KEEPS.test(text) ? [!text.startsWith("--no-")] : []));
  if (switches.at(-1) !== true) return { isKept: false, permissions: scoped(EVERYTHING, "") };
  return {
    isKept: true,
    permissions: options.flatMap((text, at) => allowed(text, options[at + 1])),
  };
}

/** All in front of the script's name. */
function ownOptions(args: readonly string[]): readonly string[] {
  const script = args.findIndex(
    (text, at) =>
      text === "--" || (!text.startsWith("-") && !WITH_VALUE.has(dashed(args[at - 1] ?? ""))),
  );
  return script === -1 ? args : args.slice(0, script);
}

/** `--allow_fs_read=a_b` → `--allow-fs-read=a_b` */
function dashed(option: string): string {
  return option.replace(/^--[^=]*/, (name) => name.replaceAll("_", "-"));
}

/** `--allow-fs-read=/data`, `--allow-fs-read /data`, `--allow-worker` */
function allowed(text: string, next = ""): Permission[] {
  const [, name, written] = ALLOWED.exec(text) ?? [];
  if (name === undefined) return [];
  const value = written ?? (WITH_VALUE.has(text) ? next : "");
  return scoped(name, value === "*" ? "" : value);
}
