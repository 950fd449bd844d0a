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

test("what is no object is not understood", () => {
  expect(agentPermissions.read(CLAUDE, new TextEncoder().encode("[]"))).toMatchObject({
    code: "no-settings",
  });
});
