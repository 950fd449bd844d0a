import {
  type ConfigMap,
  type ConfigText,
  type ConfigValue,
  mapsAt,
  mapsIn,
  plainKey,
  textsAt,
  textsIn,
  valuesAt,
} from "../cloud/config-value.ts";

/** Whom a statement is about: `AWS`, `Service`, `Federated`, `CanonicalUser` or `*`, and who that is. */
export interface Principal {
  readonly type: string;
  readonly who: ConfigText;
}

/** `StringEquals` of a key, whose values are alternatives. Operator and key are in small letters. */
export interface Condition {
  readonly operator: string;
  readonly key: string;
  readonly values: readonly string[];
  readonly line: number;
}

/** One statement of a policy; see docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html. */
export interface Statement {
  readonly effect: "Allow" | "Deny";
  readonly actions: readonly ConfigText[];
  readonly notActions: readonly ConfigText[];
  readonly resources: readonly ConfigText[];
  readonly notResources: readonly ConfigText[];
  readonly principals: readonly Principal[];
  readonly notPrincipals: readonly Principal[];
  /** All of them must hold. */
  readonly conditions: readonly Condition[];
  readonly line: number;
}

/** Whether a map is written like a statement: of JSON, of Terraform's blocks, or of a module's arguments. */
export function isStatement(map: ConfigMap): boolean {
  const has = (...keys: string[]): boolean => valuesAt(map, ...keys).length > 0;
  if (!has(...ACTION, ...NOT_ACTION)) return false;
  return has("Effect", ...RESOURCE, ...NOT_RESOURCE, ...PRINCIPAL, ...NOT_PRINCIPAL);
}

const ACTION = ["Action", "Actions"];
const NOT_ACTION = ["NotAction", "NotActions"];
const RESOURCE = ["Resource", "Resources"];
const NOT_RESOURCE = ["NotResource", "NotResources"];
const PRINCIPAL = ["Principal", "Principals"];
const NOT_PRINCIPAL = ["NotPrincipal", "NotPrincipals"];

/** What a map says as a statement. What only is known when it is applied counts as Allow. */
export function readStatement(map: ConfigMap): Statement {
  const effects = textsAt(map, "Effect");
  const denies = effects.length > 0 && effects.every(({ text }) => text === "Deny");
  return {
    effect: denies ? "Deny" : "Allow",
    actions: textsAt(map, ...ACTION),
    notActions: textsAt(map, ...NOT_ACTION),
    resources: textsAt(map, ...RESOURCE).map(inOnePartition),
    notResources: textsAt(map, ...NOT_RESOURCE).map(inOnePartition),
    principals: valuesAt(map, ...PRINCIPAL).flatMap(readPrincipals),
    notPrincipals: valuesAt(map, ...NOT_PRINCIPAL).flatMap(readPrincipals),
    conditions: mapsAt(map, "Condition", "Conditions").flatMap(readConditions),
    line: map.line,
  };
}

/** `"*"`, `{"AWS": […]}`, or Terraform's `{type = "AWS", identifiers = […]}`. */
function readPrincipals(value: ConfigValue): readonly Principal[] {
  const plain = textsIn(value).map((who): Principal => ({ type: "*", who: inOnePartition(who) }));
  return [...plain, ...mapsIn(value).flatMap(principalsOf)];
}

function principalsOf(map: ConfigMap): readonly Principal[] {
  const identifiers = textsAt(map, "Identifiers");
  if (identifiers.length > 0) {
    const [type] = textsAt(map, "Type");
    return identifiers.map((who) => ({ type: type?.text ?? "*", who: inOnePartition(who) }));
  }
  return map.entries.flatMap(({ key, value }) =>
    textsIn(value).map((who): Principal => ({ type: key, who: inOnePartition(who) })),
  );
}

/** `{"StringEquals": {"aws:x": […]}}`, or Terraform's `{test, variable, values}`. */
function readConditions(map: ConfigMap): readonly Condition[] {
  const [test] = textsAt(map, "Test");
  const [variable] = textsAt(map, "Variable");
  if (test && variable) {
    return [conditionOf(test.text, variable.text, textsAt(map, "Value", "Values"), map.line)];
  }
  return map.entries.flatMap(({ key: operator, value }) =>
    mapsIn(value).flatMap(({ entries }) =>
      entries.map(({ key, line, value: values }) =>
        conditionOf(operator, key, textsIn(values), line),
      ),
    ),
  );
}

function conditionOf(
  operator: string,
  key: string,
  values: readonly ConfigText[],
  line: number,
): Condition {
  const texts = [...new Set(values.map((value) => inOnePartition(value).text))].sort();
  return { operator: operator.toLowerCase(), key: key.toLowerCase(), values: texts, line };
}

/** A policy works in the partition that it is in, whether an ARN names it or asks for it. */
function inOnePartition(value: ConfigText): ConfigText {
  const text = value.text.replace(/^arn:(?:aws[\w-]*|\$\{[^}]*\}):/u, "arn:aws:");
  return { ...value, text };
}

/**
 * The statements that stand anywhere in a value: in a document's `Statement`, or by themselves.
 * Each of a list under a key that ends in `statement` or `statements` is one.
 */
export function statementsIn(value: ConfigValue): readonly Statement[] {
  const found: Statement[] = [];
  collect(value, found);
  return found;
}

function collect(value: ConfigValue, found: Statement[]): void {
  if (value.type === "text") return;
  if (value.type === "list") {
    for (const item of value.items) collect(item, found);
    return;
  }
  if (isStatement(value)) {
    found.push(readStatement(value));
    return;
  }
  for (const { key, value: inner } of value.entries) {
    if (/statements?$/u.test(plainKey(key))) {
      for (const map of mapsIn(inner)) if (!isStatement(map)) collectNamed(map, found);
    }
    collect(inner, found);
  }
}

/** A statement of which only the actions are written. */
function collectNamed(map: ConfigMap, found: Statement[]): void {
  if (valuesAt(map, ...ACTION, ...NOT_ACTION).length > 0) found.push(readStatement(map));
}
