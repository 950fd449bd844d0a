import { NotUnderstood } from "../not-understood.ts";
import type { XmlElement } from "./xml.ts";

/** The elements that a path of names leads to. */
export function elementsAt(
  element: XmlElement,
  ...names: readonly string[]
): readonly XmlElement[] {
  return names.reduce<readonly XmlElement[]>(
    (found, name) => found.flatMap(({ children }) => children.filter((one) => one.name === name)),
    [element],
  );
}

/** The only child of that name, or undefined; a second one is refused: parsers take one or the other. */
export function onlyChild(element: XmlElement, name: string): XmlElement | undefined {
  const [first, second] = elementsAt(element, name);
  if (!second) return first;
  throw new NotUnderstood("duplicate-element", "an element that its parent already has", second);
}

/** The trimmed text of the only child of that name, "" where there is none. */
export function childText(element: XmlElement, name: string): string {
  return onlyChild(element, name)?.text.trim() ?? "";
}

/** An element as canonical text: equal where names, attributes, texts and order are, whatever the layout. */
export function canonicalXml(element: XmlElement): string {
  return JSON.stringify(plainOf(element));
}

function plainOf({ name, attributes, text, children }: XmlElement): unknown {
  const written = attributes.map((one) => `${one.name}=${one.value}`).sort();
  return [name, written, text.trim(), children.map(plainOf)];
}
