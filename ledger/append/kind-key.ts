import { hash } from "node:crypto";

/** The kinds of which every record is noted: what they say holds until another of them ends it. */
const NOTED = ["waiver", "incident"] as const;

/** The key (sha256, hex) under which the records of a kind are noted. */
export function kindKey(kind: string): string {
  return hash("sha256", `every record of kind ${kind}`, "hex");
}

/** Whether every record of a kind is noted. */
export function isNotedKind(kind: string): boolean {
  return NOTED.some((noted) => noted === kind);
}
