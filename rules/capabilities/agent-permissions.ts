import { PERMISSION_LEVELS } from "./agent-permissions/agent-capability.ts";
import { addresses } from "./agent-permissions/addresses.ts";
import { environment, ENVIRONMENT_LEVELS, ownCommands } from "./agent-permissions/commands.ts";
import { permissions } from "./agent-permissions/permissions.ts";
import { SERVER_LEVELS, servers } from "./agent-permissions/servers.ts";
import { frontMatter } from "./agent-permissions/front-matter.ts";
import type { Allowance, CapabilityReader } from "./capability.ts";
import type { DataNode } from "./data/data-node.ts";
import { parseJson } from "./data/json.ts";
import { parseToml } from "./data/toml.ts";
import { parseYamlDocuments } from "./data/yaml.ts";
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
  ...[String.raw`\.qwen/settings\.json`, String.raw`\.factory/(?:settings|mcp|hooks)\.json`],
  ...[String.raw`\.windsurf/(?:hooks|mcp_config|mcp)\.json`, String.raw`\.?crush\.json`],
  ...[String.raw`\.cursor/(?:environment|worktrees)\.json`, String.raw`\.kiro/agents/[^/]+\.json`],
  ...[String.raw`\.claude-plugin/plugin\.json`, String.raw`\.amp/settings\.jsonc?`],
  ...[
    String.raw`\.github/copilot/settings(?:\.local)?\.json`,
    String.raw`\.codex/agents/[^/]+\.toml`,
  ],
  ...[String.raw`\.aider\.conf\.ya?ml`, String.raw`\.continuerc\.json`],
  ...[String.raw`\.continue/(?:config|mcpServers/[^/]+)\.(?:ya?ml|json)`],
];

/** Prose with settings before it: agents, commands and skills, each told what it may use. */
const PROSE = [
  ...[String.raw`\.claude/(?:agents|commands|skills)/.+\.md`],
  ...[String.raw`\.opencode/(?:agents?|commands?|modes?)/.+\.md`],
  ...[String.raw`\.github/(?:agents|chatmodes|prompts)/[^/]+\.md`],
];

// Some file systems know no case, and agents find these there whatever theirs is.
const PATHS = new RegExp(`^(?:.*/)?(?:${FILES.join("|")})$`, "i");
const PROSE_PATHS = new RegExp(`^(?:.*/)?(?:${PROSE.join("|")})$`, "i");

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
    // Most prose has no settings, and what is none of YAML's grants nothing.
    if (PROSE_PATHS.test(path)) return "resembles";
    return PATHS.test(path) ? claimByFolder(path) : null;
  },
  read: (path, content, allowance) =>
    understand(() => {
      const root = parse(path, content, allowance);
      if (root === undefined) return [];
      if (root.type !== "map") throw new NotUnderstood("no-settings", "no settings: no map", root);
      return [
        ...permissions(root),
        ...servers(root),
        ...ownCommands(root),
        ...environment(root),
        ...addresses(root),
      ];
    }),
};

function parse(path: string, content: Uint8Array, allowance?: Allowance): DataNode | undefined {
  if (content.length === 0) return undefined;
  if (PROSE_PATHS.test(path)) return frontMatter(content, MAX_BYTES, allowance);
  if (/\.toml$/i.test(path)) return parseToml(content, MAX_BYTES);
  if (!/\.ya?ml$/i.test(path)) {
    return parseJson(content, { maxBytes: MAX_BYTES, comments: "allowed" });
  }
  const dialect = { maxBytes: MAX_BYTES, documents: "one", mergeKeys: "merged" } as const;
  const [root] = parseYamlDocuments(content, dialect, allowance);
  return root?.type === "scalar" && root.resolved === "null" ? undefined : root;
}
