import { NotUnderstood } from "../not-understood.ts";
import { parseGitConfig } from "./config.ts";

/** What a variable is set to, and where (1-based). */
export interface Setting {
  readonly value: string;
  readonly line: number;
}

/** All that `.gitmodules` says of one submodule: keys in small letters → what they are set to. */
export interface SubmoduleSection {
  readonly name: string;
  /** Where its first variable stands. */
  readonly line: number;
  readonly settings: ReadonlyMap<string, Setting>;
}

/**
 * The submodules that a `.gitmodules` declares, in its order; other sections say nothing of one.
 *
 * Throws `NotUnderstood` as `parseGitConfig` does, and for what git refuses or ignores in some
 * versions only: a key that is set twice to different values, and a key without a value.
 */
export function readSubmodules(content: Uint8Array): SubmoduleSection[] {
  const sections = new Map<string, { line: number; settings: Map<string, Setting> }>();
  for (const { section, key, value, line } of parseGitConfig(content)) {
    if (!section.startsWith(PREFIX)) continue;
    const name = section.slice(PREFIX.length);
    const { settings } = sections.get(name) ?? started(sections, name, line);
    if (value === null) throw refusal("no-value", "a key without a value", line);
    const known = settings.get(key);
    if (known && known.value !== value)
      throw refusal("repeated-key", "a key that is set twice", line);
    settings.set(key, known ?? { value, line });
  }
  return [...sections].map(([name, section]) => ({ name, ...section }));
}

const PREFIX = "submodule.";

function started(
  sections: Map<string, { line: number; settings: Map<string, Setting> }>,
  name: string,
  line: number,
): { line: number; settings: Map<string, Setting> } {
  const section = { line, settings: new Map<string, Setting>() };
  sections.set(name, section);
  return section;
}

function refusal(code: string, why: string, line: number): NotUnderstood {
  return new NotUnderstood(code, why, { line, column: 1 });
}
