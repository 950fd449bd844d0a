import { kubernetes } from "../../../../rules/capabilities/kubernetes.ts";
import { diffOf, shown } from "../changes.ts";

const PATH = "deploy/app.yaml";
export const TEMPLATE = "charts/a/templates/app.yaml";

/** The `k8s.*` facts of a change of one file, each in one line. */
export function facts(base: string, head: string, path = PATH): string[] {
  return diffOf({ [path]: base }, { [path]: head })
    .filter(({ kind }) => kind.startsWith("k8s."))
    .map(shown)
    .sort();
}

export function read(text: string, path = PATH) {
  return kubernetes.read(path, new TextEncoder().encode(text));
}

/** `NAME LEVEL` of all that a file grants, or why it does not say. */
export function names(text: string, path = PATH): string[] {
  const reading = read(text, path);
  if (!reading.understood) return [reading.code];
  const unread = (reading.unread ?? []).map(({ code }) => `unread ${code}`);
  const told = reading.capabilities.map(({ name, level }) => `${name} ${level ?? ""}`);
  return [...told, ...unread].sort();
}
