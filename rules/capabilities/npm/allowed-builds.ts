import type { Capability } from "../capability.ts";
import type { DataMap, DataNode, DataScalar } from "../data/data-node.ts";
import { entriesAt, isFalse, isTrue, valueAt } from "../data/values.ts";
import { plainGrant } from "../plain-grant.ts";

/** Where package managers look up whose install scripts may run, as paths of keys. */
const PLACES = [
  ["pnpm", "onlyBuiltDependencies"],
  ["pnpm", "allowBuilds"],
  ["onlyBuiltDependencies"],
  ["allowBuilds"],
  ["trustedDependencies"],
  ["allowScripts"],
  ["lavamoat", "allowScripts"],
] as const;

/**
 * The packages whose install scripts may run, where a package manager runs none unless it is told.
 *
 * Source: pnpm.io/settings, bun.sh/docs/install/lifecycle, docs.npmjs.com/cli/v11/commands/npm-install.
 */
export function allowedBuilds(root: DataMap): Capability[] {
  return PLACES.flatMap((keys) => {
    const list = valueAt(root, ...keys);
    return list ? namesIn(list).map((name) => allowedBuild(name, keys.join("."))) : [];
  });
}

/**
 * What yarn builds, by `dependenciesMeta: { a: { built: true } }` of a `package.json`; where it is
 * false, the scripts of `a` never run.
 *
 * Source: yarnpkg.com/configuration/manifest#dependenciesMeta.built.
 */
export function builtByYarn(root: DataMap): Capability[] {
  return entriesAt(root, HOLDER).flatMap(({ key, value }): Capability[] => {
    const built = valueAt(value, "built");
    if (isTrue(built)) return [allowedBuild(key, HOLDER)];
    const { text: name, line } = key;
    return isFalse(built) ? [plainGrant({ kind: "npm.guard", name, holder: HOLDER, line })] : [];
  });
}

const HOLDER = "dependenciesMeta";

function namesIn(list: DataNode): DataScalar[] {
  if (list.type === "list") return list.items.filter((item) => item.type === "scalar");
  if (list.type === "scalar") return [];
  return list.entries.filter(({ value }) => !isFalse(value)).map(({ key }) => key);
}

/** One package of which install scripts may run, named in the list `holder`. */
export function allowedBuild(name: Pick<DataScalar, "text" | "line">, holder: string): Capability {
  return plainGrant({ kind: "npm.allowed-build", name: name.text, holder, line: name.line });
}
