import { parse } from "yaml";

interface Manifest {
  readonly inputs: Readonly<Record<string, Described>>;
  readonly outputs: Readonly<Record<string, Described>>;
}

interface Described {
  readonly description: string;
  readonly default?: string;
}

/** The Action's page with its tables of inputs and outputs written anew from `action.yml`. */
export function withActionTables(page: string, actionYml: string): string {
  const { inputs, outputs } = parse(actionYml) as Manifest;
  const rows = {
    inputs: table(
      ["input", "default", "what it is"],
      Object.entries(inputs).map(([name, input]) => [
        `\`${name}\``,
        input.default ? `\`${input.default}\`` : "",
        input.description,
      ]),
    ),
    outputs: table(
      ["output", "what it is"],
      Object.entries(outputs).map(([name, { description }]) => [`\`${name}\``, description]),
    ),
  };
  return Object.entries(rows).reduce((text, [name, lines]) => replaced(text, name, lines), page);
}

function replaced(page: string, name: string, lines: string): string {
  const begin = `<!-- ${name}, generated -->`;
  const [before, rest] = page.split(begin);
  const end = rest?.indexOf("<!-- end -->") ?? -1;
  if (before === undefined || rest === undefined || end === -1) {
    throw new Error(`the page has no place for ${name}`);
  }
  return `${before}${begin}\n\n${lines}\n\n${rest.slice(end)}`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((title, at) =>
    Math.max(title.length, ...rows.map((row) => row[at]?.length ?? 0)),
  );
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join(" | ")} |`;
  const rule = widths.map((width) => "-".repeat(width));
  return [line(head), line(rule), ...rows.map(line)].join("\n");
}
