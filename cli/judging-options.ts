import { UsageError } from "./terminal.ts";

/** The options of every command that judges a change. */
export const JUDGING_OPTIONS = {
  repo: { type: "string" },
  base: { type: "string" },
  head: { type: "string" },
  policy: { type: "string", multiple: true },
  simulate: { type: "boolean" },
  record: { type: "boolean" },
  key: { type: "string" },
  root: { type: "string" },
  "repository-id": { type: "string" },
  format: { type: "string" },
} as const;

/** Options that only a record has a use for: with none to make, whoever gave one expected a record. */
const OF_A_RECORD = ["key", "root", "repository-id"] as const;

/** Throws a `UsageError` for what says how to record where nothing is recorded. */
export function refuseUnrecorded(
  command: string,
  values: { readonly record?: boolean } & {
    readonly [Name in (typeof OF_A_RECORD)[number]]?: string;
  },
): void {
  const given = OF_A_RECORD.find((name) => values[name] !== undefined);
  if (values.record === true || given === undefined) return;
  throw new UsageError(
    `${command}: --${given} is of no use without --record`,
    "add --record, or leave it out",
  );
}
