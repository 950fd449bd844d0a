import type { Capability } from "../capability.ts";
import { type DataMap, type DataScalar, entryOf } from "../data/data-node.ts";
import { mapAt, mapsAt, scalarAt, scalarsAt } from "../data/values.ts";
import { canonicalText, contentDigest } from "../holder-content.ts";
import { guard } from "./guard.ts";
import { conditionsOf, granted, type Manifest } from "./manifest.ts";

/** The levels of `k8s.admission`, from weakest to strongest. */
export const ADMISSION_LEVELS = ["audit", "baseline", "enforce"] as const;

/** Groups whose objects refuse what breaks a rule of the cluster. */
const GATEKEEPER = ["constraints.gatekeeper.sh", "templates.gatekeeper.sh"];

/**
 * What refuses objects when they are created: admission policies and webhooks, Kyverno, Gatekeeper,
 * and the Pod Security level that a namespace enforces. A guard, too.
 */
export function admissionGuards(manifest: Manifest): Capability[] {
  const { kind, group, root } = manifest;
  const named = { kind: "k8s.admission", line: root.line, name: kind };
  if (kind === "Namespace" && group === "") return namespaceGuards(manifest);
  if (group === "kyverno.io" && /^(?:Cluster)?Policy$/.test(kind)) return kyvernoGuards(manifest);
  if (GATEKEEPER.includes(group)) {
    const action = scalarAt(root, "spec", "enforcementAction");
    const isDenying = action === undefined || action.text === "deny";
    return [bound(manifest, { isDenying, action }, ["match", "enforcementAction"])];
  }
  if (kind === "ValidatingAdmissionPolicyBinding") {
    const actions = scalarsAt(root, "spec", "validationActions");
    const isDenying = actions.some(({ text }) => text === "Deny");
    return [
      bound(manifest, { isDenying, action: actions[0] }, ["matchResources", "validationActions"]),
    ];
  }
  if (kind === "ValidatingAdmissionPolicy") {
    const spec = mapAt(root, "spec") ?? root;
    const validations = mapsAt(spec, "validations").map((one) =>
      checked(one, "message", "messageExpression", "reason"),
    );
    return [failing(manifest, spec, { name: kind, causes: validations })];
  }
  if (kind === "ValidatingWebhookConfiguration") {
    return mapsAt(root, "webhooks").map((webhook) => {
      const name = `webhook ${scalarAt(webhook, "name")?.text ?? ""}`;
      return failing(manifest, webhook, {
        name,
        causes: mapsAt(webhook, "rules").map((rule) => checked(rule)),
      });
    });
  }
  const isOlder = kind === "PodSecurityPolicy" || kind === "SecurityContextConstraints";
  return isOlder ? [guard(manifest, { ...named, level: "enforce" })] : [];
}

/** What says of which objects a rule is asked (`match`), and what is done by it (`acting`). */
function bound(
  manifest: Manifest,
  { isDenying, action }: { readonly isDenying: boolean; readonly action: DataScalar | undefined },
  [match, acting]: readonly [match: string, acting: string],
): Capability {
  const spec = mapAt(manifest.root, "spec");
  return guard(manifest, {
    ...{ kind: "k8s.admission", name: manifest.kind, level: isDenying ? "enforce" : "audit" },
    line: action?.line ?? manifest.root.line,
    causes: [checked(spec, match, acting)],
    conditions: narrowed(spec, match),
  });
}

/** What Kyverno lets past its rules: a grant to whatever it matches. */
export function admissionExceptions(manifest: Manifest): Capability[] {
  const { kind, group, root, name: holder } = manifest;
  if (kind !== "PolicyException" || group !== "kyverno.io") return [];
  return mapsAt(root, "spec", "exceptions").flatMap((exception) => {
    const policy = scalarAt(exception, "policyName");
    const rules = scalarsAt(exception, "ruleNames").map(({ text }) => text);
    const line = policy?.line ?? exception.line;
    const narrowing = narrowed(mapAt(root, "spec"), "conditions");
    const conditions = [...narrowing, ...conditionsOf(manifest, line)].sort();
    return rules.map((rule): Capability => {
      const name = `exception from ${policy?.text ?? ""}/${rule}`;
      const cause = checked(mapAt(root, "spec", "match"));
      return {
        kind: "k8s.rule",
        ...granted(manifest, { holder, name }),
        ...{ context: "", level: "namespace-write", line },
        reach: [{ cause, conditions, line, guardLine: line }],
        holderContent: contentDigest(kind, name),
      };
    });
  });
}

/** What lets objects in while it fails itself only tells. */
function failing(
  manifest: Manifest,
  map: DataMap,
  { name, causes }: { readonly name: string; readonly causes: readonly string[] },
): Capability {
  const policy = scalarAt(map, "failurePolicy");
  return guard(manifest, {
    ...{ kind: "k8s.admission", name, line: policy?.line ?? map.line },
    level: policy?.text === "Ignore" ? "audit" : "enforce",
    conditions: narrowed(map, "namespaceSelector", "objectSelector", "matchConditions"),
    ...(causes.length > 0 && { causes }),
  });
}

/** What the Pod Security level of a namespace counts as; `privileged` guards nothing. */
const POD_SECURITY: ReadonlyMap<string, (typeof ADMISSION_LEVELS)[number]> = new Map([
  ["restricted", "enforce"],
  ["baseline", "baseline"],
]);

function namespaceGuards(manifest: Manifest): Capability[] {
  const label = scalarAt(manifest.root, "metadata", "labels", "pod-security.kubernetes.io/enforce");
  const level = POD_SECURITY.get(label?.text ?? "");
  if (!label || level === undefined) return [];
  return [
    guard(manifest, { kind: "k8s.admission", name: "pod security", level, line: label.line }),
  ];
}

function kyvernoGuards(manifest: Manifest): Capability[] {
  const spec = mapAt(manifest.root, "spec");
  if (!spec) return [];
  const general = scalarAt(spec, "validationFailureAction");
  return mapsAt(spec, "rules").flatMap((rule) => {
    const validate = mapAt(rule, "validate");
    if (!validate) return [];
    const action = scalarAt(validate, "failureAction") ?? general;
    const level = /^enforce$/i.test(action?.text ?? "") ? "enforce" : "audit";
    const name = `rule ${scalarAt(rule, "name")?.text ?? ""}`;
    return [
      guard(manifest, {
        ...{ kind: "k8s.admission", name, level, line: action?.line ?? rule.line },
        causes: [checked(validate, "message", "failureAction", "failureActionOverrides")],
        conditions: [
          ...narrowed(rule, "match", "exclude", "preconditions", "celPreconditions"),
          ...narrowed(validate, "failureActionOverrides"),
          ...narrowed(spec, "validationFailureActionOverrides"),
        ],
      }),
    ];
  });
}

/** Parts of a guard as conditions: with one more of them, or another one, it stops less. */
function narrowed(map: DataMap | undefined, ...keys: readonly string[]): string[] {
  return keys.flatMap((key) => {
    const value = map && entryOf(map, key)?.value;
    const isEmpty = !value || (value.type === "map" && value.entries.length === 0);
    return isEmpty ? [] : [`${key} ${contentDigest(canonicalText(value))}`];
  });
}

/** What a guard checks, as the cause by which it stops something; what it tells people does not count. */
function checked(map: DataMap | undefined, ...told: readonly string[]): string {
  return map ? `checks ${contentDigest(canonicalText(map, told))}` : "guards";
}
