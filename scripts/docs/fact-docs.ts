import { FACTS_SHAPE, type ScalarShape, type Shape } from "../../rules/facts/schema.ts";
import { FACT_MEANINGS } from "./fact-meanings.ts";

const BEGIN = "<!-- every fact, generated -->";
const END = "<!-- end of the facts -->";

/** One fact: its path, with `[]` for each of a list, and what it is. */
export interface DocumentedFact {
  readonly path: string;
  readonly shape: ScalarShape;
}

/** A page about policies with the table of the facts written anew between its marks. */
export function withFactTable(page: string): string {
  const before = page.slice(0, page.indexOf(BEGIN));
  const after = page.slice(page.indexOf(END));
  const rows = factsOf(FACTS_SHAPE).map(rowOf);
  const head = [
    "| fact | type | null | what it says | example |",
    "| --- | --- | --- | --- | --- |",
  ];
  return `${before}${BEGIN}\n\n${[...head, ...rows].join("\n")}\n\n${after}`;
}

/** Every fact of a shape. A null of what holds it counts as its own. */
export function factsOf(
  shape: Shape,
  path = "",
  outer: Shape["whenNull"] = "never",
): DocumentedFact[] {
  const whenNull = shape.whenNull === "never" ? outer : shape.whenNull;
  if (shape.is === "list") return factsOf(shape.of, `${path}[]`, whenNull);
  if (shape.is !== "object") return [{ path, shape: { ...shape, whenNull } }];
  const fields = { ...shape.fields, ...(shape.others && { "*": shape.others }) };
  return Object.entries(fields).flatMap(([key, field]) =>
    factsOf(field, path === "" ? key : `${path}.${key}`, whenNull),
  );
}

/** As many values as one cell may list. */
const MAX_LISTED = 6;

function rowOf({ path, shape }: DocumentedFact): string {
  const meaning = FACT_MEANINGS[path];
  if (!meaning) throw new Error(`scripts/docs/fact-meanings.ts says nothing of ${path}`);
  const [about, example] = meaning;
  const whenNull = shape.whenNull === "never" ? "" : shape.whenNull;
  return `| \`${path}\` | ${typeOf(shape)} | ${whenNull} | ${about} | \`${JSON.stringify(example)}\` |`;
}

function typeOf({ is, comparison, values }: ScalarShape): string {
  if (values !== null && values.length <= MAX_LISTED) {
    return values.map((value) => `\`${value}\``).join(", ");
  }
  return is === "text" && comparison !== "exact" ? `${comparison} (globs)` : is;
}
