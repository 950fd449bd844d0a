import type { Dependency } from "../../dependencies/dependency.ts";
import { ownRegistry } from "../../dependencies/source.ts";
import type { Given } from "../forms.ts";
import { NotUnderstood } from "../not-understood.ts";

// org.acme:lib:1.0=compileClasspath,runtimeClasspath; older ones have no `=`
const LOCKED = /^([^:=\s]+:[^:=\s]+):([^:=\s]+)(?:=[^=]*)?$/;
const EMPTY = /^empty=[^=]*$/;

/**
 * Reads a lock file of Gradle's: every module with the version that was chosen for it.
 *
 * Source: docs.gradle.org/current/userguide/dependency_locking.html.
 */
export function readGradleLock(text: string): Given {
  const dependencies = text.split(/\r?\n/).flatMap((written, index): Dependency[] => {
    const entry = written.trim();
    if (entry === "" || entry.startsWith("#") || EMPTY.test(entry)) return [];
    const [, name, version = ""] = LOCKED.exec(entry) ?? [];
    const line = index + 1;
    if (name === undefined) {
      const why = "a line that Gradle does not write into a lock file";
      throw new NotUnderstood("unknown-line", why, { line, column: 1 });
    }
    const read = { ecosystem: "maven", name, version, group: "", direct: null, line };
    return [{ ...read, source: ownRegistry("maven") }];
  });
  return { dependencies };
}
