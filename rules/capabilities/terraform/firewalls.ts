import type { Capability } from "../capability.ts";
import {
  type ConfigEntry,
  type ConfigMap,
  type ConfigText,
  mapsAt,
  mapsIn,
  plainKey,
  textsAt,
  textsIn,
} from "../cloud/config-value.ts";
import { grantedTo, type Holder } from "../cloud/granted.ts";
import { openPorts, portRange } from "../cloud/open-ports.ts";
import { isWorld } from "../cloud/world.ts";

/** What a resource's rules open to the whole internet. */
export function firewall(type: string, holder: Holder, body: ConfigMap): Capability[] {
  const rules = Object.hasOwn(FIREWALLS, type) ? FIREWALLS[type] : undefined;
  return rules ? rules(holder, body) : [];
}

type Rules = (holder: Holder, body: ConfigMap) => Capability[];

const group: Rules = (holder, body) =>
  mapsAt(body, "ingress").flatMap((rule) => awsRule(holder, rule));
const accessList: Rules = (holder, body) =>
  mapsAt(body, "ingress").flatMap((rule) => accessRule(holder, rule));
const azureRules: Rules = (holder, body) =>
  mapsAt(body, "security_rule").flatMap((rule) => azureRule(holder, rule));

const FIREWALLS: Readonly<Record<string, Rules>> = {
  aws_security_group: group,
  aws_default_security_group: group,
  aws_security_group_rule: (holder, body) =>
    textsAt(body, "type").some(({ text }) => text === "egress") ? [] : awsRule(holder, body),
  aws_vpc_security_group_ingress_rule: awsRule,
  aws_network_acl: accessList,
  aws_default_network_acl: accessList,
  aws_network_acl_rule: (holder, body) =>
    textsAt(body, "egress").some(({ text }) => text === "true") ? [] : accessRule(holder, body),
  google_compute_firewall: googleRule,
  azurerm_network_security_rule: azureRule,
  azurerm_network_security_group: azureRules,
};

const SOURCES = [
  "cidr_blocks",
  "ipv6_cidr_blocks",
  "cidr_ipv4",
  "cidr_ipv6",
  "cidr_block",
  "ipv6_cidr_block",
];

function awsRule(holder: Holder, rule: ConfigMap): Capability[] {
  const [protocol] = textsAt(rule, "protocol", "ip_protocol");
  const [from] = textsAt(rule, "from_port");
  const [to] = textsAt(rule, "to_port");
  // All protocols have all ports, whatever a rule says.
  const isAll = protocol !== undefined && /^(?:-1|all)$/iu.test(protocol.text);
  const ports = isAll ? [] : portRange(from, to);
  return openPorts(holder, { protocol, ports, sources: textsAt(rule, ...SOURCES) });
}

/** Subnets have one that is open as they are made; groups close what they open. */
function accessRule(holder: Holder, rule: ConfigMap): Capability[] {
  const isAllowed = textsAt(rule, "action", "rule_action").some(({ text }) =>
    /^allow$/iu.test(text),
  );
  const [protocol] = textsAt(rule, "protocol");
  const ports = portRange(textsAt(rule, "from_port")[0], textsAt(rule, "to_port")[0]);
  const sources = textsAt(rule, ...SOURCES);
  return isAllowed ? openPorts(holder, { protocol, ports, sources, most: "other" }) : [];
}

/** Without sources and tags of sources everybody may come. */
function googleRule(holder: Holder, body: ConfigMap): Capability[] {
  const isSet = (key: string, value: RegExp): boolean =>
    textsAt(body, key).some(({ text }) => value.test(text));
  if (isSet("direction", /^egress$/iu) || isSet("disabled", /^true$/u)) return [];
  const named = textsAt(body, "source_ranges");
  const isLimited = textsAt(body, "source_tags", "source_service_accounts").length > 0;
  const everybody: ConfigText = { type: "text", text: "0.0.0.0/0", literal: true, line: body.line };
  const sources = named.length > 0 || isLimited ? named : [everybody];
  return mapsAt(body, "allow").flatMap((rule) => {
    const [protocol] = textsAt(rule, "protocol");
    const ports = textsAt(rule, "ports").map(({ text }) => text);
    return openPorts(holder, { protocol, ports, sources });
  });
}

function azureRule(holder: Holder, rule: ConfigMap): Capability[] {
  const isSet = (key: string, value: string): boolean =>
    textsAt(rule, key).some(({ text }) => text.toLowerCase() === value);
  if (!isSet("direction", "inbound") || !isSet("access", "allow")) return [];
  const [protocol] = textsAt(rule, "protocol");
  const ports = textsAt(rule, "destination_port_range", "destination_port_ranges");
  const sources = textsAt(rule, "source_address_prefix", "source_address_prefixes");
  return openPorts(holder, { protocol, ports: ports.map(({ text }) => text), sources });
}

/** Names of arguments that say who may come. */
const INCOMING =
  /ingress|inbound|authorized|allowed|allow_?list|white_?list|public_?access|source_?(?:range|cidr|ip|address)/u;
const OUTGOING = /egress|outbound|destination|route/u;

/**
 * What an argument of a module, or of a resource with a firewall of its own, opens to the whole
 * internet, by the argument's name.
 */
export function openArguments(holder: Holder, body: ConfigMap): Capability[] {
  return body.entries.flatMap((entry) => openArgument(holder, entry, false));
}

/** As `openArguments`, of what others give a meaning: all but what is named for what goes out. */
export function openValues(holder: Holder, body: ConfigMap): Capability[] {
  return body.entries.flatMap((entry) => openArgument(holder, entry, true));
}

function openArgument(
  holder: Holder,
  { key, value }: ConfigEntry,
  isInside: boolean,
): Capability[] {
  const name = key.toLowerCase();
  if (OUTGOING.test(name)) return [];
  const isIncoming = isInside || INCOMING.test(name);
  const nested = mapsIn(value).flatMap((map) => argumentsOf(holder, map, isIncoming));
  const open = isIncoming
    ? textsIn(value).find(({ literal, text }) => literal && namesWorld(text))
    : undefined;
  if (!open) return nested;
  const told = { kind: "network.open", name: key, level: "other", context: `from ${open.text}` };
  return [...nested, grantedTo(holder, { ...told, line: open.line, certainty: "heuristic" })];
}

/** A rule is told by its ports, anything else by its argument. */
function argumentsOf(holder: Holder, map: ConfigMap, isIncoming: boolean): Capability[] {
  const isRule = isIncoming && textsAt(map, "from_port", "to_port", "ip_protocol").length > 0;
  if (!isRule) return map.entries.flatMap((entry) => openArgument(holder, entry, isIncoming));
  const isEgress = textsAt(map, "type").some(({ text }) => plainKey(text) === "egress");
  return isEgress ? [] : awsRule(holder, split(map));
}

/** Modules take several networks in one text. */
function split(map: ConfigMap): ConfigMap {
  const entries = map.entries.map((entry): ConfigEntry => {
    if (entry.value.type !== "text" || !entry.value.text.includes(",")) return entry;
    const { text, line } = entry.value;
    const items = text
      .split(",")
      .map((part): ConfigText => ({ type: "text", text: part, literal: true, line }));
    return { ...entry, value: { type: "list", items, line } };
  });
  return { ...map, entries };
}

/** By an argument's value alone, words are not enough. */
function namesWorld(text: string): boolean {
  return text.includes("/") && isWorld(text);
}
