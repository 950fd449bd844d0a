import { expect, test } from "vitest";
import { agentPermissions } from "../../../rules/capabilities/agent-permissions.ts";
import { diffOf, shown } from "./changes.ts";

const CLAUDE = ".claude/settings.json";

function facts(path: string, head: object | string, base: object | string = {}): string[] {
  const text = (value: object | string) =>
    typeof value === "string" ? value : JSON.stringify(value);
  return diffOf({ [path]: text(base) }, { [path]: text(head) }).map((fact) =>
    shown(fact).replace(/ \S+:\d+$/, ""),
  );
}

test.each([
  [CLAUDE, "grants"],
  ["a/.claude/settings.local.json", "grants"],
  [".mcp.json", "grants"],
  [".codex/config.toml", "grants"],
  ["opencode.jsonc", "grants"],
  ["fixtures/.mcp.json", "resembles"],
  [".Claude/Settings.json", "grants"],
  [".aider.conf.yml", "grants"],
  [".windsurf/hooks.json", "grants"],
  [".cursor/environment.json", "grants"],
  [".claude/skills/a/SKILL.md", "resembles"],
  [".github/agents/a.agent.md", "resembles"],
  ["AGENTS.md", null],
  [".claude/agents/a.json", null],
])("%s is claimed as %s", (path, claim) => {
  expect(agentPermissions.claims(path)).toBe(claim);
});

test.each([
  { rule: "Bash(npm test)", level: "allow" },
  { rule: "Bash", level: "all" },
  { rule: "Bash(*)", level: "all" },
  { rule: "Bash( :* )", level: "all" },
  { rule: "Bash(bash:*)", level: "all" },
  { rule: "*", level: "all" },
  { rule: "Read(**)", level: "allow" },
])("a permission for $rule is $level", ({ rule, level }) => {
  expect(facts(CLAUDE, { permissions: { allow: [rule] } })).toEqual([
    `added permissions ${rule} -→${level}`,
  ]);
});

test("what was asked for and no longer is, is raised", () => {
  const base = { permissions: { ask: ["Bash(git push)"] } };
  expect(facts(CLAUDE, { permissions: { allow: ["Bash(git push)"] } }, base)).toEqual([
    "raised permissions Bash(git push) ask→allow",
  ]);
});

test.each([
  {
    path: CLAUDE,
    head: { permissions: { defaultMode: "bypassPermissions" } },
    seen: "bypassPermissions -→all",
  },
  {
    path: CLAUDE,
    head: { permissions: { defaultMode: "acceptEdits" } },
    seen: "acceptEdits -→allow",
  },
  { path: CLAUDE, head: { enableAllProjectMcpServers: true }, seen: "true -→all" },
  { path: ".codex/config.toml", head: 'approval_policy = "never"', base: "", seen: "never -→all" },
  {
    path: ".codex/config.toml",
    head: '[profiles.a]\nsandbox_mode = "danger-full-access"',
    base: "",
    seen: "danger-full-access -→all",
  },
  {
    path: ".gemini/settings.json",
    head: { general: { defaultApprovalMode: "yolo" } },
    seen: "yolo -→all",
  },
  { path: "opencode.json", head: { permission: { bash: { "*": "allow" } } }, seen: "bash * -→all" },
  { path: "opencode.json", head: { permission: "allow" }, seen: "* -→all" },
  {
    path: ".mcp.json",
    head: { mcpServers: { a: { url: "https://a", autoApprove: ["*"] } } },
    seen: "* -→all",
  },
])("$path lets an agent do much by $seen", ({ path, head, base, seen }) => {
  const told = facts(path, head, base ?? {}).filter((fact) => fact.endsWith(seen));
  expect(told).toHaveLength(1);
});

test.each([
  {
    what: "a hook",
    head: { hooks: { Stop: [{ hooks: [{ command: "a" }] }] } },
    seen: "added hooks Stop -→-",
  },
  {
    what: "a hook without a list",
    head: { hooks: { stop: [{ command: "a" }] } },
    seen: "added hooks stop -→-",
  },
  {
    what: "a status line",
    head: { statusLine: { type: "command", command: "a" } },
    seen: "added settings statusLine -→-",
  },
  { what: "a helper", head: { apiKeyHelper: "a" }, seen: "added settings apiKeyHelper -→-" },
])("$what runs by itself", ({ head, seen }) => {
  expect(facts(CLAUDE, head)).toEqual([seen]);
});

test("a hook for more tools is a raise, and one that is turned off is none", () => {
  const hook = (matcher: string) => ({ hooks: { Stop: [{ matcher, hooks: [{ command: "a" }] }] } });
  expect(facts(CLAUDE, hook("*"), hook("Edit"))).toEqual(["raised hooks Stop -→-"]);
  expect(facts(CLAUDE, { ...hook("*"), disableAllHooks: true })).toEqual([]);
});

test.each([
  { name: "ANTHROPIC_BASE_URL", level: "steering" },
  { name: "NODE_OPTIONS", level: "steering" },
  { name: "LOG_LEVEL", level: "ordinary" },
])("the variable $name is $level", ({ name, level }) => {
  expect(facts(CLAUDE, { env: { [name]: "x" } })).toEqual([`added env ${name} -→${level}`]);
});

test.each([
  {
    path: ".mcp.json",
    head: { mcpServers: { a: { command: "x", args: ["y"] } } },
    level: "command",
  },
  { path: ".vscode/mcp.json", head: { servers: { a: { url: "https://x" } } }, level: "remote" },
  {
    path: "opencode.json",
    head: { mcp: { a: { type: "local", command: ["x", "y"] } } },
    level: "command",
  },
  { path: ".codex/config.toml", head: '[mcp_servers.a]\ncommand = "x"', level: "command" },
])("a server of $path is told as $level", ({ path, head, level }) => {
  const base = typeof head === "string" ? "" : {};
  expect(facts(path, head, base)).toEqual([`added servers a -→${level}`]);
});

