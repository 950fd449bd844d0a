import type { Capability } from "../capability.ts";
import type { DataMap, DataNode } from "../data/data-node.ts";
import { entriesAt, isTrue, itemsAt, scalarAt, scalarsAt, valueAt } from "../data/values.ts";
import { canonicalText } from "../holder-content.ts";
import { agentCapability } from "./agent-capability.ts";

/** Settings that hold a command which the agent's program runs by itself. */
const COMMANDS = [
  ...[["apiKeyHelper"], ["awsAuthRefresh"], ["awsCredentialExport"], ["otelHeadersHelper"]],
  ...[["gcpAuthRefresh"], ["proxyAuthHelper"], ["notify"], ["statusLine"], ["fileSuggestion"]],
  ...[["subagentStatusLine"], ["toolDiscoveryCommand"], ["toolCallCommand"]],
  ...[["mcpServerCommand"], ["tools", "discoveryCommand"], ["tools", "callCommand"]],
  ...[["mcp", "serverCommand"], ["install"], ["start"], ["setup-worktree"]],
  ...[["setup-worktree-unix"], ["setup-worktree-windows"], ["test-cmd"], ["lint-cmd"], ["load"]],
];

/** Maps, and a list, of programs that are started beside an agent, each with its command. */
const PROGRAMS = ["lsp", "formatter", "terminals"];

/** Commands that run by themselves: hooks, helpers and status lines. */
export function ownCommands(root: DataMap): Capability[] {
  return [
    ...(isTrue(valueAt(root, "disableAllHooks")) ? [] : hooks(root)),
    ...PROGRAMS.flatMap((key) => [
      ...entriesAt(root, key).map(({ value }) => value),
      ...itemsAt(root, key),
    ]).flatMap((value) => {
      const shown = value.type === "map" ? commandIn(value) : undefined;
      if (shown === undefined) return [];
      const content = canonicalText(value, SHOWN);
      return [
        agentCapability({
          ...{ kind: "agent.hook", name: "program", holder: "settings", at: value },
          ...{ content, context: shown },
        }),
      ];
    }),
    ...COMMANDS.flatMap((keys) => {
      const value = valueAt(root, ...keys);
      const shown = commandIn(value);
      if (!value || shown === undefined) return [];
      const name = keys.join(".");
      const content = canonicalText(value, SHOWN);
      return [
        agentCapability({
          kind: "agent.hook",
          name,
          holder: "settings",
          at: value,
          content,
          context: shown,
        }),
      ];
    }),
  ];
}

/** What is shown while a command runs, and how long it may. */
const SHOWN = ["timeout", "timeoutSec", "statusMessage", "padding", "description", "name"];

/** How deep a hook's command stands below its event. */
const DEPTH = 4;

function hooks(root: DataMap): Capability[] {
  return entriesAt(root, "hooks").flatMap(({ key, value }) =>
    hookMaps(value, "", DEPTH).map(({ hook, matcher }) =>
      agentCapability({
        ...{ kind: "agent.hook", name: key.text, holder: "hooks", at: hook },
        content: `${matcher} ${canonicalText(hook, SHOWN)}`,
        context: commandIn(hook) ?? "",
      }),
    ),
  );
}

/** `[{ matcher, hooks: [{ command }] }]`, or `[{ command }]`: whatever holds a command, with what it is for. */
function hookMaps(
  node: DataNode,
  matcher: string,
  depth: number,
): { readonly hook: DataMap; readonly matcher: string }[] {
  if (depth === 0 || node.type === "scalar") return [];
  if (node.type === "list") return node.items.flatMap((item) => hookMaps(item, matcher, depth));
  if (commandIn(node) !== undefined) return [{ hook: node, matcher }];
  const own = scalarAt(node, "matcher")?.text ?? matcher;
  return node.entries.flatMap(({ value }) => hookMaps(value, own, depth - 1));
}

function commandIn(node: DataNode | undefined): string | undefined {
  if (node === undefined) return undefined;
  if (node.type !== "map") {
    const words = scalarsAt(node).map(({ text }) => text);
    return words.length === 0 ? undefined : words.join(" ");
  }
  const told = TOLD.flatMap((key) => scalarsAt(node, key));
  return told.length === 0 ? undefined : told.map(({ text }) => text).join(" ");
}

/** Where a hook says what it does, for some or for all systems. */
const TOLD = [
  ...["command", "bash", "powershell", "url", "prompt", "windows", "linux", "osx"],
  ...["runCommand", "script"],
];

/** Variables that decide where an agent's requests go, or what programs load when they start. */
const STEERING =
  /^(?:.*(?:BASE_URL|API_URL|ENDPOINT|PROXY)|NODE_OPTIONS|NODE_EXTRA_CA_CERTS|NODE_TLS_REJECT_UNAUTHORIZED|PATH|LD_PRELOAD|LD_LIBRARY_PATH|DYLD_\w+|PYTHONPATH|PYTHONSTARTUP|BASH_ENV|ENV|PERL5OPT|RUBYOPT|GIT_(?:SSH|SSH_COMMAND|EDITOR|PAGER|ASKPASS|EXEC_PATH|CONFIG\w*)|EDITOR|PAGER|SHELL|CLAUDE_CODE_SHELL_PREFIX)$/i;

export const ENVIRONMENT_LEVELS = ["ordinary", "steering"];

/** The variables that an agent and all of its commands get; their values are never shown. */
export function environment(root: DataMap): Capability[] {
  const set = [...entriesAt(root, "env"), ...entriesAt(root, "shell_environment_policy", "set")];
  return set.map(({ key, value }) =>
    agentCapability({
      ...{ kind: "agent.environment", name: key.text, holder: "env", at: key },
      level: STEERING.test(key.text) ? "steering" : "ordinary",
      content: `${key.text} ${canonicalText(value)}`,
      context: "for all of its commands",
    }),
  );
}
