import { packSource } from "../../rules/packs/packs.ts";
import { loadPolicies } from "../../rules/policy/load.ts";
import type { Policy } from "../../rules/policy/policy-set.ts";

// <!-- the rules of bailiff:recommended@1, generated -->
const MARKED = /^<!-- the rules of (\S+), generated -->\n.*?^<!-- end -->$/gms;

/** A page about policies with the tables of packs' rules written anew between their marks. */
export function withPackTables(page: string): string {
  return page.replace(
    MARKED,
    (_, name: string) =>
      `<!-- the rules of ${name}, generated -->\n\n${packTable(name)}\n\n<!-- end -->`,
  );
}

function packTable(name: string): string {
  const pack = packSource(name);
  if (pack === null) throw new Error(`there is no pack ${name}`);
  const rows = loadPolicies([pack], false).policies.map(rowOf);
  return ["| policy | decision | what it says |", "| --- | --- | --- |", ...rows].join("\n");
}

function rowOf({ id, decision, message }: Policy): string {
  const said = message.replaceAll("|", "\\|").replace(/\{\{item\.(\w+)\}\}/g, "_$1_");
  return `| \`${id}\` | ${decision} | ${said} |`;
}
