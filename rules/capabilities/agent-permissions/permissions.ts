import type { Capability } from "../capability.ts";
import type { DataEntry, DataMap, DataScalar } from "../data/data-node.ts";
import { entriesAt, isTrue, scalarAt, scalarsAt, valueAt } from "../data/values.ts";
import type { Place } from "../not-understood.ts";
import { agentCapability } from "./agent-capability.ts";

/**
 * What an agent may do without a question, and what it never may.
 *
 * Source: code.claude.com/docs/en/settings, geminicli.com/docs, developers.openai.com/codex,
 * opencode.ai/docs/permissions, cursor.com/docs/cli.
 */
export function permissions(root: DataMap): Capability[] {
  return [
    ...listed(root, ["permissions", "allow"], "allow"),
    ...listed(root, ["permissions", "ask"], "ask"),
    ...listed(root, ["permissions", "additionalDirectories"], "allow"),
    ...listed(root, ["enabledMcpjsonServers"], "allow"),
    ...listed(root, ["tools", "allowed"], "allow"),
    ...listed(root, ["allowedTools"], "allow"),
    ...listed(root, ["permissions", "allowed_tools"], "allow"),
    ...listed(root, ["sandbox", "excludedCommands"], "allow"),
    ...listed(root, ["sandbox", "network", "allowedDomains"], "allow"),
    ...listed(root, ["sandbox", "network", "allowUnixSockets"], "allow"),
    ...listed(root, ["amp.commands.allowlist"], "allow"),
    ...words(root, "allowed-tools"),
    ...modes(root),
    ...guards(root),
    ...entriesAt(root).flatMap(decided),
    ...entriesAt(root, "agent").flatMap(({ value }) => entriesAt(value).flatMap(decided)),
  ];
}

function listed(root: DataMap, keys: readonly string[], level: string): Capability[] {
  const holder = keys.filter((key) => key !== level).join(".");
  return scalarsAt(root, ...keys).map((rule) => permission(rule.text, holder, rule, level));
}

/** `allowed-tools: Bash(git add:*), Read`: a list, or words with commas or spaces between them. */
function words(root: DataMap, key: string): Capability[] {
  return scalarsAt(root, key).flatMap((line) =>
    [...line.text.matchAll(TOOL)].map(([rule]) => permission(rule, key, line, "allow")),
  );
}

