import { PERMISSION_LEVELS } from "./agent-permissions/agent-capability.ts";
import { environment, ENVIRONMENT_LEVELS, ownCommands } from "./agent-permissions/commands.ts";
import { permissions } from "./agent-permissions/permissions.ts";
import { SERVER_LEVELS, servers } from "./agent-permissions/servers.ts";
import type { CapabilityReader } from "./capability.ts";
import { parseJson } from "./data/json.ts";
import { parseToml } from "./data/toml.ts";
import { claimByFolder } from "./in-folder.ts";
import { NotUnderstood, understand } from "./not-understood.ts";

const MAX_BYTES = 128 * 1024;

/** The files from which coding agents take what they may do, each below any folder. */
const FILES = [
  ...[String.raw`\.claude/settings(?:\.local)?\.json`, String.raw`\.mcp\.json`],
  ...[String.raw`\.cursor/(?:mcp|hooks|cli)\.json`, String.raw`\.vscode/mcp\.json`],
  ...[String.raw`\.gemini/settings\.json`, String.raw`\.codex/(?:config\.toml|hooks\.json)`],
  ...[String.raw`\.amazonq/(?:mcp|default)\.json`, String.raw`\.amazonq/cli-agents/[^/]+\.json`],
  ...[String.raw`\.(?:roo|kilocode)/mcp\.json`, String.raw`\.kiro/settings/mcp\.json`],
  ...[String.raw`\.junie/mcp/mcp\.json`, String.raw`\.zed/settings\.json`],
  ...[String.raw`(?:\.opencode/)?opencode\.jsonc?`, String.raw`\.github/hooks/[^/]+\.json`],
  ...[String.raw`\.qwen/settings\.json`, String.raw`\.factory/(?:settings|mcp)\.json`],
];

const PATHS = new RegExp(`^(?:.*/)?(?:${FILES.join("|")})$`);

/** Reads what coding agents may do without a question, and what runs when one is started here. */
export const agentPermissions: CapabilityReader = {
  name: "agent-permissions",
  kinds: {
    "agent.permission": PERMISSION_LEVELS,
    "agent.guard": [],
    "agent.hook": [],
    "agent.environment": ENVIRONMENT_LEVELS,
    "agent.server": SERVER_LEVELS,
  },
  maxBytes: MAX_BYTES,
  claims: (path) => {
    if (!PATHS.test(path)) return null;
    return claimByFolder(path);
  },
  read: (path, content) =>
    understand(() => {
      if (content.length === 0) return [];
      const root = path.endsWith(".toml")
        ? parseToml(content, MAX_BYTES)
        : parseJson(content, { maxBytes: MAX_BYTES, comments: "allowed" });
      if (root.type !== "map") throw new NotUnderstood("no-settings", "no settings: no map", root);
      return [...permissions(root), ...servers(root), ...ownCommands(root), ...environment(root)];
    }),
};
