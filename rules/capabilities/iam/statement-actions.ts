import type { Capability } from "../capability.ts";
import type { ConfigText } from "../cloud/config-value.ts";
import { widerActions } from "../cloud/patterns.ts";
import { firstOfEach } from "../first-of-each.ts";
import { printable } from "../printable.ts";
import { actionLevel, type ActionLevel } from "./action-level.ts";
import type { Statement } from "./statement.ts";

interface NamedAction {
  readonly name: string;
  readonly wider: readonly string[];
  readonly level: ActionLevel;
  readonly line: number;
  readonly certainty: Capability["certainty"];
}

/** All actions but some are all, each exception being a condition of every way. */
export function actionsOf({ actions, notActions }: Statement): NamedAction[] {
  const [first] = notActions;
  const all: NamedAction[] = first
    ? [{ name: "*", wider: [], level: "all", line: first.line, certainty: "exact" }]
    : [];
  return [...all, ...firstOfEach(actions, ({ text }) => text.toLowerCase()).map(actionOf)];
}

/** Nobody knows what a reference stands for: it is told as it is written, by its verb where that is. */
function actionOf({ text, literal, line }: ConfigText): NamedAction {
  if (!literal) {
    const verb = /^\$\{[^}]*\}:([\w*?]+)$/u.exec(text)?.[1];
    const level = verb === undefined ? "write" : actionLevel(`any:${verb}`);
    return { name: printable(text), wider: ["*"], level, line, certainty: "heuristic" };
  }
  const wider = widerActions(text).map(printable);
  const level = actionLevel(text);
  return { name: printable(text.toLowerCase()), wider, level, line, certainty: "exact" };
}
