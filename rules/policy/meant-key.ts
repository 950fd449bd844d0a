import { nearest } from "./nearest.ts";

/** Words that other gates have for what is called otherwise here. */
const CALLED: Readonly<Record<string, string>> = {
  ...{ if: "match", condition: "match", conditions: "match", where: "match", filter: "match" },
  ...{ action: "decision", level: "decision", effect: "decision", result: "decision" },
  ...{ name: "id", description: "title", summary: "title", text: "message", hint: "remedy" },
  ...{ foreach: "each", over: "each", scope: "only", except: "unless", include: "extends" },
  ...{ approvals: "unless", users: "approved_by", required: "count", min: "count" },
  ...{ gt: "atLeast", gte: "atLeast", lt: "atMost", lte: "atMost" },
  ...{ regex: "matches", regexp: "matches", pattern: "matches", eq: "any", in: "any", or: "any" },
  ...{ equals: "==", ne: "!=", contains: "in" },
};

/** What was probably meant by a key or operator that there is none of; null where nobody can tell. */
export function meantKey(written: string, allowed: readonly string[]): string | null {
  const lower = written.toLowerCase();
  const called = Object.hasOwn(CALLED, lower) ? (CALLED[lower] ?? null) : null;
  return called !== null && allowed.includes(called) ? called : nearest(written, allowed);
}
