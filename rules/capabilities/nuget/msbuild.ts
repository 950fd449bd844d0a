import type { XmlElement } from "../data/xml.ts";

/** Names of items, properties, targets' tasks and their attributes are equal in any case. */
export function isNamed(element: XmlElement, ...names: readonly string[]): boolean {
  return names.includes(element.name.toLowerCase());
}

/** An attribute's value, or a child's text of that name: both say the same. */
export function valueOf(element: XmlElement, name: string): Value | undefined {
  const attribute = element.attributes.find((one) => one.name.toLowerCase() === name);
  if (attribute) return { text: attribute.value.trim(), line: attribute.line };
  // Of two the later one counts.
  const child = element.children.findLast((one) => isNamed(one, name));
  return child && { text: child.text.trim(), line: child.line };
}

/** A text, and the line where it is written. */
export interface Value {
  readonly text: string;
  readonly line: number;
}

/** An element and all that stands in it, in the order of the file. */
export function* descendants(element: XmlElement): Generator<XmlElement> {
  yield element;
  for (const child of element.children) yield* descendants(child);
}
