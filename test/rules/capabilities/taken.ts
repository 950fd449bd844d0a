import type { Reading } from "../../../rules/capabilities/capability.ts";
import { bundler } from "../../../rules/capabilities/bundler.ts";
import { composer } from "../../../rules/capabilities/composer.ts";
import { gradleCatalog } from "../../../rules/capabilities/gradle-catalog.ts";
import { maven } from "../../../rules/capabilities/maven.ts";
import { nuget } from "../../../rules/capabilities/nuget.ts";

const readers = [bundler, maven, gradleCatalog, composer, nuget];

/** What a file takes in, each dependency in one line: `2 a 1.0 bounded registry:npm`; or why it is refused, and where. */
export function taken(path: string, text: string): string[] {
  const reading = readingOf(path, text);
  if (!reading.understood) return [`${reading.code}:${reading.line ?? "-"}`];
  return (reading.dependencies ?? []).map(({ line, name, version, range, source, integrity }) =>
    [line, name, version ?? "-", range ?? "-", source.text, ...(integrity ?? [])].join(" "),
  );
}

/** What a file grants besides: `2 kind name`. */
export function grantedBy(path: string, text: string): string[] {
  const reading = readingOf(path, text);
  if (!reading.understood) return [`${reading.code}:${reading.line ?? "-"}`];
  return reading.capabilities.map(({ line, kind, name }) => `${line} ${kind} ${name}`);
}

/** Which reader claims a path, and how: `maven grants`. */
export function claimOf(path: string): string {
  const reader = readers.find((one) => one.claims(path));
  return reader ? `${reader.name} ${reader.claims(path) ?? ""}` : "nobody";
}

function readingOf(path: string, text: string): Reading {
  const reader = readers.find((one) => one.claims(path));
  if (!reader) return { understood: false, code: "unclaimed", why: "no reader claims it" };
  return reader.read(path, new TextEncoder().encode(text));
}
