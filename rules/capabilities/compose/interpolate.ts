import { expand } from "../dockerfile/expand.ts";
import type { DataNode } from "../data/data-node.ts";
import { NotUnderstood } from "../not-understood.ts";

/**
 * Puts the defaults of variables into a value: `${TAG:-1.0}` is `1.0`. A variable without one stands
 * as written; `$$` is a dollar.
 *
 * Source: docs.docker.com/reference/compose-file/interpolation.
 */
function interpolate(text: string): string {
  if (!text.includes("$")) return text;
  const parts = text.split("$$").map((part) => expand(protectedText(part), () => undefined));
  return parts.map((part) => part.text).join("$");
}

// Quotes and backslashes mean nothing to Compose.
function protectedText(text: string): string {
  return text.replace(/[\\"']/g, "\\$&");
}

/** The interpolated text of a scalar, "" for anything else; throws `NotUnderstood` for one too long. */
export function textAt(node: DataNode | undefined): string {
  if (node?.type !== "scalar") return "";
  if (node.text.length > MAX_LENGTH && node.text.includes("$")) {
    throw new NotUnderstood("too-long", "a value with variables that is too long", node);
  }
  return interpolate(node.text);
}

/** More than a path has; of a longer text variables are not put in place. */
const MAX_LENGTH = 4_000;

/** Whether a switch is on, as YAML of any version writes it; one that only a run knows counts as on. */
export function isOn(node: DataNode | undefined): boolean {
  if (node?.type !== "scalar" || node.resolved === "null") return false;
  return !/^(?:false|no|off|n|f|0|)$/i.test(textAt(node).trim());
}
