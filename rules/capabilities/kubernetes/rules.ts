import type { Capability } from "../capability.ts";
import type { DataMap, DataScalar } from "../data/data-node.ts";
import { canonicalText, contentDigest } from "../holder-content.ts";
import { NotUnderstood, type Place } from "../not-understood.ts";
import { printable } from "../printable.ts";
import { distinctWays, type Way } from "../reach.ts";
import { mapAt, mapsAt, scalarsAt, textAt } from "../data/values.ts";
import { aggregation } from "./aggregation.ts";
import { conditionsOf, granted, type Manifest } from "./manifest.ts";
import { ANY, strengthOf, type Strength, verbClass } from "./strength.ts";

/** The levels of `k8s.rule`, from weakest to strongest. */
export const RULE_LEVELS = [
  ...["namespace-read", "cluster-read", "namespace-write", "cluster-write"],
  ...["namespace-takeover", "cluster-takeover"],
] as const;

type Scope = "namespace" | "cluster";

/** Grants of one object: more than anybody can have meant. */
const MAX_GRANTS = 10_000;
const MAX_WAYS = 1_000;

function tooMany(place: Place | null): NotUnderstood {
  return new NotUnderstood("too-many", "rules that allow too much to be compared", place);
}

/**
 * What a Role or ClusterRole allows: one capability for each resource of an API group and each class
 * of verbs (`read`, `write`, `*`, or a verb of its own such as `bind`), with each verb as a way.
 *
 * Source: kubernetes.io/docs/reference/access-authn-authz/rbac.
 */
export function roleRules(manifest: Manifest): Capability[] {
  const scope = manifest.kind === "ClusterRole" ? "cluster" : "namespace";
  const holderContent = contentDigest(metadataText(manifest.root));
  const rules = {
    holder: manifest.name,
    holderContent,
    scope,
    rules: mapsAt(manifest.root, "rules"),
  } as const;
  return [...rulesOf(manifest, rules), ...aggregation(manifest, holderContent)];
}

/** What an operator's ClusterServiceVersion (OLM) has granted to its accounts. */
export function operatorRules(manifest: Manifest): Capability[] {
  const install = mapAt(manifest.root, "spec", "install", "spec");
  if (!install) return [];
  const sets = [
    { scope: "namespace", list: "permissions" },
    { scope: "cluster", list: "clusterPermissions" },
  ] as const;
  return sets.flatMap(({ scope, list }) =>
    mapsAt(install, list).flatMap((granting) => {
      const holder = textAt(granting, "serviceAccountName") ?? "";
      return rulesOf(manifest, {
        ...{ holder, scope, rules: mapsAt(granting, "rules") },
        holderContent: contentDigest(holder),
      });
    }),
  );
}

interface HeldRules {
  readonly holder: string;
  readonly holderContent: string;
  readonly scope: Scope;
  readonly rules: readonly DataMap[];
}

/** Rules of one holder, wherever they stand. */
function rulesOf(manifest: Manifest, held: HeldRules): Capability[] {
  const grants = held.rules.flatMap((rule) => grantsOf(rule));
  const ways = grants.reduce((count, grant) => count + Math.max(1, grant.objects.length), 0);
  if (ways > MAX_GRANTS) throw tooMany(null);
  const groups = Map.groupBy(grants, ({ name }) => name);
  return [...groups.values()].flatMap((group) => ruleCapability(manifest, held, group));
}

/** One verb on one resource of one API group, for these objects of it or for all. */
interface Grant {
  readonly name: string;
  readonly wider: readonly string[];
  readonly strength: Strength;
  readonly verb: DataScalar;
  readonly resource: DataScalar;
  readonly objects: readonly DataScalar[];
  readonly lines: readonly number[];
}

function grantsOf(rule: DataMap): Grant[] {
  const groups = scalarsAt(rule, "apiGroups");
  const resources = scalarsAt(rule, "resources");
  const verbs = scalarsAt(rule, "verbs");
  const objects = scalarsAt(rule, "resourceNames");
  if (groups.length * resources.length * verbs.length > MAX_GRANTS) {
    throw tooMany(rule);
  }
  const ofResources = groups.flatMap((group) =>
    resources.flatMap((resource) =>
      verbs.map((verb): Grant => {
        const named = namesOf(group.text, resource.text, verbClass(verb.text));
        const strength = strengthOf(group.text, resource.text, verb.text);
        return {
          ...named,
          strength,
          verb,
          resource,
          objects,
          lines: [group.line, resource.line, verb.line],
        };
      }),
    ),
  );
  return [...ofResources, ...urlGrants(rule, verbs)];
}

