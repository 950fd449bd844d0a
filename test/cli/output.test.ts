import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { afterAll, beforeAll, expect, test } from "vitest";
import { outputSchemaName, publishedSchemas } from "../../scripts/schemas/published.ts";
import { forWriters } from "../../scripts/schemas/readers.ts";
import { createFixtureRepository } from "../git/fixture-repository.ts";
import { runCli, type Ran } from "./run-cli.ts";
import * as workflows from "./workflows.ts";

const RELEASE = ".github/workflows/release.yml";
const LAX = `version: 1
policies:
  - { id: large, decision: WARN, each: files, match: { headSize: { atLeast: 1 } } }
`;
const POLICY = `${LAX}  - { id: code, decision: DENY, match: { action.author.bot: true } }
`;
const GLASS = `version: 1
break_glass: { users: [ann] }
policies: [{ id: code, decision: DENY, match: { action.kind: command } }]
`;
const CASES =
  "version: 1\ncases: [{ name: code, files: { a: { head: a } }, want: DENY }, { name: none, files: { a: { head: '' } }, want: ALLOW }]\n";

const schemas = publishedSchemas();
const ajv = new Ajv2020({ allowUnionTypes: true });
addFormats.default(ajv);
const stack = new AsyncDisposableStack();

/** What the words in capitals of a command stand for. */
const places = new Map<string, string>();

beforeAll(async () => {
  const folder = await mkdtemp(join(tmpdir(), "bailiff-output-"));
  stack.defer(() => rm(folder, { recursive: true, force: true }));
  const repository = stack.use(await createFixtureRepository());
  const at = (name: string): string => join(folder, name);
  await writeFile(at("own.yml"), POLICY);
  await writeFile(at("lax.yml"), LAX);
  await writeFile(at("own.test.yml"), CASES);
  await writeFile(at("glass.yml"), GLASS);
  await writeFile(at("broken.yml"), "version: 3\npolicies: [{ id: A }]\n");
  await writeFile(at("ci.yml"), workflows.RAISED);
  const files = {
    KEY: "key.pem",
    NEW: "new.pem",
    POLICY: "own.yml",
    LAX: "lax.yml",
    GLASS: "glass.yml",
  };
  for (const [word, name] of Object.entries({ ...files, BROKEN: "broken.yml", CI: "ci.yml" })) {
    places.set(word, at(name));
  }
  places.set("REPO", repository.directory);
  places.set("UNTIL", new Date(Date.now() + 5 * 86_400_000).toISOString().slice(0, 10));
  const manifest = (version: string) => JSON.stringify({ dependencies: { a: version } });
  const base = await repository.commit({
    ...{ [RELEASE]: workflows.RELEASE, "package.json": manifest("1.0.0") },
  });
  await repository.commit(
    { [RELEASE]: workflows.RAISED, "package.json": manifest("2.0.0"), "x.txt": "x\n" },
    { branch: "raise", parents: [base] },
  );
  const judged = await repository.commit(
    { ".github/bailiff.yml": LAX },
    { branch: "judged", parents: [base] },
  );
  await repository.commit(
    { ".github/bailiff.yml": POLICY, ".github/bailiff.test.yml": CASES },
    { branch: "candidate", parents: [judged] },
  );
  await repository.git("checkout", "-q", "-f", "raise");
  await cli("keys generate --out KEY");
  await cli("ledger init --repo REPO --key KEY");
  await cli(`check ${RANGE} --policy bailiff:recommended --record --key KEY`);
  await cli(`run --action deploy ${HERE} --policy LAX --record --key KEY -- true`);
  const excepted = "--base judged --head candidate --by ann --because needed --key KEY --repo REPO";
  await cli(`waiver grant ${excepted} --policies GLASS --policy code --until UNTIL`);
  await cli(`override ${excepted} --policies GLASS`);
});
afterAll(() => stack.disposeAsync());

function cli(words: string): Promise<Ran> {
  return runCli(words.split(" ").map((word) => places.get(word) ?? word));
}

const RANGE = "--repo REPO --base main --head raise";
const HERE = "--repo REPO --base main";