test("a server's secrets are not shown, and another one is seen", () => {
  const server = (token: string) => ({
    mcpServers: { a: { command: "x", args: ["--token", `ghp_${token.repeat(30)}`, "y"] } },
  });
  const path = ".mcp.json";
  const [fact] = diffOf({}, { [path]: JSON.stringify(server("a")) });
  expect(fact?.context).toBe("x --token … y");
  expect(facts(path, server("b"), server("a"))).toEqual(["raised servers a command→command"]);
});

test("a denial that goes is told", () => {
  expect(facts(CLAUDE, {}, { permissions: { deny: ["Read(.env)"] } })).toEqual([
    "removed permissions.deny Read(.env) -→-",
  ]);
});

test.each([
  {
    what: "a server that is turned off",
    path: ".mcp.json",
    head: { mcpServers: { a: { command: "x", disabled: true } } },
  },
  { what: "a model", path: CLAUDE, head: { model: "a" } },
])("$what grants nothing", ({ path, head }) => {
  expect(facts(path, head)).toEqual([]);
});

test.each([
  {
    what: "commands that start with a cloud agent",
    path: ".cursor/environment.json",
    head: { install: "make", terminals: [{ name: "a", command: "b" }] },
    seen: ["added settings program -→-", "added settings install -→-"],
  },
  {
    what: "a language server",
    path: "crush.json",
    head: { lsp: { go: { command: "gopls" } } },
    seen: ["added settings program -→-"],
  },
  {
    what: "a formatter",
    path: "opencode.json",
    head: { formatter: { a: { command: ["sh", "-c", "b"] } } },
    seen: ["added settings program -→-"],
  },
  {
    what: "a hook of one system",
    path: ".github/hooks/a.json",
    head: { hooks: { sessionStart: [{ type: "command", linux: "a" }] } },
    seen: ["added hooks sessionStart -→-"],
  },
  {
    what: "commands after each edit, and no question",
    path: ".aider.conf.yml",
    base: "dark-mode: true\n",
    head: "yes-always: true\ntest-cmd: make\n",
    seen: ["added yes-always true -→all", "added settings test-cmd -→-"],
  },
  {
    what: "a server in a list",
    path: ".continue/mcpServers/a.yaml",
    base: "",
    head: "mcpServers:\n- {name: a, command: b}\n",
    seen: ["added servers a -→command"],
  },
  {
    what: "commands outside of a sandbox",
    path: CLAUDE,
    head: { sandbox: { excludedCommands: ["docker"] } },
    seen: ["added sandbox.excludedCommands docker -→allow"],
  },
  {
    what: "a provider's address",
    path: ".codex/config.toml",
    base: "",
    head: '[model_providers.a]\nbase_url = "https://a.example"\nwire_api = "chat"\n',
    seen: ["added provider a base_url -→steering"],
  },
  {
    what: "a provider's address among its options",
    path: "opencode.json",
    head: { provider: { a: { options: { baseURL: "https://a.example" } } } },
    seen: ["added provider a baseURL -→steering"],
  },
  {
    what: "the address of all requests",
    path: ".codex/config.toml",
    base: "",
    head: 'openai_base_url = "https://a.example"\n',
    seen: ["added settings openai_base_url -→steering"],
  },
])("$what is told ($path)", ({ path, base, head, seen }) => {
  expect(facts(path, head, base ?? {}).sort()).toEqual(seen.toSorted());
});

const SKILL = ".claude/skills/a/SKILL.md";

test.each([
  {
    what: "tools as words",
    text: "---\ndescription: a\nallowed-tools: Bash(git add:*), Read Bash\n---\n",
    seen: [
      "added allowed-tools Bash -→all",
      "added allowed-tools Bash(git add:*) -→allow",
      "added allowed-tools Read -→allow",
    ],
  },
  {
    what: "tools as a list",
    text: "---\r\nallowed-tools: [Read]\r\n---\r\n",
    seen: ["added allowed-tools Read -→allow"],
  },
  {
    what: "a hook",
    text: "---\nhooks: {Stop: [{hooks: [{type: command, command: a}]}]}\n---\n",
    seen: ["added hooks Stop -→-"],
  },
  {
    what: "a mode",
    text: "---\npermissionMode: bypassPermissions\n---\n",
    seen: ["added permissionMode bypassPermissions -→all"],
  },
  { what: "no settings", text: "# allowed-tools: Bash\n", seen: [] },
  { what: "no settings that begin the file", text: "\n---\nallowed-tools: Bash\n---\n", seen: [] },
  { what: "words that are no YAML", text: "---\ndescription: Use: a: b\n---\n", seen: [] },
])("before prose $what is seen", ({ text, seen }) => {
  expect(facts(SKILL, text, "").sort()).toEqual(seen);
});

test("settings before prose are told at their line, and are not understood where they are no YAML", () => {
  const head = "---\n\nallowed-tools: Read\n---\n";
  expect(diffOf({}, { [SKILL]: head })[0]?.line).toBe(3);
  const text = "---\nallowed-tools: a: b: c\n---\n";
  expect(agentPermissions.read(SKILL, new TextEncoder().encode(text))).toMatchObject({ line: 2 });
});

test("what is no object is not understood", () => {
  expect(agentPermissions.read(CLAUDE, new TextEncoder().encode("[]"))).toMatchObject({
    code: "no-settings",
  });
});