const TOOL = /[^\s,(]+(?:\([^()]*\))?/g;

function permission(rule: string, holder: string, at: Place, level: string): Capability {
  const widest = level === "allow" && ANYTHING.test(rule) ? "all" : level;
  return permitted(rule, holder, at, widest);
}

const CONTEXTS: Readonly<Record<string, string>> = {
  ask: "after a question",
  allow: "without a question",
  all: "anything, without a question",
};

/** Something that an agent may do, as far as the level says. */
export function permitted(name: string, holder: string, at: Place, level: string): Capability {
  const context = CONTEXTS[level] ?? "";
  return agentCapability({ kind: "agent.permission", name, holder, at, level, context });
}

/** Rules by which any command runs: `Bash`, `Bash(*)`, `Bash(sh:*)`, `run_shell_command`, `*`. */
const ANYTHING =
  /^(?:\*|(?:Bash|Shell|PowerShell|ShellTool|run_shell_command)(?:\(\s*(?:(?:sudo|eval|exec|env|xargs|(?:ba|z|da|fi)?sh)?[\s:]*\*+)?\s*\))?)$/;

/** What a setting of one word stands for; other words let nothing happen by themselves. */
const MODES: readonly {
  readonly keys: readonly string[];
  readonly words: Record<string, string>;
}[] = [
  {
    keys: ["permissions", "defaultMode"],
    words: { bypassPermissions: "all", acceptEdits: "allow", dontAsk: "allow", auto: "allow" },
  },
  {
    keys: ["permissionMode"],
    words: { bypassPermissions: "all", acceptEdits: "allow", dontAsk: "allow", auto: "allow" },
  },
  { keys: ["amp.dangerouslyAllowAll"], words: { true: "all" } },
  { keys: ["yes-always"], words: { true: "all" } },
  { keys: ["sandbox", "network", "allowAllUnixSockets"], words: { true: "allow" } },
  { keys: ["sandbox", "network", "allowLocalBinding"], words: { true: "allow" } },
  { keys: ["skipDangerousModePermissionPrompt"], words: { true: "all" } },
  { keys: ["enableAllProjectMcpServers"], words: { true: "all" } },
  { keys: ["permissions", "skipDangerousModePermissionPrompt"], words: { true: "all" } },
  { keys: ["sandbox", "autoAllowBashIfSandboxed"], words: { true: "allow" } },
  { keys: ["sandbox", "enableWeakerNestedSandbox"], words: { true: "allow" } },
  { keys: ["autoAccept"], words: { true: "all" } },
  { keys: ["tools", "autoAccept"], words: { true: "all" } },
  { keys: ["general", "defaultApprovalMode"], words: { yolo: "all", auto_edit: "allow" } },
  { keys: ["approvalMode"], words: { yolo: "all", auto_edit: "allow", unrestricted: "all" } },
  { keys: ["approval_policy"], words: { never: "all", "on-failure": "allow" } },
  {
    keys: ["sandbox_mode"],
    words: { "danger-full-access": "all", "workspace-write": "allow" },
  },
  { keys: ["sandbox_workspace_write", "network_access"], words: { true: "allow" } },
];

function modes(root: DataMap): Capability[] {
  const profiles = entriesAt(root, "profiles").map(({ value }) => value);
  return [root, ...profiles].flatMap((settings) =>
    MODES.flatMap(({ keys, words }) => {
      const word = scalarAt(settings, ...keys);
      const level = word && levelOf(words, word);
      if (!level) return [];
      const holder = keys.join(".");
      return [permitted(word.text, holder, word, level)];
    }),
  );
}

function levelOf(words: Record<string, string>, { text }: DataScalar): string | undefined {
  return Object.hasOwn(words, text) ? words[text] : undefined;
}

/** Lists of what an agent never may, and switches that hold it back. */
const DENIALS = [
  ["permissions", "deny"],
  ["tools", "exclude"],
  ["excludeTools"],
  ["disabledMcpjsonServers"],
];
const BRAKES = [
  ["sandbox", "enabled"],
  ["tools", "sandbox"],
  ["sandbox"],
  ["security", "disableYoloMode"],
];

function guards(root: DataMap): Capability[] {
  const denied = DENIALS.flatMap((keys) =>
    scalarsAt(root, ...keys).map((rule) => guard(rule.text, keys.join("."), rule)),
  );
  const disabled = scalarAt(root, "permissions", "disableBypassPermissionsMode");
  return [
    ...denied,
    ...BRAKES.flatMap((keys) => {
      const brake = scalarAt(root, ...keys);
      return brake && isTrue(brake) ? [guard(keys.join("."), "settings", brake)] : [];
    }),
    ...(disabled?.text === "disable"
      ? [guard("disableBypassPermissionsMode", "settings", disabled)]
      : []),
  ];
}

function guard(name: string, holder: string, at: Place): Capability {
  return agentCapability({ kind: "agent.guard", name, holder, at, context: "held back" });
}

/** `permission: allow`, `permission: { edit: allow, bash: { "git *": allow, "*": deny } }` */
function decided({ key, value }: DataEntry): Capability[] {
  if (key.text !== "permission") return [];
  if (value.type === "scalar") return decision("*", key, value.text);
  return entriesAt(value).flatMap((tool) => {
    const name = tool.key.text;
    if (tool.value.type === "scalar") return decision(name, tool.key, tool.value.text);
    return entriesAt(tool.value).flatMap((rule) => {
      const said = scalarAt(valueAt(rule.value));
      return said ? decision(`${name} ${rule.key.text}`, rule.key, said.text) : [];
    });
  });
}

function decision(name: string, at: Place, said: string): Capability[] {
  if (said === "deny") return [guard(name, "permission", at)];
  if (said !== "allow" && said !== "ask") return [];
  const isAnything = said === "allow" && /^(?:\*|bash|bash \*|bash \*\*)$/.test(name);
  const level = isAnything ? "all" : said;
  return [permitted(name, "permission", at, level)];
}
