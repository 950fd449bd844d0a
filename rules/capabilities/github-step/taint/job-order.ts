import { entryOf, type DataNode } from "../../data/data-node.ts";
import type { StepScope } from "../scope.ts";

/** The jobs that a job waits for, whose outputs it may read; ids in lower case. */
export function neededBy({ body }: StepScope): ReadonlySet<string> {
  const needs = entryOf(body, "needs")?.value;
  const items: readonly DataNode[] = needs?.type === "list" ? needs.items : needs ? [needs] : [];
  return new Set(
    items.flatMap((item) => (item.type === "scalar" ? [item.text.toLowerCase()] : [])),
  );
}

/**
 * The jobs so that each stands behind those it needs. Jobs that need each other in a circle,
 * which GitHub refuses, stand last as they came.
 */
export function inOrderOfNeeds(scopes: readonly StepScope[]): StepScope[] {
  const known = new Set(scopes.map(({ id }) => id.toLowerCase()));
  const waiting = new Map<StepScope, number>();
  const dependents = new Map<string, StepScope[]>();
  for (const scope of scopes) {
    const needs = [...neededBy(scope)].filter((id) => known.has(id));
    waiting.set(scope, needs.length);
    for (const id of needs) {
      const group = dependents.get(id);
      if (group) group.push(scope);
      else dependents.set(id, [scope]);
    }
  }
  const ordered = scopes.filter((scope) => waiting.get(scope) === 0);
  // Grows while it is walked: a job joins when the last one it needs is through.
  for (const { id } of ordered) {
    for (const dependent of dependents.get(id.toLowerCase()) ?? []) {
      const left = (waiting.get(dependent) ?? 0) - 1;
      waiting.set(dependent, left);
      if (left === 0) ordered.push(dependent);
    }
  }
  return [...ordered, ...scopes.filter((scope) => (waiting.get(scope) ?? 0) > 0)];
}
