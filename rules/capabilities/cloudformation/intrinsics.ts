import { type ConfigText, type ConfigValue, textsIn } from "../cloud/config-value.ts";
import { embeddedJson } from "../cloud/embedded-json.ts";
import type { DataForm } from "../cloud/from-data.ts";
import { type DataNode, type DataScalar, linesOfRows } from "../data/data-node.ts";
import { canonicalText } from "../holder-content.ts";

type Convert = (node: DataNode) => ConfigValue;

/**
 * A template's values with its functions: `!Sub` and `!Join` as the texts that they make, `!If` as
 * both of its values, all that is only known later as `${…}`.
 *
 * Source: docs.aws.amazon.com/AWSCloudFormation, intrinsic function reference.
 */
export const templateForm: DataForm = {
  special: (node, convert) => {
    const call = callOf(node);
    return call && valueOf(call, convert);
  },
  text: textOf,
};

interface Call {
  readonly name: string;
  readonly argument: DataNode;
}

/** `!Sub x` and `{"Fn::Sub": x}` are one. */
function callOf(node: DataNode): Call | null {
  if (node.tag?.startsWith("!") === true && /^![A-Za-z]/u.test(node.tag)) {
    const { tag, ...argument } = node;
    return { name: tag.slice(1), argument };
  }
  if (node.type !== "map" || node.entries.length !== 1) return null;
  const [entry] = node.entries;
  const name = /^(?:Fn::(?!ForEach)(.+)|(Ref))$/u.exec(entry?.key.text ?? "");
  return entry && name ? { name: name[1] ?? name[2] ?? "", argument: entry.value } : null;
}

function valueOf(call: Call, convert: Convert): ConfigValue {
  const { name, argument } = call;
  const items = argument.type === "list" ? argument.items : [];
  switch (name) {
    case "Ref":
      return reference(argument);
    case "GetAtt":
      return opaque(
        argument.type === "scalar" ? argument.text : partsOf(items).join("."),
        argument,
      );
    case "Sub":
      return substituted(argument, convert);
    case "Join":
      return joined(argument, convert);
    case "If":
      return { type: "list", items: items.slice(1).map(convert), line: argument.line };
    case "Split":
      return split(argument, convert);
    case "ToJsonString":
      return convert(argument);
    default:
      return opaque(`!${name} ${canonicalText(argument)}`, argument);
  }
}

function reference(argument: DataNode): ConfigValue {
  const name = argument.type === "scalar" ? argument.text : canonicalText(argument);
  // Takes away the property or item that it is the value of.
  if (name === "AWS::NoValue") return { type: "list", items: [], line: argument.line };
  return opaque(name, argument);
}

function opaque(text: string, { line }: DataNode): ConfigText {
  return { type: "text", text: `\${${text}}`, literal: false, line };
}

function partsOf(items: readonly DataNode[]): string[] {
  return items.map((item) => (item.type === "scalar" ? item.text : canonicalText(item)));
}

/** How much longer than what is written a text may become: a short one can name a long one very often. */
const MAX_GROWTH = 4;
const MAX_ADDED = 2_000;

/** A text, or one with a map of what stands for its names. */
function substituted(argument: DataNode, convert: Convert): ConfigValue {
  if (argument.type === "scalar") return textOf(argument);
  const [text, map] = argument.type === "list" ? argument.items : [];
  if (text?.type !== "scalar") return opaque(`!Sub ${canonicalText(argument)}`, argument);
  const names = new Map<string, string>();
  for (const { key, value } of map?.type === "map" ? map.entries : []) {
    const [only, ...others] = textsIn(convert(value));
    names.set(
      key.text,
      only && others.length === 0 ? only.text : `\${!Sub ${canonicalText(value)}}`,
    );
  }
  let left = MAX_GROWTH * text.text.length + MAX_ADDED;
  const made = text.text.replace(/\$\{([^}!]+)\}/gu, (whole, name: string) => {
    const value = names.get(name.trim()) ?? whole;
    left -= value.length;
    return left < 0 ? "" : value;
  });
  return left < 0
    ? opaque(`!Sub ${canonicalText(argument)}`, argument)
    : textOf({ ...text, text: made });
}

function textOf(scalar: DataScalar): ConfigValue {
  const { text, line } = scalar;
  const document = embeddedJson(text, (row) =>
    Math.min(linesOfRows(scalar, row).line, scalar.endLine),
  );
  return document ?? { type: "text", text, literal: !text.includes("${"), line };
}

function joined(argument: DataNode, convert: Convert): ConfigValue {
  const [delimiter, list] = argument.type === "list" ? argument.items : [];
  if (delimiter?.type !== "scalar" || list?.type !== "list") {
    return opaque(`!Join ${canonicalText(argument)}`, argument);
  }
  const texts = list.items.map((item) => {
    const [only, ...others] = textsIn(convert(item));
    if (only && others.length === 0) return only;
    return { text: `\${!Join ${canonicalText(item)}}`, literal: false };
  });
  const text = texts.map((part) => part.text).join(delimiter.text);
  const literal = texts.every((part) => part.literal);
  const document = embeddedJson(text, () => argument.line);
  return document ?? { type: "text", text, literal, line: list.line };
}

function split(argument: DataNode, convert: Convert): ConfigValue {
  const [delimiter, source] = argument.type === "list" ? argument.items : [];
  const [text] = source ? textsIn(convert(source)) : [];
  if (delimiter?.type !== "scalar" || delimiter.text === "" || !text?.literal) {
    return opaque(`!Split ${canonicalText(argument)}`, argument);
  }
  const items = text.text
    .split(delimiter.text)
    .map((part): ConfigText => ({ ...text, text: part }));
  return { type: "list", items, line: argument.line };
}
