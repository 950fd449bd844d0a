import { hash } from "node:crypto";
import { overrideIn, waiverPredicate } from "../exception-predicates.ts";
import { subjectOf } from "../format/statement.ts";
import {
  allReasons,
  recordedItems,
  type RecordedOverride,
  type RecordedWaiver,
  type VerdictPredicate,
} from "../predicates.ts";
import type { ReplayedRecord } from "../replay.ts";
import type { ExceptionNode } from "./graph.ts";

/** The exceptions that settled a reason of a verdict. */
export function exceptionNodes(predicate: VerdictPredicate): readonly ExceptionNode[] {
  const { waivers = [], overrides = [] } = predicate.external;
  const acts = allReasons(predicate).flatMap(({ settledBy }) => settledBy);
  const used = new Set(acts.map(({ kind, id }) => `${kind} ${id}`));
  const nodes = [
    ...recordedItems<RecordedWaiver>(waivers).map(waiverNode),
    ...recordedItems<RecordedOverride>(overrides).map(overrideNode),
  ];
  return nodes.filter(({ exception, name }) => used.has(`${exception} ${name}`));
}

/** The exception that a record grants; null where it is another record. */
export function grantedNode({ kind, statement }: ReplayedRecord): ExceptionNode | null {
  const { commit } = subjectOf(statement);
  if (commit === null) return null;
  if (kind === "waiver") {
    const { data } = waiverPredicate.safeParse(statement.predicate);
    return data?.act === "grant" ? waiverNode({ ...data, commit }) : null;
  }
  const told = kind === "incident" ? overrideIn(statement.predicate) : null;
  return told && overrideNode({ ...told, head: commit });
}

type Waived = Pick<
  RecordedWaiver,
  "id" | "grantedBy" | "owner" | "policyId" | "commit" | "reason" | "at" | "expires"
>;

function waiverNode({ id, grantedBy, owner, policyId, commit, reason, at, expires }: Waived) {
  return node("waiver", {
    ...{ name: id, actor: grantedBy?.login ?? owner, owner, policyId, commit, reason, at },
    until: expires,
  });
}

type Overridden = Pick<RecordedOverride, "id" | "by" | "head" | "reason" | "at">;

function overrideNode({ id, by, head, reason, at }: Overridden) {
  return node("override", {
    ...{ name: id, actor: by.login, owner: null, policyId: null, commit: head, reason, at },
    until: null,
  });
}

function node(
  exception: ExceptionNode["exception"],
  told: Omit<ExceptionNode, "kind" | "id" | "exception">,
): ExceptionNode {
  const id = hash("sha256", JSON.stringify([exception, told.name, told.commit]), "hex");
  return { kind: "exception", id: `exception:${id}`, exception, ...told };
}
