import type { Capability } from "../capability.ts";
import {
  canonicalConfig,
  type ConfigMap,
  type ConfigText,
  mapsAt,
  textsAt,
  valuesAt,
} from "../cloud/config-value.ts";
import { grantedTo, type Holder } from "../cloud/granted.ts";
import { roleGrants } from "../cloud/role-grants.ts";
import { azureRoleLevel, googleRoleLevel, type RoleLevel } from "../cloud/roles.ts";
import { printable } from "../printable.ts";
import { wayTo } from "../reach.ts";
import type { ActionLevel } from "../iam/action-level.ts";

/** What a resource gives of Google's and Azure's roles. */
export function cloudRoles(type: string, holder: Holder, body: ConfigMap): Capability[] {
  if (/^google_.*_iam_(?:member|binding)$/u.test(type)) return googleRoles(holder, body, body);
  if (/^google_.*_iam_policy$/u.test(type)) {
    const bindings = mapsAt(body, "policy_data").flatMap((policy) => mapsAt(policy, "bindings"));
    return bindings.flatMap((binding) => googleRoles(holder, binding, null));
  }
  if (/^google_storage_.*_acl$/u.test(type)) return publicEntities(holder, body);
  if (/^azuread_directory_role_(?:assignment|member)$/u.test(type)) {
    return directoryRoles(holder, body);
  }
  if (type === "google_iam_policy") {
    return mapsAt(body, "binding").flatMap((binding) => googleRoles(holder, binding, null));
  }
  if (/^google_.*_iam_custom_role$/u.test(type)) {
    return customRole(holder, textsAt(body, "permissions"), googlePermissionLevel);
  }
  if (/^azurerm_(?:pim_(?:active|eligible)_)?role_assignment$/u.test(type))
    return azureRoles(holder, body);
  if (type !== "azurerm_role_definition") return [];
  return mapsAt(body, "permissions").flatMap((permissions) => {
    const except = textsAt(permissions, "not_actions", "not_data_actions");
    return customRole(
      holder,
      textsAt(permissions, "actions", "data_actions"),
      azureActionLevel,
      except,
    );
  });
}

/** `READER:allUsers` */
function publicEntities(holder: Holder, body: ConfigMap): Capability[] {
  return textsAt(body, "role_entity").flatMap(({ text, line }) => {
    const [, role] = /^(\w+):all(?:Authenticated)?Users$/iu.exec(text) ?? [];
    if (role === undefined) return [];
    const level = role.toUpperCase() === "READER" ? "readable" : "writable";
    return [grantedTo(holder, { kind: "cloud.public", name: text, level, line })];
  });
}

/** Roles of a whole directory: by their identifiers nobody sees which of them rule it. */
function directoryRoles(holder: Holder, body: ConfigMap): Capability[] {
  const members = textsAt(body, "principal_object_id", "member_object_id");
  return textsAt(body, "role_id", "role_object_id").flatMap((role) =>
    roleGrants(holder, {
      ...{ role, level: "permissions", members, conditions: [] },
      ...{ scope: "the directory", widerScopes: [] },
    }),
  );
}

/** Arguments that do not say on what a role is given. */
const NOT_SCOPE = [
  "role",
  "member",
  "members",
  "condition",
  "count",
  "for_each",
  "depends_on",
  "provider",
  "lifecycle",
];

function googleRoles(holder: Holder, given: ConfigMap, scoped: ConfigMap | null): Capability[] {
  const { entries } = scoped ?? { entries: [] };
  const scope = entries
    .filter(({ key }) => !NOT_SCOPE.includes(key))
    .map(({ key, value }) => `${key} ${canonicalConfig(value)}`)
    .sort()
    .join(", ");
  const conditions = valuesAt(given, "condition").map((condition) => expressionOf(condition));
  return textsAt(given, "role").flatMap((role) =>
    roleGrants(holder, {
      ...{ role, scope: printable(scope), widerScopes: [], conditions },
      level: role.literal ? googleRoleLevel(role.text) : "write",
      members: textsAt(given, "member", "members"),
    }),
  );
}

function expressionOf(condition: ReturnType<typeof valuesAt>[number]): string {
  const [expression] = condition.type === "map" ? textsAt(condition, "expression") : [];
  return expression?.text ?? canonicalConfig(condition);
}

function azureRoles(holder: Holder, body: ConfigMap): Capability[] {
  const [scope] = textsAt(body, "scope");
  const at = scope?.text ?? "";
  const conditions = textsAt(body, "condition").map(({ text }) => text);
  return textsAt(body, "role_definition_name", "role_definition_id").flatMap((role) =>
    roleGrants(holder, {
      ...{ role, scope: at, widerScopes: foldersOf(at), conditions },
      level: levelOfAzure(role),
      members: textsAt(body, "principal_id"),
    }),
  );
}

function levelOfAzure({ text, literal }: ConfigText): RoleLevel {
  return literal || /[0-9a-f-]{36}$/u.test(text) ? azureRoleLevel(text) : "write";
}

const MAX_FOLDERS = 20;

/** `/subscriptions/a/resourceGroups/b` lies in `/subscriptions/a`. */
function foldersOf(scope: string): string[] {
  const parts = scope.split("/", MAX_FOLDERS);
  return parts
    .slice(1)
    .map((_, n) => parts.slice(0, n + 1).join("/"))
    .filter((text) => text !== "");
}

function customRole(
  holder: Holder,
  actions: readonly ConfigText[],
  levelOf: (action: string) => ActionLevel,
  except: readonly ConfigText[] = [],
): Capability[] {
  const conditions = except.map(({ text }) => `no action ${text.toLowerCase()}`).sort();
  return actions.map(({ text, literal, line }) =>
    grantedTo(holder, {
      kind: "iam.allow",
      ...{ name: text.toLowerCase(), line },
      wider: widerPaths(text.toLowerCase()),
      level: literal ? levelOf(text.toLowerCase()) : "write",
      certainty: literal ? "exact" : "heuristic",
      reach: [{ ...wayTo("resource:scope", line), conditions }],
    }),
  );
}

/** `microsoft.compute/virtualmachines/read` lies in `microsoft.compute/*` and in `*`. */
function widerPaths(action: string): string[] {
  const parts = action.split("/", MAX_FOLDERS);
  return parts.map((_, n) => [...parts.slice(0, n), "*"].join("/")).filter((one) => one !== action);
}

function googlePermissionLevel(permission: string): ActionLevel {
  const verb = permission.slice(permission.lastIndexOf(".") + 1);
  if (/^(?:get|list|search|read|query|view|export)/u.test(verb)) return "read";
  return /^(?:setiam|actas|getaccesstoken|signblob|signjwt|impersonate|implicitdelegation)/u.test(
    verb,
  ) || permission.startsWith("iam.")
    ? "permissions"
    : "write";
}

function azureActionLevel(action: string): ActionLevel {
  if (/^\*(?:\/\*)?$/u.test(action)) return "all";
  if (/\/read$/u.test(action)) return "read";
  if (/microsoft\.authorization\//u.test(action)) return "permissions";
  return action.endsWith("/*") && action.split("/").length === 2 ? "all" : "write";
}
