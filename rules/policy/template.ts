import { describeShape } from "./fact-paths.ts";
import type { Shape } from "../facts/schema.ts";
import type { Compilation, Pointer } from "./findings.ts";
import { isMembership } from "./memberships.ts";
import { isMap } from "./maps.ts";
import { readFact, type Scope } from "./scope.ts";

/** `{{item.holder}}`: a fact's path between two pairs of braces. */
const PLACEHOLDER = /\{\{([^{}]*)\}\}/g;

/** Checks that each placeholder of a message names one value; what does not is a finding. */
export function checkTemplate(
  template: string,
  { scope, at }: { scope: Scope; at: Pointer },
  compilation: Compilation,
): void {
  for (const [, inner = ""] of template.matchAll(PLACEHOLDER)) {
    const path = inner.trim();
    const fact = readFact(compilation, at, { scope, path, onKey: false });
    if (fact === null) continue;
    if (isMembership(fact.path)) {
      const message = `${path} is not to be shown: who is of a private team is not for everybody to read`;
      compilation.findings.push({ at, message, remedy: "show {{action.author.login}}" });
      continue;
    }
    if (isShowable(fact.shape)) continue;
    compilation.findings.push({
      at,
      message: `${path} is ${describeShape(fact.shape)} and cannot be shown`,
      remedy: "show one value, for example {{item.name}}",
    });
  }
  if (/\{\{|\}\}/.test(template.replace(PLACEHOLDER, ""))) {
    compilation.findings.push({
      at,
      message: "a placeholder is not closed",
      remedy: "write {{item.name}}, with two braces on each side",
    });
  }
}

/**
 * Fills a checked template with values of the data; what is null reads `none`.
 *
 * Values are data: they are shown as they are, braces in them included, and whoever prints
 * the text escapes it.
 */
export function fillTemplate(template: string, data: unknown): string {
  return template.replace(PLACEHOLDER, (_, path: string) => shown(valueAt(data, path.trim())));
}

function isShowable(shape: Shape): boolean {
  return shape.is === "list" ? isShowable(shape.of) : shape.is !== "object";
}

function valueAt(data: unknown, path: string): unknown {
  let value = data;
  for (const key of path.split(".")) {
    if (!isMap(value)) return null;
    value = value[key];
  }
  return value;
}

function shown(value: unknown): string {
  if (value === null) return "none";
  if (Array.isArray(value)) return value.map(shown).join(", ");
  return typeof value === "string" ? value : JSON.stringify(value);
}