/** Each command as people run it, and how it exits; `run` has stdout for its command. */
const RUNS = [
  ["check", `check ${RANGE} --policy bailiff:recommended --format json`, 1],
  ["check", `check ${RANGE} --policy POLICY --simulate --format json`, 0],
  ["check", `check ${RANGE} --policy POLICY --record --key KEY --format json`, 1],
  ["check", "check --repo REPO --base judged --head candidate --format json", 0],
  ["facts", `facts ${RANGE}`, 0],
  ["capabilities", "capabilities CI --as .github/workflows/ci.yml --format json", 0],
  ["capabilities", "capabilities POLICY --as package.json --format json", 1],
  ["run", `run --action a ${HERE} --policy LAX --format json -- true`, 0],
  ["run", `run --action a ${HERE} --policy POLICY --format json -- true`, 125],
  ["run", `run --action a ${HERE} --policy LAX --record --key KEY --format json -- false`, 1],
  ["policy lint", "policy lint POLICY --format json", 0],
  ["policy lint", "policy lint BROKEN --format json", 2],
  ["policy test", "policy test POLICY --format json", 1],
  ["policy explain", `policy explain ${RANGE} --policy POLICY --format json`, 0],
  ["policy explain", `policy explain ${RANGE} --policy bailiff:recommended --format json`, 0],
  ["policy backtest", "policy backtest POLICY --repo REPO --head raise --format json", 0],
  ["ledger verify", "ledger verify --repo REPO --format json", 0],
  ["ledger log", "ledger log --repo REPO --format json", 0],
  ["ledger show", "ledger show 0 --repo REPO --format json", 0],
  ["ledger show", "ledger show 1 --repo REPO --format json", 0],
  ["lineage", "lineage --repo REPO --format json", 0],
  ["lineage", "lineage --repo REPO --decision ALLOW --format json", 0],
  ["waiver list", "waiver list --repo REPO --format json", 0],
  ["incidents", "incidents --repo REPO --format json", 0],
  ["keys", "keys show --key KEY", 0],
  ["keys", "keys generate --out NEW", 0],
] as const;

test.each(RUNS)(
  "%s prints what its schema says and nothing else: %s",
  async (name, words, exit) => {
    const { status, out, said } = await cli(words);
    expect({ status, said: status === exit ? "" : said }).toEqual({ status: exit, said: "" });
    const json: unknown = JSON.parse(name === "run" ? (said.split("\n").at(-2) ?? "") : out);
    const isPrinted = validatorOf(name === "facts" ? "facts.schema.json" : outputSchemaName(name));
    expect(isPrinted(json), JSON.stringify(isPrinted.errors)).toBe(true);
  },
);

const validators = new Map<string, ValidateFunction>();

/** Refuses keys that the schema does not name; whoever reads by it lets them pass. */
function validatorOf(file: string): ValidateFunction {
  const known = validators.get(file) ?? ajv.compile(forWriters(schemas.get(file)?.schema ?? false));
  validators.set(file, known);
  return known;
}

test("every command that prints JSON is run here, and each has a schema", async () => {
  const { out } = await runCli(["--help"]);
  const usages = out.split(/^(?=bailiff )/m).filter((usage) => /json|JSON/.test(usage));
  const names = usages.map(
    (usage) => /^bailiff ((?:policy |ledger |waiver )?[a-z]+)/.exec(usage)?.[1],
  );
  const ran = RUNS.map(([name]) => name);
  expect([...new Set(names)].sort()).toEqual([...new Set(ran)].sort());
});

test.each([
  ["trust", 0],
  ["verdict", 1],
  ["execution", 3],
  ["waiver", 5],
  ["incident", 6],
])(
  "a recorded %s says what the schema of its predicate says, and nothing else",
  async (kind, index) => {
    const { out } = await cli(`ledger show ${index} --repo REPO --format json`);
    const record = JSON.parse(out) as { kind: string; statement: { predicate: unknown } };
    expect(record.kind).toBe(kind);
    const isPredicate = validatorOf(`predicate-${kind}.schema.json`);
    expect(isPredicate(record.statement.predicate), JSON.stringify(isPredicate.errors)).toBe(true);
  },
);
