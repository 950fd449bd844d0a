import { oneOf } from "./fact-values.ts";
import type { ObjectShape, ScalarShape, Shape, WhenNull } from "../facts/schema.ts";
import { nearest } from "./nearest.ts";

/** A place in the facts document, as policies name it: `action.title`, `reviews`, `item.delta`. */
export type FactPath = string;

/** What a path leads to. `whenNull` counts what lies on the way: a login is unknown where its actor is. */
export interface FoundFact {
  readonly found: true;
  readonly shape: Shape;
  readonly whenNull: WhenNull;
}

/** A path that leads nowhere: why, and what was probably meant. */
export interface LostFact {
  readonly found: false;
  readonly message: string;
  readonly remedy: string;
}

/** Follows a dotted path (`action.baseBranch`) into a shape. */
export function findFact(root: ObjectShape, path: FactPath): FoundFact | LostFact {
  let shape: Shape = root;
  let whenNull: WhenNull = "never";
  const passed: string[] = [];
  for (const key of path.split(".")) {
    if (shape.is !== "object") return nothingInside(passed.join("."), shape);
    const next: Shape | undefined = Object.hasOwn(shape.fields, key)
      ? shape.fields[key]
      : otherOf(shape, key);
    if (next === undefined) return noSuchFact(path, passed, shape);
    passed.push(key);
    shape = next;
    whenNull = weaker(whenNull, shape.whenNull);
  }
  return { found: true, shape, whenNull };
}

/** The names that GitHub allows for a property, but for one that JavaScript takes for something else. */
const OTHER_KEY = /^(?!__proto__$)[A-Za-z0-9_$#-]{1,75}$/;

function otherOf({ others }: ObjectShape, key: string): Shape | undefined {
  return OTHER_KEY.test(key) ? others : undefined;
}

function weaker(outer: WhenNull, inner: WhenNull): WhenNull {
  if (outer === "unknown" || inner === "unknown") return "unknown";
  return outer === "absent" ? "absent" : inner;
}

function nothingInside(path: string, shape: Exclude<Shape, ObjectShape>): LostFact {
  return {
    found: false,
    message: `${path} is a ${shape.is} and has no facts inside`,
    remedy:
      shape.is === "list"
        ? "walk the list with each, or with some, all or none in when"
        : `name ${path} itself`,
  };
}

function noSuchFact(path: FactPath, passed: readonly string[], shape: ObjectShape): LostFact {
  const missing = path.split(".")[passed.length] ?? "";
  const names = Object.keys(shape.fields);
  const near = nearest(missing, names);
  if (shape.others) return noSuchName(missing, passed);
  const where = passed.length === 0 ? "" : ` in ${passed.join(".")}`;
  return {
    found: false,
    message: `there is no fact ${JSON.stringify(missing)}${where}`,
    remedy:
      near === null
        ? `name one of ${names.join(", ")}`
        : `did you mean ${[...passed, near].join(".")}?`,
  };
}

function noSuchName(missing: string, passed: readonly string[]): LostFact {
  return {
    found: false,
    message: `${JSON.stringify(missing)} is no name that ${passed.join(".")} can have`,
    remedy: "write the name as the host shows it: letters, digits, and _ - $ #",
  };
}

/** A value in words, as a problem shows what a fact holds. */
export function describeShape(shape: Shape): string {
  if (shape.is === "object") return `facts (${Object.keys(shape.fields).join(", ")})`;
  if (shape.is === "list") return "a list";
  return describeScalar(shape);
}

function describeScalar({ is, values }: ScalarShape): string {
  if (values !== null) return oneOf(values);
  return { text: "a text", number: "a number", flag: "true or false" }[is];
}
