import type { Capability } from "../capability.ts";
import {
  type ConfigEntry,
  type ConfigMap,
  mapsAt,
  mapsIn,
  textsAt,
  valuesAt,
} from "../cloud/config-value.ts";
import { type Holder, holderOf } from "../cloud/granted.ts";
import { openAddress, publicAccess, publicGrants } from "../cloud/public-access.ts";
import { attachments, memberships } from "../iam/attachments.ts";
import { permissionsBoundary } from "../iam/boundary.ts";
import { policyCapabilities } from "../iam/policy-capabilities.ts";
import { permissionStatement } from "../iam/permission.ts";
import { statementsIn } from "../iam/statement.ts";
import { backends, externalProgram, providerCommands, provisioners } from "./commands.ts";
import type { Element } from "./elements.ts";
import { firewall, openArguments, openValues } from "./firewalls.ts";
import { cloudRoles } from "./roles.ts";
import { unseenPolicies } from "./unseen-policies.ts";

/** What one block at the top of a file grants. */
export function elementCapabilities(element: Element): Capability[] {
  const { type, labels, body } = element;
  const [first = "", second = ""] = labels;
  switch (type) {
    case "resource":
      return resource(first, holderOf(`${first}.${second}`, first, body), body);
    case "data":
      return lookUp(first, holderOf(`data.${first}.${second}`, first, body), body);
    case "module":
      return settings(holderOf(`module.${first}`, type, body), body);
    case "variable":
      return variable(first, body);
    case "locals":
      return body.entries.flatMap((entry) => local(entry));
    case "terraform":
      return backends(body);
    case "provider":
      return providerCommands(holderOf(`provider.${first}`, type, body), body);
    case "check":
      return checkedData(body);
    case "removed":
      return provisioners(holderOf("removed", type, body), body);
    default:
      return [];
  }
}

function resource(type: string, holder: Holder, body: ConfigMap): Capability[] {
  return [
    ...policies(type, holder, body),
    ...publicAccess(holder, body),
    ...publicGrants(holder, grantsOf(body)),
    ...firewall(type, holder, body),
    ...(HAS_FIREWALL.test(type) ? openArguments(holder, body) : []),
    ...cloudRoles(type, holder, body),
    ...provisioners(holder, body),
    ...(type === "aws_lambda_function_url"
      ? openAddress(holder, textsAt(body, "authorization_type"))
      : []),
  ];
}

/** A check looks things up where it stands. */
function checkedData(body: ConfigMap): Capability[] {
  return mapsAt(body, "data").flatMap((types) =>
    types.entries.flatMap(({ key: type, value }) =>
      mapsIn(value).flatMap((names) =>
        names.entries.flatMap(({ key: name, value: inner }) =>
          mapsIn(inner).flatMap((one) =>
            lookUp(type, holderOf(`data.${type}.${name}`, type, one), one),
          ),
        ),
      ),
    ),
  );
}

/** Resources whose own arguments say from where they are reached. */
const HAS_FIREWALL =
  /^(?:aws_eks_cluster|google_container_cluster|google_sql_database_instance|azurerm_kubernetes_cluster)$/u;

function grantsOf(body: ConfigMap): readonly ConfigMap[] {
  const lists = mapsAt(body, "access_control_policy").flatMap((list) => mapsAt(list, "grant"));
  const granted = [...lists, ...mapsAt(body, "grant")];
  return granted.flatMap((grant) => [grant, ...mapsAt(grant, "grantee")]);
}

function policies(type: string, holder: Holder, body: ConfigMap): Capability[] {
  if (type === "aws_lambda_permission") {
    return policyCapabilities(holder.holder, [permissionStatement(body)]);
  }
  const attaches = (key: string): boolean =>
    /_attachments?(?:_exclusive)?$/u.test(type) && key === "policyarn";
  const form = { attaches: (key: string) => attaches(key) || ATTACHING.has(key) };
  return [
    ...policyCapabilities(holder.holder, statementsIn(body)),
    ...attachments(holder, body, form),
    ...memberships(type, holder, body),
    ...unseenPolicies(holder, body),
    ...(BOUNDED.has(type) ? [permissionsBoundary(holder, body)] : []),
  ];
}

const BOUNDED = new Set(["aws_iam_role", "aws_iam_user"]);

/** Arguments that hold nothing but policies that are attached. */
const ATTACHING = new Set(["managedpolicyarns", "managedpolicyarn", "policyarns"]);

function lookUp(type: string, holder: Holder, body: ConfigMap): Capability[] {
  if (type === "external") return [externalProgram(holder, body)];
  const named =
    type === "aws_iam_policy" ? { attaches: (key: string) => key === "name" } : NO_NAMES;
  return [
    ...policyCapabilities(holder.holder, statementsIn(body)),
    ...attachments(holder, body, named),
    ...cloudRoles(type, holder, body),
  ];
}

const NO_NAMES = { attaches: () => false };

/** What a module is given grants what it would in a resource of the module's. */
function settings(holder: Holder, body: ConfigMap): Capability[] {
  return [
    ...policyCapabilities(holder.holder, statementsIn(body)),
    ...attachments(holder, body, NO_NAMES),
    ...unseenPolicies(holder, body),
    ...publicAccess(holder, body),
    ...openArguments(holder, body),
  ];
}

/** A default is what a module does where nobody says otherwise. */
function variable(name: string, body: ConfigMap): Capability[] {
  const entries = valuesAt(body, "default").map((value): ConfigEntry => {
    return { key: name, line: value.line, value };
  });
  const holder = holderOf(`var.${name}`, "variable", body);
  const given: ConfigMap = { type: "map", entries, line: body.line };
  return [
    ...policyCapabilities(holder.holder, statementsIn(given)),
    ...attachments(holder, given, NO_NAMES),
    ...publicAccess(holder, given),
    ...openValues(holder, given),
  ];
}

/** What files beside this one make of it is not seen, so that it is told where it is written. */
function local({ key, line, value }: ConfigEntry): Capability[] {
  const body: ConfigMap = { type: "map", entries: [{ key, line, value }], line };
  const holder = holderOf(`local.${key}`, "local", body);
  return [
    ...policyCapabilities(holder.holder, statementsIn(body)),
    ...attachments(holder, body, NO_NAMES),
    ...openValues(holder, body),
  ];
}
