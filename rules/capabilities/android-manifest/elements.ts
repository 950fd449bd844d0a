import type { Capability } from "../capability.ts";
import { attributeOf, type XmlAttribute, type XmlElement } from "../data/xml.ts";

const ANDROID = "http://schemas.android.com/apk/res/android";
const TOOLS = "http://schemas.android.com/tools";

/** What a manifest grants, less what is the same for all of it. */
export type Grant = Omit<Capability, "certainty" | "holderContent">;

/** An attribute of the namespace `android:`, under whatever prefix. */
export function androidAttribute(element: XmlElement, name: string): XmlAttribute | undefined {
  return attributeOf(element, name, ANDROID);
}

/** The value of an attribute of the namespace `android:`; "" where it is not written. */
export function androidValue(element: XmlElement, name: string): string {
  return androidAttribute(element, name)?.value.trim() ?? "";
}

/**
 * Whether an attribute is on. A value that is looked up elsewhere (`@bool/…`, `${…}`) may be
 * either, and counts as on.
 */
export function isOn(element: XmlElement, name: string): boolean {
  const value = androidValue(element, name);
  return value !== "" && !/^(?:false|0)$/i.test(value);
}

/** Whether merging manifests takes an element out, instead of putting it in. */
export function isTakenOut(element: XmlElement): boolean {
  const node = attributeOf(element, "node", TOOLS)?.value;
  return node === "remove" || node === "removeAll";
}

/** The children of that name, less those that merging takes out. */
export function childrenNamed(element: XmlElement, ...names: string[]): XmlElement[] {
  return element.children.filter((child) => names.includes(child.name) && !isTakenOut(child));
}
