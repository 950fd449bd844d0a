import type { Capability } from "../capability.ts";
import type { DataMap, DataScalar } from "../data/data-node.ts";
import { entriesAt, isFalse, isTrue, mapsAt, scalarAt, scalarsAt } from "../data/values.ts";
import { granted } from "./granted.ts";
import { guard } from "./protection.ts";

/** The REST API's words for the levels; a role of the organisation's own can do what none of them can. */
const LEVELS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    ...{ read: "read", pull: "read", triage: "triage", write: "write", push: "write" },
    ...{ maintain: "maintain", admin: "admin" },
  }),
);

/** Whom the settings let in, and how far. */
export function access(root: DataMap): Capability[] {
  const listed = [
    ...mapsAt(root, "collaborators").map((entry) => ({ entry, key: "username", who: "user" })),
    ...mapsAt(root, "teams").map((entry) => ({ entry, key: "name", who: "team" })),
  ];
  const kind = "settings.access";
  return [
    ...listed.flatMap(({ entry, key, who }) => {
      const name = scalarAt(entry, key);
      if (!name) return [];
      const role = scalarAt(entry, "permission");
      const level = LEVELS.get((role?.text ?? "push").toLowerCase()) ?? "maintain";
      const context = role?.text ?? "";
      const at = role ?? name;
      return [granted({ kind, name: name.text, holder: who, level, context }, at)];
    }),
    ...scalarsAt(root, "github", "collaborators").map((name) =>
      granted({ kind, name: name.text, holder: "user", level: "triage" }, name),
    ),
  ];
}

/** What has a repository watched where it is true. */
const WATCHED = [
  "enable_vulnerability_alerts",
  "enable_automated_security_fixes",
  "enableVulnerabilityAlerts",
  "enableAutomatedSecurityFixes",
  "web_commit_signoff_required",
];

/** What opens a repository where it is true. */
const OPEN = ["allow_auto_merge", "allow_forking"];

/** What the settings of the repository itself keep closed or watched, and what they open. */
export function switches(root: DataMap): Capability[] {
  const entries = [...entriesAt(root, "repository"), ...entriesAt(root, "security")];
  const isOn = (keys: readonly string[]) => {
    return entries.filter(({ key, value }) => keys.includes(key.text) && isTrue(value));
  };
  const watched = entriesAt(root, "repository", "security_and_analysis").filter(
    ({ value }) => scalarAt(value, "status")?.text === "enabled",
  );
  const holder = "repository";
  return [
    ...closedAt(root).map((at) => guard(holder, "private", at)),
    ...openedAt(root).map((at) =>
      granted({ kind: "settings.repository", name: "public", holder }, at),
    ),
    ...scalarsAt(root, "_extends").map((base) =>
      granted({ kind: "settings.repository", name: `settings of ${base.text}`, holder }, base),
    ),
    ...scalarsAt(root, "repository", "default_branch")
      .filter(({ text }) => !USUAL.includes(text))
      .map((at) => {
        const name = `default branch ${at.text}`;
        return granted({ kind: "settings.repository", name, holder }, at);
      }),
    ...isOn(WATCHED).map(({ key }) => guard(holder, snakeCase(key.text), key)),
    ...watched.map(({ key }) => guard(holder, key.text, key)),
    ...isOn(OPEN).map(({ key }) => {
      return granted({ kind: "settings.repository", name: key.text, holder }, key);
    }),
  ];
}

/** What the default branch is called where nobody has chosen another one. */
const USUAL = ["main", "master"];

/** `private: false` opens a repository that is closed, also where the file has said nothing of it. */
function openedAt(root: DataMap): DataScalar[] {
  const hidden = scalarAt(root, "repository", "private");
  const visibility = scalarAt(root, "repository", "visibility");
  if (visibility?.text.toLowerCase() === "public") return [visibility];
  return hidden && isFalse(hidden) && !visibility ? [hidden] : [];
}

/** `private: true` and `visibility: private` say the same; where they contradict it is open. */
function closedAt(root: DataMap): DataScalar[] {
  const hidden = scalarAt(root, "repository", "private");
  const visibility = scalarAt(root, "repository", "visibility");
  if (hidden && !isTrue(hidden)) return [];
  if (visibility && !["private", "internal"].includes(visibility.text)) return [];
  return [visibility ?? hidden].filter((at) => at !== undefined);
}

/** safe-settings writes `enableVulnerabilityAlerts`, the settings app `enable_vulnerability_alerts`. */
function snakeCase(key: string): string {
  return key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
