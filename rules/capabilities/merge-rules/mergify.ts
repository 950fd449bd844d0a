import type { Capability } from "../capability.ts";
import { type DataEntry, type DataMap, type DataNode, entryOf } from "../data/data-node.ts";
import {
  entriesAt,
  isTrue,
  itemsAt,
  mapAt,
  mapsAt,
  scalarAt,
  scalarsAt,
  valueAt,
} from "../data/values.ts";
import { canonicalText } from "../holder-content.ts";
import { type Alternative, alternativesOf } from "./condition.ts";
import { conditionOf, levelOf } from "./mergify-condition.ts";
import {
  guardCapability,
  RULE_LEVELS,
  ruleCapability,
  type RuleLevel,
  rulesElsewhere,
} from "./rule.ts";

/**
 * The rules by which Mergify merges, queues or approves by itself, what its queues ask for, and
 * what its merge protections require.
 *
 * Source: docs.mergify.com/configuration/file-format.
 */
export function mergifyRules(root: DataMap): Capability[] {
  const queues = queueLevels(root);
  const usual = scalarAt(root, "defaults", "actions", "queue", "name")?.text ?? "";
  const levelIn = (action: DataNode): RuleLevel => {
    return queues.get(scalarAt(action, "name")?.text ?? usual) ?? "unguarded";
  };
  return [
    ...mapsAt(root, "pull_request_rules").flatMap((rule) => pullRequestRule(rule, levelIn)),
    ...mapsAt(root, "queue_rules").flatMap(queueRule),
    ...mapsAt(root, "merge_protections").flatMap(protection),
    ...mergedByItself(root),
    ...entriesAt(root, "commands_restrictions").flatMap(command),
    ...scalarsAt(root, "extends").map((base) => rulesElsewhere("extends", base, base.text)),
  ];
}

/** The actions that need nobody: what brings a change in, or stands for a review of it. */
const ACTIONS = ["merge", "queue", "review"];

function pullRequestRule(rule: DataMap, levelIn: (action: DataNode) => RuleLevel): Capability[] {
  const conditions = entryOf(rule, "conditions");
  if (entryOf(rule, "disabled")) return [];
  const alternatives = conditionsOf(conditions?.value);
  return entriesAt(rule, "actions")
    .filter(({ key, value }) => ACTIONS.includes(key.text) && isActing(key.text, value))
    .map(({ key, value }) => {
      const own = key.text === "review" ? "unguarded" : levelOf(alternatives);
      return ruleCapability({
        ...{ kind: "merge.rule", name: key.text, at: key, alternatives },
        ...{ holder: scalarAt(rule, "name")?.text ?? "", content: canonicalText(rule, ["name"]) },
        ...{ guardLine: conditions?.key.line ?? rule.line },
        level: key.text === "queue" ? stricter(own, levelIn(value)) : own,
      });
    });
}

/** What two ask for together, of which both have to be met. */
function stricter(one: RuleLevel, other: RuleLevel): RuleLevel {
  return RULE_LEVELS.indexOf(one) < RULE_LEVELS.indexOf(other) ? one : other;
}

/** A review approves unless it says otherwise. */
function isActing(action: string, value: DataNode): boolean {
  if (value.type === "scalar" && value.text === "false") return false;
  const type = scalarAt(value, "type")?.text ?? "APPROVE";
  return action !== "review" || type.toUpperCase() === "APPROVE";
}

/** How much each queue asks for by itself, by its name; under "" the only one, if it is. */
function queueLevels(root: DataMap): ReadonlyMap<string, RuleLevel> {
  const queues = mapsAt(root, "queue_rules");
  const levels = queues.map((queue): [string, RuleLevel] => {
    return [scalarAt(queue, "name")?.text ?? "", levelOf(askedBy(queue))];
  });
  const [only] = levels;
  return new Map(only && levels.length === 1 ? [only, ["", only[1]]] : levels);
}

/** Where a queue's conditions stand: what lets a change in, and what lets it out to be merged. */
const QUEUE_CONDITIONS = ["conditions", "queue_conditions", "merge_conditions"];

function askedBy(queue: DataMap): Alternative[] {
  const { line, column, endLine } = queue;
  const items = QUEUE_CONDITIONS.map((key) => valueAt(queue, key)).filter(
    (node) => node !== undefined,
  );
  return conditionsOf({ type: "list", items, line, column, endLine });
}

function queueRule(queue: DataMap): Capability[] {
  const name = scalarAt(queue, "name");
  if (!name) return [];
  const written = queue.entries.find(({ key }) => QUEUE_CONDITIONS.includes(key.text));
  const injected = scalarAt(queue, "branch_protection_injection_mode");
  const guards: Alternative = injected?.text === "none" ? [] : ["branch protection"];
  const manual: Alternative = scalarAt(queue, "autoqueue")?.text === "true" ? [] : ["queued"];
  return [
    ruleCapability({
      ...{ kind: "merge.queue", name: "queue", holder: name.text, at: name },
      guardLine: written?.key.line ?? name.line,
      alternatives: askedBy(queue).map((one) => [...one, ...guards, ...manual]),
    }),
  ];
}

function protection(rule: DataMap): Capability[] {
  const scope = conditionsOf(valueAt(rule, "if")).map((one) => one.join(" and "));
  const where = scope.join(" or ");
  return itemsAt(rule, "success_conditions").map((item) => {
    const text = conditionsOf(item)
      .map((one) => one.join(" and "))
      .join(" or ");
    const name = where === "" ? text : `${text} where ${where}`;
    return guardCapability(name, scalarAt(rule, "name")?.text ?? "", item);
  });
}

/** `auto_merge_conditions: true`, or a list: what fulfils all protections is merged, or queued. */
function mergedByItself(root: DataMap): Capability[] {
  const settings = mapAt(root, "merge_protections_settings");
  const written = settings && entryOf(settings, "auto_merge_conditions");
  const entry = written ?? (settings && entryOf(settings, "auto_merge"));
  if (!entry || (entry.value.type === "scalar" && !isTrue(entry.value))) return [];
  const { line, column, endLine } = entry.key;
  const items = [
    ...itemsAt(entry.value),
    ...mapsAt(root, "merge_protections").flatMap((rule) => itemsAt(rule, "success_conditions")),
  ];
  const alternatives = conditionsOf({ type: "list", items, line, column, endLine });
  return [
    ruleCapability({
      ...{ kind: "merge.rule", name: entry.key.text, holder: "merge protections", at: entry.key },
      ...{ alternatives, level: levelOf(alternatives) },
    }),
  ];
}

/** Who may give a command; Mergify's own rule, that they may write, is gone where another one is written. */
function command({ key, value }: DataEntry): Capability[] {
  const alternatives = conditionsOf(valueAt(value, "conditions"));
  const isForSome = alternatives.every((one) => one.some((asked) => asked.startsWith("sender")));
  const rule = { name: `command ${key.text}`, holder: "commands", at: key, alternatives };
  if (isForSome) return [ruleCapability({ ...rule, kind: "merge.approver" })];
  return [ruleCapability({ ...rule, kind: "merge.rule", level: "unguarded" })];
}

function conditionsOf(node: DataNode | undefined): Alternative[] {
  return node ? alternativesOf(node, conditionOf) : [[]];
}
