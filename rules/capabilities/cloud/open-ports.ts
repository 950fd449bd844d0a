import type { Capability } from "../capability.ts";
import type { ConfigText } from "./config-value.ts";
import { grantedTo, type Holder } from "./granted.ts";
import { isWorld } from "./world.ts";

/** What is open to the whole internet, from what is meant to be to everything. */
export const OPEN_LEVELS = ["web", "other", "admin", "all"] as const;

type OpenLevel = (typeof OPEN_LEVELS)[number];

/** Ports of remote shells and desktops, of file shares, databases, queues and what runs containers. */
const ADMIN_PORTS = [
  ...[
    20, 21, 22, 23, 111, 135, 137, 138, 139, 389, 445, 512, 513, 514, 636, 873, 1099, 1433, 1434,
    1521,
  ],
  ...[
    2049, 2181, 2375, 2376, 2379, 2380, 3306, 3389, 4505, 4506, 5432, 5439, 5500, 5601, 5672, 5900,
    5901,
  ],
  ...[
    5984, 5985, 5986, 6379, 6443, 7000, 7001, 8020, 8086, 8500, 9042, 9092, 9160, 9200, 9300, 10250,
    11211,
  ],
  ...[15672, 27017, 27018, 27019, 50070],
];

const WEB_PORTS = [80, 443];
const LAST_PORT = 65_535;

/** A rule that lets traffic in. */
export interface IngressRule {
  readonly protocol: ConfigText | undefined;
  /** Ports or ranges as written (`22`, `8000-8080`, `*`); none where all are meant. */
  readonly ports: readonly string[];
  readonly sources: readonly ConfigText[];
  /** A list that is only a second wall counts for less. */
  readonly most?: OpenLevel;
}

/** What a rule opens to the whole internet; nothing where its sources are closed, or not known. */
export function openPorts(holder: Holder, rule: IngressRule): Capability[] {
  const open = rule.sources.find(({ literal, text }) => literal && isWorld(text));
  if (!open) return [];
  const protocol = protocolName(rule.protocol);
  const ports = rule.ports.length === 0 ? ["*"] : rule.ports;
  return ports.map((written) => {
    const { name, level, wider } = openingOf(protocol, written.trim());
    const line = open.line;
    return grantedTo(holder, {
      kind: "network.open",
      ...{ name, wider, line },
      level: rule.most ? weaker(level, rule.most) : level,
      context: `from ${open.text}`,
    });
  });
}

const PROTOCOLS: ReadonlyMap<string, string> = new Map([
  ...["", "-1", "*", "any"].map((word) => [word, "all"] as const),
  ["1", "icmp"],
  ["6", "tcp"],
  ["17", "udp"],
  ["58", "icmpv6"],
]);

function protocolName(protocol: ConfigText | undefined): string {
  const name = (protocol?.text ?? "").toLowerCase();
  return PROTOCOLS.get(name) ?? name;
}

interface Opening {
  readonly name: string;
  readonly level: OpenLevel;
  readonly wider: readonly string[];
}

function openingOf(protocol: string, written: string): Opening {
  if (protocol.startsWith("icmp")) return { name: protocol, level: "web", wider: ["all"] };
  const range = rangeOf(written);
  const isAll = range !== null && range[0] <= 1 && range[1] >= LAST_PORT;
  if (protocol === "all" && isAll) return { name: "all", level: "all", wider: [] };
  if (isAll) return { name: `${protocol} all`, level: "all", wider: ["all"] };
  const name = `${protocol} ${written}`;
  return { name, level: range ? levelOf(range) : "other", wider: [`${protocol} all`, "all"] };
}

/** Null where it is only known when it is applied. */
function rangeOf(written: string): readonly [number, number] | null {
  if (written === "*" || written === "-1") return [0, LAST_PORT];
  const range = /^(\d{1,5})(?:\s*-\s*(\d{1,5}))?$/u.exec(written);
  return range ? [Number(range[1]), Number(range[2] ?? range[1])] : null;
}

function levelOf([first, last]: readonly [number, number]): OpenLevel {
  const holds = (port: number): boolean => first <= port && port <= last;
  if (ADMIN_PORTS.some(holds)) return "admin";
  return first === last && WEB_PORTS.some(holds) ? "web" : "other";
}

function weaker(one: OpenLevel, other: OpenLevel): OpenLevel {
  return OPEN_LEVELS.indexOf(one) < OPEN_LEVELS.indexOf(other) ? one : other;
}

/** `from` and `to` as one range; none where a rule names no port. */
export function portRange(from: ConfigText | undefined, to: ConfigText | undefined): string[] {
  const [first, last] = [from?.text, to?.text ?? from?.text];
  if (first === undefined || last === undefined) return [];
  if (first === "0" && last === "0") return ["*"];
  return [first === last ? first : `${first}-${last}`];
}
