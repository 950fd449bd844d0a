import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { handleEvents } from "../../app/handlers.ts";

const text = readFileSync(new URL("../../app.yml", import.meta.url), "utf8");
const manifest = parse(text) as {
  default_permissions: Record<string, string>;
  default_events: string[];
};

/** What GitHub asks for each request (its "Permissions required for GitHub Apps"), and for git. */
const NEEDS: Readonly<Record<string, readonly [string, "read" | "write"]>> = {
  "POST /repos/{owner}/{repo}/check-runs": ["checks", "write"],
  "PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}": ["checks", "write"],
  "GET /repos/{owner}/{repo}/commits/{ref}/check-runs": ["checks", "read"],
  "GET /repos/{owner}/{repo}/properties/values": ["metadata", "read"],
  "GET /repos/{owner}/{repo}/pulls": ["pull_requests", "read"],
  "GET /repos/{owner}/{repo}/pulls/{pull_number}": ["pull_requests", "read"],
  "GET /repos/{owner}/{repo}/pulls/{pull_number}/reviews": ["pull_requests", "read"],
  "GET /repos/{owner}/{repo}/issues/{issue_number}/events": ["pull_requests", "read"],
  "GET /repos/{owner}/{repo}/collaborators/{username}/permission": ["metadata", "read"],
  "GET /repos/{owner}/{repo}/pulls/{pull_number}/commits": ["pull_requests", "read"],
  "GET /repos/{owner}/{repo}/activity": ["contents", "read"],
  "GET /orgs/{org}/teams/{team_slug}": ["members", "read"],
  "GET /orgs/{org}/teams/{team_slug}/memberships/{username}": ["members", "read"],
  "GET /orgs/{org}/members/{username}": ["members", "read"],
  "POST /app/installations/{installation_id}/access_tokens": ["metadata", "read"],
  "git fetch": ["contents", "read"],
  "git push": ["contents", "write"],
};

/** Events that GitHub sends to every App; a registration that subscribes to one is refused. */
const ALWAYS_SENT = ["installation", "installation_repositories"];

/** Every route written in `app/`, and in what it takes from other rooms. */
function routesInSource(): string[] {
  const root = new URL("../../", import.meta.url);
  const files = new Set(
    readdirSync(new URL("app/", root))
      .filter((name) => name.endsWith(".ts"))
      .map((name) => new URL(`app/${name}`, root).href),
  );
  const routes: string[] = [];
  // What is added while it is walked is walked as well.
  for (const file of files) {
    const source = readFileSync(new URL(file), "utf8");
    for (const [, path = ""] of source.matchAll(/ from "(\..*?\.ts)"/g)) {
      files.add(new URL(path, file).href);
    }
    routes.push(...(source.match(/(?<=")[A-Z]+ \/[^"]*(?=")/g) ?? []));
  }
  return routes;
}

test("each request that is sent has its permission, and each permission its request", () => {
  const used = [...routesInSource(), "git fetch", "git push"];
  expect(used.filter((route) => NEEDS[route] === undefined)).toEqual([]);
  expect(Object.keys(NEEDS).toSorted()).toEqual([...new Set(used)].toSorted());

  const needed: Record<string, string> = {};
  for (const route of used) {
    const [permission, access] = NEEDS[route] ?? ["", "read"];
    if (needed[permission] !== "write") needed[permission] = access;
  }
  expect(manifest.default_permissions).toEqual(needed);
});

test("each event that is handled is subscribed to, and no other", () => {
  const handled = new Set<string>();
  const on = (names: string | string[]) => {
    for (const name of [names].flat()) handled.add(name.split(".", 1)[0] ?? "");
  };
  handleEvents(
    { on },
    {
      appId: 1,
      outbox: {
        pending: () => [],
        add: () => Promise.resolve(true),
        follow: () => Promise.resolve(),
        knows: () => false,
        done: () => Promise.resolve(),
        postpone: () => undefined,
      },
      log: { debug() {}, info() {}, warn() {}, error() {} },
      onPull: () => undefined,
      onWork: () => undefined,
      onAccess: () => undefined,
    },
  );
  const subscribed = [...handled].filter((name) => !ALWAYS_SENT.includes(name));
  expect(subscribed.toSorted()).toEqual(manifest.default_events.toSorted());
});

test("each permission and each event gives its reason above it", () => {
  const lines = text.slice(text.indexOf("default_permissions:")).split("\n");
  const entries = lines.flatMap((line, index) => (/^ {2}[^#\s]/.test(line) ? [index] : []));
  expect(entries.length).toBeGreaterThan(0);
  for (const index of entries) expect(lines[index - 1]).toMatch(/^ {2}# ./);
});
