import fc from "fast-check";
import { expect, test } from "vitest";
import { diffCapabilities } from "../../../rules/capabilities/differ.ts";
import { changeOf, diffOf, readingOf, shown, type Tree } from "./changes.ts";

/** A workflow as a plain object with its keys in random order. */
interface Model {
  readonly on: readonly string[];
  readonly jobs: Readonly<Record<string, JobModel>>;
}

interface JobModel {
  readonly permissions: Readonly<Record<string, string>>;
  readonly environment?: string;
  readonly steps: readonly unknown[];
}

const CI = ".github/workflows/ci.yml";
const OTHER = ".github/workflows/other.yml";
const SCOPES = ["contents", "id-token", "issues", "packages"];

const job: fc.Arbitrary<JobModel> = fc
  .record({
    permissions: fc.dictionary(
      fc.constantFrom(...SCOPES),
      fc.constantFrom("read", "write", "none"),
    ),
    environment: fc.option(fc.constantFrom("prod", "on", "1"), { nil: undefined }),
    command: fc.constantFrom("make", "true", "yes # no", "a: b"),
  })
  .map(({ permissions, environment, command }) => ({
    permissions,
    ...(environment !== undefined && { environment }),
    steps: [{ run: command, env: { B: "1", A: true } }],
  }));

const model: fc.Arbitrary<Model> = fc.record({
  on: fc.uniqueArray(fc.constantFrom("push", "issues", "workflow_run"), { minLength: 1 }),
  jobs: fc.dictionary(fc.constantFrom("a", "b", "c", "d"), job, { minKeys: 1 }),
});

// YAML holds all of JSON; block style shows the same model in other words.
const asFlow = (value: unknown): string => JSON.stringify(value, null, 2);

function asBlock(value: unknown, indent = ""): string {
  if (typeof value !== "object" || value === null) return ` ${JSON.stringify(value)} # comment\n`;
  const inner = `${indent}  `;
  if (Array.isArray(value)) {
    if (value.length === 0) return " []\n";
    return `\n${value.map((item) => `${indent}-${asBlock(item, inner)}`).join("")}`;
  }
  const entries = Object.entries(value).reverse();
  if (entries.length === 0) return " {}\n";
  return `\n\n${entries.map(([key, item]) => `${indent}'${key}':${asBlock(item, inner)}`).join("")}`;
}

function facts(base: Tree, head: Tree): string[] {
  return diffOf(base, head).map(shown);
}

test("the two styles are both understood", () => {
  fc.assert(
    fc.property(model, (workflow) => {
      const { completeness } = readingOf({ [CI]: asFlow(workflow) }, { [CI]: asBlock(workflow) });
      expect(completeness).toEqual({ relevant: 2, read: 2, unread: [] });
    }),
    { numRuns: 50 },
  );
});

test("formatting, order and the name of the file grant nothing", () => {
  fc.assert(
    fc.property(model, fc.constantFrom(CI, OTHER), (workflow, path) => {
      expect(facts({ [CI]: asFlow(workflow) }, { [path]: asBlock(workflow) })).toEqual([]);
      expect(facts({ [CI]: asBlock(workflow) }, { [path]: asFlow(workflow) })).toEqual([]);
    }),
  );
});

test("new ids of jobs grant nothing", () => {
  fc.assert(
    fc.property(model, ({ on, jobs }) => {
      const renamed = Object.entries(jobs).map(([id, body]) => [`new-${id}`, body]);
      const head = { on, jobs: Object.fromEntries(renamed) as Model["jobs"] };
      expect(facts({ [CI]: asFlow({ on, jobs }) }, { [CI]: asFlow(head) })).toEqual([]);
    }),
  );
});

test("a job moved between workflows of one context grants nothing", () => {
  fc.assert(
    fc.property(model, job, job, ({ on, jobs }, moved, stays) => {
      const base = {
        [CI]: asFlow({ on, jobs: { ...jobs, moved } }),
        [OTHER]: asFlow({ on, jobs: { stays } }),
      };
      const head = {
        [CI]: asFlow({ on, jobs }),
        [OTHER]: asFlow({ on, jobs: { stays, moved } }),
      };
      expect(facts(base, head)).toEqual([]);
    }),
  );
});

test("a grant given to any job is seen, and it alone", () => {
  fc.assert(
    fc.property(model, fc.nat(), fc.constantFrom(...SCOPES), ({ on, jobs }, pick, scope) => {
      const ids = Object.keys(jobs);
      const id = ids[pick % ids.length] ?? "";
      const body = jobs[id];
      if (!body || body.permissions[scope] === "write") return;
      const granted = { ...body, permissions: { ...body.permissions, [scope]: "write" } };
      const head = { on, jobs: { ...jobs, [id]: granted } };
      const found = diffOf({ [CI]: asFlow({ on, jobs }) }, { [CI]: asBlock(head) });
      const delta = body.permissions[scope] === "read" ? "raised" : "added";
      expect(found).toMatchObject([{ delta, name: scope, holder: `jobs.${id}`, after: "write" }]);
    }),
  );
});

test("what a side gains of a grant over the other is reported, however it is spread", () => {
  const trees = fc.record({ [CI]: model, [OTHER]: model }, { requiredKeys: [] });
  const writesIn = (found: readonly { name: string; level?: string }[], scope: string): number =>
    found.filter(({ name, level }) => name === scope && level === "write").length;
  fc.assert(
    fc.property(trees, trees, fc.constantFrom(...SCOPES), (before, after, scope) => {
      const [old, fresh] = [render(before), render(after)];
      const { base, head } = readingOf(old, fresh);
      const gains = diffOf(old, fresh).filter(
        (fact) =>
          fact.name === scope &&
          fact.after === "write" &&
          (fact.delta === "added" || fact.delta === "raised"),
      );
      const surplus = writesIn(head, scope) - writesIn(base, scope);
      expect(gains.length).toBeGreaterThanOrEqual(surplus);
    }),
  );
});

test("facts are the same for every order of capabilities and files", () => {
  fc.assert(
    fc.property(model, model, (before, after) => {
      const { listing } = changeOf({ [CI]: asFlow(before) }, { [OTHER]: asFlow(after) });
      const { base, head } = readingOf({ [CI]: asFlow(before) }, { [OTHER]: asFlow(after) });
      const repository = { defaultTokenPermissions: "unknown" as const };
      const files = [...listing.files].reverse();
      expect(
        diffCapabilities({
          base: [...base].reverse(),
          head: [...head].reverse(),
          listing: { ...listing, files },
          repository,
        }),
      ).toEqual(diffCapabilities({ base, head, listing, repository }));
    }),
  );
});

test("a change of any bytes is read and compared", () => {
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 64 }),
    model.map((workflow) => new TextEncoder().encode(asFlow(workflow))),
  );
  fc.assert(
    fc.property(bytes, bytes, (before, after) => {
      expect(Array.isArray(diffOf({ [CI]: before }, { [CI]: after }))).toBe(true);
    }),
  );
});

function render(models: Partial<Record<string, Model>>): Tree {
  return Object.fromEntries(Object.entries(models).map(([path, item]) => [path, asFlow(item)]));
}
