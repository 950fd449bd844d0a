import type { XmlElement } from "../data/xml.ts";
import { printable } from "../printable.ts";
import { wayTo } from "../reach.ts";
import {
  androidAttribute,
  androidValue,
  childrenNamed,
  type Grant,
  isTakenOut,
} from "./elements.ts";
import { permissionLevel } from "./permission-names.ts";

/** The newest version of Android that a condition counts to. */
const NEWEST = 60;

const USES = ["uses-permission", "uses-permission-sdk-23", "uses-permission-sdk-m"];

/** What an app asks for. Up to fewer versions of Android, or from a later one on, is less. */
export function permissionGrants(manifest: XmlElement): Grant[] {
  return childrenNamed(manifest, ...USES).flatMap((element): Grant[] => {
    const name = androidAttribute(element, "name");
    if (!name) return [];
    const newest = androidValue(element, "maxSdkVersion");
    return [
      {
        ...{ kind: "android.permission", name: printable(name.value), holder: "app" },
        level: permissionLevel(name.value.trim()),
        context: newest === "" ? "on every version" : printable(`up to Android API ${newest}`),
        ...{ line: name.line, endLine: Math.max(name.line, element.endLine) },
        reach: [{ ...wayTo("asked", name.line), conditions: conditionsOf(element, newest) }],
      },
    ];
  });
}

function conditionsOf({ name }: XmlElement, newest: string): string[] {
  return [...(name === "uses-permission" ? [] : ["from API 23"]), ...upTo(newest)].sort();
}

/** Whatever holds up to 28 does up to 30, so that 28 has the more conditions. */
function upTo(newest: string): string[] {
  const last = /^\d{1,3}$/.test(newest) ? Number(newest) : NEWEST;
  const count = Math.max(0, NEWEST - last);
  return Array.from({ length: count }, (_, index) => `up to API ${NEWEST - 1 - index}`);
}

/**
 * What keeps power from others: permissions of the app's own that only the same signer gets, and
 * those of libraries that merging takes out.
 */
export function permissionGuards(manifest: XmlElement): Grant[] {
  const defined = childrenNamed(manifest, "permission").flatMap((element) => {
    const level = androidValue(element, "protectionLevel")
      .split("|")
      .map((part) => part.trim());
    const isSigned = level.some((part) => /^signature(?:OrSystem)?$/i.test(part));
    return isSigned ? [guard(element, "only the same signer gets")] : [];
  });
  const takenOut = manifest.children
    .filter((element) => USES.includes(element.name) && isTakenOut(element))
    .map((element) => guard(element, "no library asks for"));
  return [...defined, ...takenOut];
}

function guard(element: XmlElement, what: string): Grant {
  const line = androidAttribute(element, "name")?.line ?? element.line;
  const name = printable(`${what} ${androidValue(element, "name")}`);
  return { kind: "android.guard", name, holder: "app", context: "in the app", line, reach: [] };
}
