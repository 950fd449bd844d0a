/** What a role of Google or Azure lets its holder do, from the weakest to the strongest. */
export const ROLE_LEVELS = ["read", "write", "permissions", "all"] as const;

export type RoleLevel = (typeof ROLE_LEVELS)[number];

/** What a predefined role of Google allows, by its name; `write` where that does not say. */
export function googleRoleLevel(role: string): RoleLevel {
  const name = role.toLowerCase();
  if (/^roles\/(?:owner|editor)$/u.test(name)) return "all";
  if (
    /^roles\/(?:iam\.(?!.*viewer)|resourcemanager\.(?!.*viewer)|orgpolicy\.|accesscontextmanager\.)/u.test(
      name,
    )
  ) {
    return "permissions";
  }
  if (/admin$/u.test(name)) return "permissions";
  return /(?:viewer|reader|browser|user\.readonly|audit\w*)$/u.test(name) ? "read" : "write";
}

/** Azure's strongest roles, by the identifiers that they have everywhere. */
const AZURE_IDS: Readonly<Record<string, string>> = {
  "8e3af657-a8ff-443c-a75c-2fe8c4bcb635": "owner",
  "b24988ac-6180-42a0-ab88-20f7382dd24c": "contributor",
  "18d7d88d-d35e-4fb5-a5c3-7773c20a72d9": "user access administrator",
  "f58310d9-a9f6-439a-9e8d-f62e7b41a168": "role based access control administrator",
  "acdd72a7-3385-48ef-bd42-f606fba81ae7": "reader",
};

/** What a built-in role of Azure allows, by its name or identifier; `write` where that does not say. */
export function azureRoleLevel(role: string): RoleLevel {
  const [id = ""] = /[0-9a-f-]{36}$/u.exec(role.toLowerCase()) ?? [];
  const name = AZURE_IDS[id] ?? role.toLowerCase();
  if (name === "owner" || name === "contributor") return "all";
  if (/administrator$|^managed identity operator$|^key vault data access/u.test(name))
    return "permissions";
  return /reader$|^monitoring reader$/u.test(name) ? "read" : "write";
}
