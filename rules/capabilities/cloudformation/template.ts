import type { Capability } from "../capability.ts";
import {
  type ConfigEntry,
  type ConfigMap,
  type ConfigValue,
  mapsAt,
  mapsIn,
  textsAt,
} from "../cloud/config-value.ts";
import { grantedTo, type Holder, holderOf } from "../cloud/granted.ts";
import { openPorts, portRange } from "../cloud/open-ports.ts";
import { openAddress, publicAccess } from "../cloud/public-access.ts";
import { isWorld } from "../cloud/world.ts";
import { attachments } from "../iam/attachments.ts";
import { permissionsBoundary } from "../iam/boundary.ts";
import { permissionStatement } from "../iam/permission.ts";
import { policyCapabilities } from "../iam/policy-capabilities.ts";
import { statementsIn } from "../iam/statement.ts";

/** What a template's resources grant; of a file of the Serverless Framework, also its own roles. */
export function templateCapabilities(root: ConfigMap): Capability[] {
  const named = resourcesIn(root).flatMap(({ name, type, properties }) =>
    resource(type, holderOf(name, type, properties), properties),
  );
  const others = root.entries
    .filter(({ key }) => !/^(?:resources|conditions|mappings|outputs|parameters)$/iu.test(key))
    .flatMap((entry) => otherPart(entry));
  return [...named, ...parameters(root), ...others];
}

/** What a parameter stands for where nobody says otherwise: networks, and policies by their ARNs. */
function parameters(root: ConfigMap): Capability[] {
  const entries = mapsAt(root, "Parameters").flatMap((map) => map.entries);
  return entries.flatMap(({ key, value }) =>
    mapsIn(value).flatMap((body) => {
      const holder = holderOf(key, "parameter", body);
      const open = textsAt(body, "Default").filter(({ text }) => /\//u.test(text) && isWorld(text));
      return [
        ...attachments(holder, body, { attaches: () => false }),
        ...open.map(({ text, line }) =>
          grantedTo(holder, {
            ...{ kind: "network.open", name: key, level: "other", context: `from ${text}`, line },
            certainty: "heuristic",
          }),
        ),
      ];
    }),
  );
}

interface Resource {
  readonly name: string;
  readonly type: string;
  readonly properties: ConfigMap;
}

/** At the top, or below `resources` as the Serverless Framework has them. */
function resourcesIn(root: ConfigMap): Resource[] {
  const outer = mapsAt(root, "Resources");
  const inner = outer.flatMap((map) => mapsAt(map, "Resources", "extensions"));
  return [...outer, ...inner].flatMap(({ entries }) =>
    entries.flatMap(({ key, value }) => named(key, value)),
  );
}

/** `Fn::ForEach::Name` holds the resources that it repeats. */
function named(key: string, value: ConfigValue): Resource[] {
  if (key.startsWith("Fn::ForEach")) {
    return mapsIn(value).flatMap(({ entries }) =>
      entries.flatMap((entry) => named(entry.key, entry.value)),
    );
  }
  return mapsIn(value).flatMap((body): Resource[] => {
    const [type] = textsAt(body, "Type");
    if (!type) return [];
    const none: ConfigMap = { type: "map", entries: [], line: body.line };
    const all = mapsAt(body, "Properties");
    return (all.length > 0 ? all : [none]).map((properties) => ({
      name: key,
      type: type.text,
      properties,
    }));
  });
}

/** Roles and functions that the Serverless Framework or SAM's globals define outside of resources. */
function otherPart({ key, line, value }: ConfigEntry): Capability[] {
  const body: ConfigMap = { type: "map", entries: [{ key, line, value }], line };
  const holder = holderOf(key, "part", body);
  return [
    ...policyCapabilities(key, statementsIn(body)),
    ...attachments(holder, body, { attaches: (name) => name === "managedpolicies" }),
  ];
}

function resource(type: string, holder: Holder, properties: ConfigMap): Capability[] {
  if (type === "AWS::Lambda::Permission") {
    return policyCapabilities(holder.holder, [permissionStatement(properties)]);
  }
  const attaches = (key: string): boolean =>
    key === "managedpolicyarns" || (SERVERLESS.test(type) && key === "policies");
  return [
    ...policyCapabilities(holder.holder, statementsIn(properties)),
    ...attachments(holder, properties, { attaches }),
    ...(BOUNDED.has(type) ? [permissionsBoundary(holder, properties)] : []),
    ...[properties, ...mapsAt(properties, "PublicAccessBlockConfiguration")].flatMap((settings) =>
      publicAccess(holder, settings),
    ),
    ...functionAddress(type, holder, properties),
    ...groupRules(type, holder, properties),
  ];
}

const BOUNDED = new Set(["AWS::IAM::Role", "AWS::IAM::User"]);
const SERVERLESS = /^AWS::Serverless::/u;

function functionAddress(type: string, holder: Holder, properties: ConfigMap): Capability[] {
  const own = type === "AWS::Lambda::Url" ? [properties] : [];
  return [...own, ...mapsAt(properties, "FunctionUrlConfig")].flatMap((address) =>
    openAddress(holder, textsAt(address, "AuthType")),
  );
}

function groupRules(type: string, holder: Holder, properties: ConfigMap): Capability[] {
  if (type === "AWS::EC2::NetworkAclEntry") return accessEntry(holder, properties);
  const rules = [
    ...(type === "AWS::EC2::SecurityGroupIngress" ? [properties] : []),
    ...(type === "AWS::EC2::SecurityGroup" ? mapsAt(properties, "SecurityGroupIngress") : []),
    ...(/^AWS::(?:RDS|ElastiCache|Redshift)::.*SecurityGroupIngress$/u.test(type)
      ? [properties]
      : []),
  ];
  return rules.flatMap((rule) => {
    const [protocol] = textsAt(rule, "IpProtocol");
    const isAll = protocol?.text === "-1";
    const ports = isAll ? [] : portRange(textsAt(rule, "FromPort")[0], textsAt(rule, "ToPort")[0]);
    const sources = textsAt(rule, "CidrIp", "CidrIpv6");
    return openPorts(holder, { protocol, ports, sources });
  });
}

function accessEntry(holder: Holder, properties: ConfigMap): Capability[] {
  const isAllowed = textsAt(properties, "RuleAction").some(
    ({ text }) => text.toLowerCase() === "allow",
  );
  const isOutgoing = textsAt(properties, "Egress").some(
    ({ text }) => text.toLowerCase() === "true",
  );
  if (!isAllowed || isOutgoing) return [];
  const [protocol] = textsAt(properties, "Protocol");
  const ports = mapsAt(properties, "PortRange").flatMap((range) =>
    portRange(textsAt(range, "From")[0], textsAt(range, "To")[0]),
  );
  const sources = textsAt(properties, "CidrBlock", "Ipv6CidrBlock");
  return openPorts(holder, { protocol, ports, sources, most: "other" });
}
