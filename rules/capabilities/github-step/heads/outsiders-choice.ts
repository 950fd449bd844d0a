import type { Certainty } from "../../capability.ts";
import { sourceAt } from "../../github-expression/sources.ts";

/**
 * What is sought in a text: a `head` alone; also what outsiders write, which names a `ref` of their
 * choosing; also how they are called, which leads to a `repository` of theirs.
 */
export type Sought = "head" | "ref" | "repository";

/**
 * Whether the value at a path, `github.event.comment.body`, lets outsiders choose what is sought,
 * and how surely: what only holds such a value (`github.event`) is a guess. null where it does not.
 */
export function outsidersChoice(path: string, sought: Sought): Certainty | null {
  if (sought === "head") return null;
  if (sought === "repository" && OUTSIDERS_NAME.test(path)) return "exact";
  const keys = path.split(".").map((key) => (key === "*" ? null : key));
  if (sourceAt(keys)?.level !== "outsider") return null;
  const isText = sourceAt([...keys, "part"]) !== null;
  return isText ? "exact" : "heuristic";
}

// Of whoever caused the event, wrote what it is about, or forked the repository.
const OUTSIDERS_NAME = new RegExp(
  [
    "^github\\.(?:triggering_)?actor$",
    "^github\\.event\\.(?:sender|forkee\\.owner|[^.]+\\.user|workflow_run\\.(?:triggering_)?actor)\\.login$",
    "^github\\.event\\.forkee\\.[a-z_]*(?:name|url)$",
  ].join("|"),
);
