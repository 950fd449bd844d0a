import type { Capability } from "../capability.ts";
import type { DataEntry, DataMap, DataNode } from "../data/data-node.ts";
import {
  entriesAt,
  isFalse,
  isTrue,
  mapsAt,
  scalarAt,
  scalarsAt,
  valueAt,
} from "../data/values.ts";
import { withoutCredentials } from "../git-modules/url.ts";
import { canonicalText } from "../holder-content.ts";
import { agentCapability } from "./agent-capability.ts";
import { permitted } from "./permissions.ts";

/** `remote`: requests go there. `command`: a program is started on the machine of whoever works here. */
export const SERVER_LEVELS = ["remote", "command"];

/** Where the tools of different agents list their servers. */
const LISTS = [
  ...["mcpServers", "servers", "mcp_servers", "context_servers", "mcp", "mcp-servers"],
  "amp.mcpServers",
];

/**
 * The servers that an agent gets tools from, what of them it may use without a question, and what
 * else brings tools along: plugins and where they are taken from.
 *
 * Source: modelcontextprotocol.io, code.claude.com/docs/en/mcp, code.visualstudio.com/docs/copilot.
 */
export function servers(root: DataMap): Capability[] {
  return [
    ...LISTS.flatMap((key) => [...entriesAt(root, key), ...named(root, key)]).flatMap(server),
    ...entriesAt(root, "enabledPlugins").flatMap(({ key, value }) => {
      return isTrue(value) ? [plugin(key.text, key, canonicalText(value))] : [];
    }),
    ...scalarsAt(root, "plugin").map((name) => plugin(name.text, name, name.text)),
    ...entriesAt(root, "extraKnownMarketplaces").map(({ key, value }) =>
      agentCapability({
        ...{ kind: "agent.server", name: key.text, holder: "marketplaces", level: "remote" },
        ...{ at: key, content: canonicalText(value) },
      }),
    ),
  ];
}

/** `mcpServers: [{ name: docs, command: npx }]` */
function named(root: DataMap, list: string): DataEntry[] {
  return mapsAt(root, list).flatMap((value) => {
    const key = scalarAt(value, "name");
    return key ? [{ key, value }] : [];
  });
}

function plugin(name: string, at: DataNode, content: string): Capability {
  return agentCapability({
    kind: "agent.server",
    name,
    holder: "plugins",
    level: "command",
    at,
    content,
  });
}

/** What decides whether and how long a server is waited for, not what it is. */
const OTHERS = [
  ...["disabled", "enabled", "timeout", "startup_timeout_sec", "tool_timeout_sec", "description"],
  ...["autoApprove", "alwaysAllow", "trust", "gallery", "version", "$schema"],
];

function server({ key, value }: DataEntry): Capability[] {
  if (isTrue(valueAt(value, "disabled")) || isFalse(valueAt(value, "enabled"))) return [];
  const command = scalarsAt(value, "command");
  const url = ["url", "httpUrl", "serverUrl"].flatMap((name) => scalarsAt(value, name))[0];
  const settings = scalarAt(value, "command", "path");
  const started = settings ? [settings] : command;
  if (started.length === 0 && !url) return [];
  const words = [...started, ...scalarsAt(value, "args"), ...scalarsAt(value, "command", "args")];
  const trusted = ["autoApprove", "alwaysAllow"].flatMap((name) => scalarsAt(value, name));
  const holder = `server ${key.text}`;
  return [
    agentCapability({
      ...{ kind: "agent.server", name: key.text, holder: "servers", at: key },
      level: started.length > 0 ? "command" : "remote",
      content: canonicalText(value, OTHERS),
      context: started.length > 0 ? shown(words.map(({ text }) => text)) : address(url?.text ?? ""),
    }),
    ...trusted.map((tool) => {
      const level = tool.text === "*" ? "all" : "allow";
      return permitted(tool.text, holder, tool, level);
    }),
    ...(isTrue(valueAt(value, "trust")) ? [permitted("trust", holder, key, "all")] : []),
  ];
}

/** A command with the arguments that cannot be secrets: names of packages and files, short options. */
function shown(words: readonly string[]): string {
  const plain = /^(?:--?[A-Za-z][\w-]{0,30}|@?[\w./:@-]{1,80})$/;
  const long = /[A-Za-z0-9_]{24,}/;
  return words
    .slice(0, MOST_WORDS)
    .map((word) => (plain.test(word) && !long.test(word) ? word : "…"))
    .join(" ");
}

const MOST_WORDS = 20;

/** A URL without a user, a password or a query in it. */
function address(url: string): string {
  return withoutCredentials(url).replace(/[?#].*$/s, "");
}
