import type { CapabilityReader, Reading } from "../../../rules/capabilities/capability.ts";

export function readingOf(reader: CapabilityReader, path: string, text: string): Reading {
  return reader.read(path, new TextEncoder().encode(text));
}

/** The packages of a lock file, one a line: `a 1.0.0 registry:npm direct sha512-A`. */
export function packagesIn(reading: Reading): string[] {
  if (!reading.understood) throw new Error(reading.code);
  return (reading.dependencies ?? []).map(({ name, version, source, direct, integrity }) =>
    [name, version ?? "-", source.text, directText(direct), ...(integrity ?? ["no digest"])].join(
      " ",
    ),
  );
}

function directText(direct: boolean | null): string {
  if (direct === null) return "unknown";
  return direct ? "direct" : "indirect";
}

/** What a lock file grants, one a line: `2 npm.substitution a`. */
export function grantsIn(reading: Reading): string[] {
  if (!reading.understood) throw new Error(reading.code);
  return reading.capabilities.map(({ line, kind, name }) => `${line} ${kind} ${name}`);
}