/** Paths of the API server itself, which only a ClusterRole can allow. */
function urlGrants(rule: DataMap, verbs: readonly DataScalar[]): Grant[] {
  return scalarsAt(rule, "nonResourceURLs").flatMap((url) =>
    verbs.map((verb): Grant => {
      const kind = verbClass(verb.text);
      return {
        name: `${url.text}: ${kind}`,
        wider: [`${url.text}: *`, `*: ${kind}`, "*: *", `/*: ${kind}`, "/*: *"],
        strength: kind === "read" ? "read" : "write",
        ...{ verb, resource: url, objects: [], lines: [url.line, verb.line] },
      };
    }),
  );
}

/** `apps/deployments: write`, and by what it is included. */
function namesOf(group: string, resource: string, verbs: string): Pick<Grant, "name" | "wider"> {
  const [, sub] = /\/(.*)$/.exec(resource) ?? [];
  const resources = [resource, ANY, ...(sub === undefined ? [] : [`${ANY}/${sub}`])];
  const all = [group, ANY].flatMap((inGroup) =>
    resources.flatMap((one) =>
      [verbs, ANY].map((kind) => `${shownResource(inGroup, one)}: ${kind}`),
    ),
  );
  const [name = "", ...wider] = all;
  return { name, wider: wider.filter((one) => one !== name) };
}

/** The core group has no name; its `*` is told as `core/*`. */
function shownResource(group: string, resource: string): string {
  if (group === "") return resource === ANY ? "core/*" : resource;
  return `${group}/${resource}`;
}

function ruleCapability(
  manifest: Manifest,
  held: HeldRules,
  group: readonly Grant[],
): Capability[] {
  const [first] = group;
  if (!first) return [];
  const strengths = group.map(({ strength }) => strength);
  const strength =
    (["takeover", "write", "read"] as const).find((one) => strengths.includes(one)) ?? "read";
  const reach = distinctWays(group.flatMap((grant) => waysOf(manifest, grant, held.scope)));
  if (reach.length > MAX_WAYS) throw tooMany(first.resource);
  const verbs = [...new Set(group.map(({ verb }) => verb.text))].sort();
  const line = Math.min(first.resource.line, ...linesOfFirst(group));
  return [
    {
      kind: "k8s.rule",
      ...granted(manifest, { holder: held.holder, name: first.name }),
      wider: first.wider.map(printable),
      context: printable(verbs.join(", ")),
      level: `${held.scope}-${strength}`,
      line,
      endLine: Math.max(first.resource.line, ...linesOfFirst(group)),
      reach,
      holderContent: held.holderContent,
    },
  ];
}

/** The verbs of the rule that names the resource first. */
function linesOfFirst(group: readonly Grant[]): number[] {
  return group
    .filter(({ resource }) => resource === group[0]?.resource)
    .map(({ verb }) => verb.line);
}

/** All that is asked besides is a condition, so that what asks for less includes what asks for more. */
function waysOf(manifest: Manifest, { verb, objects, lines }: Grant, scope: Scope): Way[] {
  const asked = [
    ...(verb.text === ANY ? [] : [`verb ${verb.text}`]),
    ...(scope === "namespace" ? namespaceConditions(manifest) : []),
  ];
  const way = (line: number, more: readonly string[]): Way => {
    const conditions = [...asked, ...more, ...conditionsOf(manifest, ...lines, line)];
    return { cause: "rule", conditions: conditions.sort(), line: verb.line, guardLine: verb.line };
  };
  if (objects.length === 0) return [way(verb.line, [])];
  return objects.map((object) => way(object.line, [`object ${object.text}`]));
}

/** A Role in no namespace of its own goes wherever it is applied. */
function namespaceConditions({ namespace }: Manifest): string[] {
  return ["namespaced", ...(namespace ? [`namespace ${namespace.text}`] : [])];
}

/** What a role is, besides its name, its place and what it allows. */
function metadataText(root: DataMap): string {
  const metadata = mapAt(root, "metadata");
  return metadata ? canonicalText(metadata, ["name", "generateName", "namespace"]) : "";
}
