import type { DataEntry } from "../data/data-node.ts";
import { onceForEach } from "../once-for-each.ts";
import { respell } from "./expression-text.ts";
import { actionReference } from "./reference.ts";
import type { Step } from "./step.ts";

/** The action that a step uses, in lower case without its ref; "" for none or a local one. */
export const actionOf = onceForEach(
  ({ uses }: Step): string => (uses && actionReference(uses.text, "")?.name) ?? "",
);

/** A step's input by its name in lower case with `-`; inputs match whatever their case, and `_` counts as `-`. */
export function inputOf(step: Step, name: string): DataEntry | undefined {
  return step.inputs.find((entry) => inputName(entry) === name);
}

/** An input's name in lower case with `-` for `_`: actions spell the same input both ways. */
export function inputName({ key }: DataEntry): string {
  return key.text.toLowerCase().replaceAll("_", "-");
}

/** An input's value with its expressions in one spelling; "" where it is absent or no scalar. */
export function inputText(entry: DataEntry | undefined): string {
  return entry?.value.type === "scalar" ? respell(entry.value.text).trim() : "";
}
