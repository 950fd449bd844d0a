import { judge } from "../../rules/judge.ts";
import type { CapabilityFact } from "../../rules/facts/facts.ts";
import type { Reason } from "../../rules/verdict/verdict.ts";
import { evidenceOf, type Example } from "./examples.ts";

const BEGIN = "<!-- what the example grants, generated -->";
const END = "<!-- end -->";

/**
 * A page of capabilities with what is generated in it written anew: below each `### kind` whose
 * examples (fenced blocks with a path behind the word) stand before the mark, what they grant and
 * what the recommended pack says of them. Throws where a section's example does not grant its kind.
 */
export function withGenerated(page: string): string {
  return page
    .split(/^(?=### )/m)
    .map((section) => (section.includes(BEGIN) ? sectionWithGenerated(section) : section))
    .join("");
}

/** The kinds that have a section, in the page's order. */
export function kindsOf(page: string): string[] {
  return [...page.matchAll(/^### ([a-z0-9.-]+)$/gm)].map(([, kind = ""]) => kind);
}

function sectionWithGenerated(section: string): string {
  const [kind = ""] = kindsOf(section);
  const before = section.slice(0, section.indexOf(BEGIN));
  const after = section.slice(section.indexOf(END) + END.length);
  const { facts, verdict } = judge(evidenceOf(examplesOf(before)));
  const granted = facts.capabilities.filter((capability) => capability.kind === kind);
  if (granted.length === 0) throw new Error(`the example of ${kind} does not grant it`);
  const lines = [...granted.map(grantLine), ...verdict.reasons.flatMap(reasonLines)];
  return `${before}${BEGIN}\n\n\`\`\`text\n${lines.join("\n")}\n\`\`\`\n\n${END}${after}`;
}

// ```yaml .github/workflows/ci.yml
function examplesOf(text: string): Example[] {
  return [...text.matchAll(/^```([a-z]+) (\S+)\n(.*?)^```$/gms)].map(
    ([, how = "", path = "", body = ""]) => ({ how, path, text: body }),
  );
}

function grantLine({ path, line, name, after, holder, context }: CapabilityFact): string {
  const level = after === null ? "" : ` · ${after}`;
  return `${path}:${line}  ${name}${level} · ${holder}${context === "" ? "" : ` · ${context}`}`;
}

function reasonLines({ decision, policyId, message, remedy }: Reason): string[] {
  return [`${decision} ${policyId}: ${message}`, `  to settle it: ${remedy}`];
}
