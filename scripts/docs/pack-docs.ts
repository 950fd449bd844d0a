import { packSource } from "../../rules/packs/packs.ts";
import { loadPolicies } from "../../rules/policy/load.ts";
import type { Policy } from "../../rules/policy/policy-set.ts";

const BEGIN = "<!-- the pack's rules, generated -->";
const END = "<!-- end -->";

/** A page about policies with the table of the recommended pack's rules written anew between its marks. */
export function withPackTable(page: string): string {
  const [before, rest] = [page.slice(0, page.indexOf(BEGIN)), page.slice(page.indexOf(BEGIN))];
  const after = rest.slice(rest.indexOf(END));
  return `${before}${BEGIN}\n\n${packTable()}\n\n${after}`;
}

function packTable(): string {
  const pack = packSource("bailiff:recommended");
  if (pack === null) throw new Error("the recommended pack is gone");
  const rows = loadPolicies([pack], false).policies.map(rowOf);
  return ["| policy | decision | what it says |", "| --- | --- | --- |", ...rows].join("\n");
}

function rowOf({ id, decision, message }: Policy): string {
  const said = message.replaceAll("|", "\\|").replace(/\{\{item\.(\w+)\}\}/g, "_$1_");
  return `| \`${id}\` | ${decision} | ${said} |`;
}
