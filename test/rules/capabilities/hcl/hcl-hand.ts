import type { BodyModel, Model } from "./hcl-model.ts";

/** Writes models down, each time as another person would: `pick` takes one of several spellings. */
export interface Hand {
  readonly pick: (spellings: readonly string[]) => string;
}

/** A hand whose choices follow from a number. */
export function handOf(seed: number): Hand {
  let state = seed;
  return {
    pick: (spellings) => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      return spellings[Math.floor((state / 2 ** 32) * spellings.length)] ?? "";
    },
  };
}

export function writtenBody(model: BodyModel, hand: Hand): string {
  const attributes = model.attributes.map(([name, value]) => {
    return `${name}${gap(hand)}=${gap(hand)}${written(value, hand)}${lineEnd(hand)}`;
  });
  const blocks = model.blocks.map(({ type, label, body }) => {
    const head = `${type} ${quoted(label, hand)}${gap(hand)}{${lineEnd(hand)}`;
    return `${head}${writtenBody(body, hand)}}${lineEnd(hand)}`;
  });
  const items = [...attributes, ...blocks];
  const turned = hand.pick(["", "turned"])
    ? [...items.slice(attributes.length), ...attributes.reverse()]
    : items;
  return turned.join(hand.pick(["", "\n", "# c\n", "/* c\n*/\n"]));
}

function gap({ pick }: Hand): string {
  return pick([" ", "", "  ", "\t", " /* c */ "]);
}

/** Where line breaks mean nothing. */
function wideGap(hand: Hand): string {
  return hand.pick([gap(hand), "\n", " # c }\n  ", '// "\n', "\r\n"]);
}

function lineEnd({ pick }: Hand): string {
  return pick(["\n", "\n\n", " # c\n", " // ${\n", "\r\n", " /* c */\n"]);
}

/** In parentheses wherever they could matter: what needs none is for the tables to show. */
function written(model: Model, hand: Hand): string {
  const text = bare(model, hand);
  const isBare = model.type === "number" || model.type === "word" || model.type === "list";
  const parenthesised = `(${wideGap(hand)}${text}${wideGap(hand)})`;
  return isBare ? hand.pick([text, text, parenthesised, `"\${ ${text} ~}"`]) : parenthesised;
}

function bare(model: Model, hand: Hand): string {
  const inner = (part: Model): string => `${wideGap(hand)}${written(part, hand)}${wideGap(hand)}`;
  const commas = (parts: readonly Model[]): string => {
    return parts.map(inner).join(",") + (parts.length > 0 ? hand.pick(["", ","]) : wideGap(hand));
  };
  switch (model.type) {
    case "number":
      return number(model.tenths, hand);
    case "word":
      return model.word;
    case "text":
      return writtenText(model.parts, hand);
    case "list":
      return `[${commas(model.items)}]`;
    case "object":
      return writtenObject(model.entries, hand);
    case "call":
      return `${model.name}${gap(hand)}(${commas(model.args)})`;
    case "steps":
      return (
        written(model.source, hand) + model.steps.map((step) => writtenStep(step, hand)).join("")
      );
    case "splat":
      return `${model.root}${hand.pick(["[*]", ".*"])}${model.names.map((name) => `.${name}`).join("")}`;
    case "conditional": {
      const [condition, whenTrue, whenFalse] = model.parts;
      return `${inner(condition)}?${inner(whenTrue)}:${inner(whenFalse)}`;
    }
    case "sum":
      // A dash right behind a name would be part of the name.
      return model.operands.map((part, n) => `${inner(part)} ${model.operators[n] ?? ""}`).join("");
    case "for": {
      const head = `for k${gap(hand)},v in ${inner(model.source)}:`;
      if (model.key === null) return `[${wideGap(hand)}${head}${inner(model.value)}]`;
      return `{${wideGap(hand)}${head}${inner(model.key)}=>${inner(model.value)}}`;
    }
  }
}

function number(tenths: number, { pick }: Hand): string {
  const plain = `${Math.floor(tenths / 10)}.${tenths % 10}`;
  return pick([plain, `${plain}0`, `${tenths}e-1`, `${tenths}00E-3`, `0${plain}`]);
}

function writtenStep(step: string | number, { pick }: Hand): string {
  return typeof step === "string" ? `.${step}` : pick([`[${step}]`, `[\n ${step}.0 ]`]);
}

function writtenObject(entries: readonly (readonly [string, Model])[], hand: Hand): string {
  const fields = entries.map(([key, value]) => {
    const name =
      /^[a-z-_]+$/u.test(key) && key !== "for" ? hand.pick([key, `"${key}"`]) : quoted(key, hand);
    return `${name}${gap(hand)}${hand.pick(["=", ":"])}${gap(hand)}${written(value, hand)}`;
  });
  if (hand.pick(["", "turned"])) fields.reverse();
  const between = fields.map((field) => `${field}${hand.pick([",", ",\n", "\n", " # c\n", ", "])}`);
  return `{${hand.pick(["", "\n", " # c\n"])}${between.join("")}}`;
}

function writtenText(parts: readonly (string | Model)[], hand: Hand): string {
  const text = parts.map((part) => {
    return typeof part === "string" ? escaped(part, hand) : `\${${written(part, hand)}}`;
  });
  return `"${text.join("")}"`;
}

function quoted(text: string, hand: Hand): string {
  return `"${escaped(text, hand)}"`;
}

/** A sign at the end would else be one with the interpolation or the brace that follows it. */
function escaped(text: string, { pick }: Hand): string {
  const doubled = text.replaceAll(/[$%](?=\{)/gu, "$&$&");
  const characters = Array.from(doubled, (character) => {
    if (character === "\n") return pick(["\\n", "\\u000a"]);
    if (character === '"' || character === "\\") return `\\${character}`;
    return /[$%{]/u.test(character) ? character : pick([character, character, unicode(character)]);
  });
  return characters.join("").replace(/[$%]$/u, unicode);
}

function unicode(character: string): string {
  return `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, "0")}`;
}
