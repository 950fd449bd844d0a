import type { DataEntry, DataMap, DataNode, DataScalar } from "../data/data-node.ts";
import { isFalse, isTrue } from "../data/values.ts";
import { printable } from "../printable.ts";
import type { Grant } from "./grant.ts";

/** Entitlements that open the sandbox a little, or to what is of the same developer. */
const ORDINARY = new Set([
  "aps-environment",
  "com.apple.developer.aps-environment",
  "com.apple.developer.applesignin",
  "com.apple.developer.game-center",
  "com.apple.developer.siri",
  "com.apple.developer.usernotifications.communication",
  "com.apple.developer.usernotifications.time-sensitive",
  "com.apple.developer.default-data-protection",
  "com.apple.developer.team-identifier",
  "com.apple.application-identifier",
  "application-identifier",
  "com.apple.security.network.client",
  "com.apple.security.files.user-selected.read-only",
  "com.apple.security.files.user-selected.read-write",
  "com.apple.security.files.bookmarks.app-scope",
  "com.apple.security.files.bookmarks.document-scope",
  "com.apple.security.print",
  "com.apple.security.application-groups",
  "com.apple.developer.associated-domains",
  "com.apple.developer.icloud-container-identifiers",
  "com.apple.developer.icloud-services",
  "com.apple.developer.icloud-container-environment",
  "com.apple.developer.ubiquity-container-identifiers",
  "com.apple.developer.ubiquity-kvstore-identifier",
  "com.apple.developer.in-app-payments",
  "keychain-access-groups",
]);

const SANDBOX = "com.apple.security.app-sandbox";

/**
 * What an app is entitled to, one for each key, and for each value of a key that lists some; and
 * the sandbox that keeps it from all else.
 *
 * Source: developer.apple.com/documentation/bundleresources/entitlements.
 */
export function entitlementGrants(root: DataMap): Grant[] {
  return root.entries.flatMap((entry): Grant[] => {
    if (entry.key.text !== SANDBOX)
      return namesOf(entry).map((name) => entitlement(entry.key, name));
    // The system takes nothing but true for it.
    return isTrue(entry.value) ? [sandbox(entry.key)] : [];
  });
}

function sandbox({ line }: DataScalar): Grant {
  return {
    kind: "apple.guard",
    name: "app sandbox",
    holder: "app",
    context: "in the app",
    line,
    reach: [],
  };
}

function entitlement(key: DataScalar, { text, line }: Named): Grant {
  return {
    ...{ kind: "apple.entitlement", name: printable(key.text), holder: printable(text || "app") },
    ...{
      context: "in the app",
      level: ORDINARY.has(key.text) ? "ordinary" : "strong",
      line,
      reach: [],
    },
  };
}

interface Named {
  readonly text: string;
  readonly line: number;
}

/** What is false or an empty list grants nothing; a list or a text grants what it names. */
function namesOf({ key, value }: DataEntry): Named[] {
  if (value.type === "list")
    return value.items.map((item) => ({ text: textOf(item), line: item.line }));
  if (value.type === "map") return value.entries.map(({ key: { text, line } }) => ({ text, line }));
  if (isFalse(value)) return [];
  const { line } = key;
  return [{ text: value.resolved === "string" ? value.text : "", line }];
}

function textOf(node: DataNode): string {
  return node.type === "scalar" ? node.text : node.type;
}
