import type { Capability } from "../capability.ts";
import type { DataMap, DataScalar } from "../data/data-node.ts";
import { entriesAt, stringAt } from "../data/values.ts";
import { contentDigest } from "../holder-content.ts";
import { denoRun } from "./deno-flags.ts";
import { nodeRun } from "./node-flags.ts";
import { EVERYTHING, type Permission } from "./permission.ts";
import { type Started, startedBy } from "./started.ts";
import { type Given, type Holder, together } from "./together.ts";

/** The permissions of each named set. */
export type NamedSets = ReadonlyMap<string, readonly Permission[]>;

/** What the programs that each task of one list starts may touch. */
export function taskGrants(
  root: DataMap,
  list: "tasks" | "scripts",
  sets: NamedSets,
): Capability[] {
  return entriesAt(root, list).flatMap(({ key, value }) => {
    // "build": "deno run -A build.ts", "build": { "command": "…" }
    const command = stringAt(value, "command") ?? stringAt(value);
    return command ? commandGrants(`${list}.${key.text}`, command, sets) : [];
  });
}

function commandGrants(holder: string, { text, line }: DataScalar, sets: NamedSets): Capability[] {
  const started = startedBy(text);
  const placed = (permission: Permission): Given => ({ ...permission, line });
  const ofDeno = started.filter(({ name }) => name === "deno").flatMap((run) => givenTo(run, sets));
  const runs = started.filter(({ name }) => name === "node").map(nodeRun);
  const held = { holder, holderContent: contentDigest(withoutFlags(text)) };
  const isKept = runs.length > 0 && runs.every((run) => run.isKept);
  const ofNode = runs.flatMap(({ permissions }) => permissions);
  return [
    ...together({ kind: "deno.permission", ...held }, ofDeno.map(placed)),
    ...together({ kind: "node.permission", ...held }, ofNode.map(placed)),
    ...(isKept ? keptIn(held, line) : []),
  ];
}

/** A set that this file does not name may be any. */
function givenTo({ args }: Started, sets: NamedSets): Permission[] {
  const { permissions, sets: named } = denoRun(args);
  return [
    ...permissions,
    ...named.flatMap(
      (name) => sets.get(name) ?? [{ name: `set ${name}`, scope: null, isDenied: false }],
    ),
  ];
}

/** Everything, less what the permission model keeps back: with that gone it rises. */
function keptIn(held: Pick<Holder, "holder" | "holderContent">, line: number): Capability[] {
  const all = { name: EVERYTHING, scope: null, isDenied: false, line };
  return together({ kind: "node.permission", ...held }, [all]).map((everything) => ({
    ...everything,
    ...{ level: "kept", context: "what --permission leaves" },
  }));
}

/** The command less what it gives, so that a task that is renamed and given more is known again. */
function withoutFlags(command: string): string {
  return command
    .replace(
      /(?:^|\s)--?(?:[RWNESIAP]+|(?:no-)?(?:experimental[-_])?permission(?:-set)?|(?:allow|deny|ignore)[-_][\w-]+)(?:=\S*)?(?=\s|$)/g,
      "",
    )
    .trim();
}
