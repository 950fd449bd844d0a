import type { DataNode, DataScalar } from "../data/data-node.ts";
import type { ConfigValue } from "./config-value.ts";

/** How a format of JSON or YAML says what JSON has no words for. */
export interface DataForm {
  /** What a node means as a whole, or null where it is what it looks like. */
  readonly special?: (
    node: DataNode,
    convert: (node: DataNode) => ConfigValue,
  ) => ConfigValue | null;
  /** What a string means. */
  readonly text?: (scalar: DataScalar) => ConfigValue;
  readonly lineOf?: (node: DataNode) => number;
}

/** A tree of JSON or YAML as a configuration's values. */
export function fromData(root: DataNode, form: DataForm): ConfigValue {
  const { special, text } = form;
  const lineOf = form.lineOf ?? ((node: DataNode): number => node.line);
  const convert = (node: DataNode): ConfigValue => {
    const meant = special?.(node, convert);
    if (meant) return meant;
    const line = lineOf(node);
    if (node.type === "list") return { type: "list", items: node.items.map(convert), line };
    if (node.type === "map") {
      const entries = node.entries.map(({ key, value }) => {
        return { key: key.text, line: lineOf(key), value: convert(value) };
      });
      return { type: "map", entries, line };
    }
    if (node.resolved === "null") return { type: "list", items: [], line };
    if (text && node.resolved === "string") return text(node);
    return { type: "text", text: node.text, literal: true, line };
  };
  return convert(root);
}
