import { Ajv } from "ajv";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { governLocally } from "../../cli/local-govern.ts";
import { openRepository } from "../../git/repository.ts";
import { verdictMarkdown } from "../../report/verdict-markdown.ts";
import { pathBytes } from "../../rules/change/path-text.ts";
import { createFixtureRepository, type FixtureRepository } from "../git/fixture-repository.ts";
import { commitHostileNames } from "./hostile-names.ts";
import { runCli } from "./run-cli.ts";
import { SARIF_SCHEMA } from "./sarif-schema.ts";
import { expectHarmlessMarkdown, expectHarmlessText, readRunnerCommand } from "./shown.ts";

const POLICY = `version: 1
policies:
  - { id: every, decision: DENY, each: files, match: { path: "**" }, message: "{{item.path}}", remedy: "not {{item.path}}" }
`;

let fixture: FixtureRepository;
let folder: string;
let change: Awaited<ReturnType<typeof commitHostileNames>>;
let range: readonly string[];

beforeAll(async () => {
  fixture = await createFixtureRepository();
  folder = await mkdtemp(join(tmpdir(), "bailiff-names-"));
  await writeFile(join(folder, "policy.yml"), POLICY);
  change = await commitHostileNames(fixture);
  range = [
    ...["--repo", fixture.directory, "--base", change.base, "--head", change.head],
    ...["--policy", join(folder, "policy.yml")],
  ];
});
afterAll(async () => {
  await fixture.dispose();
  await rm(folder, { recursive: true });
});

async function shownAs(format: string): Promise<string> {
  const { status, out, said } = await runCli(["check", ...range, "--format", format]);
  expect({ status, said }).toEqual({ status: 1, said: "" });
  return out;
}

interface Shown {
  readonly verdict: {
    readonly decision: string;
    readonly reasons: readonly { readonly path: string; readonly message: string }[];
  };
}

interface SarifLog {
  readonly runs: readonly [
    {
      readonly results: readonly {
        readonly locations: readonly [
          { readonly physicalLocation: { readonly artifactLocation: { readonly uri: string } } },
        ];
      }[];
    },
  ];
}

/** As hexadecimal digits: not every path is a text. */
function bytesOfUri(uri: string): string {
  const bytes = uri.replace(/%([0-9A-F]{2})/g, (_, hex: string) => {
    return String.fromCharCode(Number.parseInt(hex, 16));
  });
  return Buffer.from(bytes, "latin1").toString("hex");
}

function bytesOfPath(path: string): string {
  return Buffer.from(pathBytes(path) ?? []).toString("hex");
}

describe("a file of every hostile name is denied under its own path, and shown", () => {
  test("as text: five lines each, none of which commands a terminal or a runner", async () => {
    const text = await shownAs("text");
    expectHarmlessText(text);
    const [, ...reasons] = text.split(/^ {2}DENY {2}/mu);
    expect(reasons).toHaveLength(change.paths.length);
    expect(reasons.slice(0, -1).filter((reason) => reason.split("\n").length !== 6)).toEqual([]);
  });

  test("as JSON: one document, with every path as it is", async () => {
    const text = await shownAs("json");
    expectHarmlessText(text);
    const { verdict } = JSON.parse(text) as Shown;
    expect(verdict.decision).toBe("DENY");
    expect(verdict.reasons.map(({ path }) => path).sort()).toEqual([...change.paths].sort());
    expect(verdict.reasons.filter(({ path, message }) => path !== message)).toEqual([]);
  });

  test("as SARIF: valid, with every path as a URI that leads back to it", async () => {
    const text = await shownAs("sarif");
    expectHarmlessText(text);
    const log = JSON.parse(text) as SarifLog;
    const validate = new Ajv({ strict: true, strictRequired: false }).compile(SARIF_SCHEMA);
    expect(validate(log), JSON.stringify(validate.errors?.slice(0, 3))).toBe(true);
    const uris = log.runs[0].results.map(
      ({ locations: [{ physicalLocation }] }) => physicalLocation.artifactLocation.uri,
    );
    expect(uris.map(bytesOfUri).sort()).toEqual(change.paths.map(bytesOfPath).sort());
  });

  test("to GitHub's runner: a line is one of our commands, and names a file of the change", async () => {
    const lines = (await shownAs("github")).trimEnd().split("\n");
    const commands = lines.map(readRunnerCommand);
    const placed = commands.slice(0, -1);
    for (const command of placed) {
      expect(command?.name).toBe("error");
      expect(Object.keys(command?.properties ?? {})).toEqual(["file", "line", "endLine", "title"]);
      expect(command?.properties["line"]).toBe("1");
      expect(change.paths).toContain(command?.properties["file"]);
    }
    expect(commands.at(-1)?.properties).toEqual({ title: "bailiff: DENY" });
    expect(placed.length).toBeGreaterThan(40);
    expect(lines.join("")).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
  });

  test("as a check run: nothing in it mentions, links, or is HTML", async () => {
    await using repository = await openRepository(fixture.directory);
    const { judgement } = await governLocally(repository, {
      ...{ name: "check", base: change.base, head: change.head, simulate: false },
      named: [join(folder, "policy.yml")],
      at: new Date(0),
      ...{ ledger: null, repositoryId: null },
      gate: {
        begin: () => Promise.resolve(),
        conclude: () => Promise.resolve("blocked"),
        fail: () => Promise.resolve(),
      },
    });
    const { title, summary, text } = verdictMarkdown(judgement, null);
    expect(title).toBe("Denied by every");
    expectHarmlessMarkdown(summary);
    expectHarmlessMarkdown(text);
    expect(text.match(/^- \*\*DENY\*\*/gmu)).toHaveLength(change.paths.length);
  });

  test("by run, which starts nothing", async () => {
    const words = ["run", "--action", "deploy", ...range, "--", "touch", join(folder, "owned")];
    const { status, out, said } = await runCli(words);
    expect({ status, out }).toEqual({ status: 125, out: "" });
    expectHarmlessText(said);
  });

  test("on the record, in the ledger's log and in its lineage", async () => {
    const key = ["--key", join(folder, "key.pem")];
    await runCli(["keys", "generate", "--out", join(folder, "key.pem")]);
    expect((await runCli(["ledger", "init", ...range.slice(0, 2), ...key])).status).toBe(0);
    const recorded = await runCli(["check", ...range, "--record", ...key]);
    expect(recorded.status).toBe(1);
    for (const words of [["ledger", "log"], ["lineage"], ["lineage", "--format", "json"]]) {
      const { status, out } = await runCli([...words, ...range.slice(0, 2)]);
      expect(status).toBe(0);
      expectHarmlessText(out);
    }
  });
});

test.each([{ name: ".." }, { name: "." }, { name: "" }, { name: "a/b" }])(
  "a tree that holds the name '$name', which no path has, is judged by nobody",
  async ({ name }) => {
    const blob = await fixture.gitWithInput("x\n", "hash-object", "-w", "--stdin");
    const entry = Buffer.concat([Buffer.from(`100644 ${name}\0`), Buffer.from(blob, "hex")]);
    const options = ["-w", "--literally", "-t", "tree", "--stdin"];
    const tree = await fixture.gitWithInput(entry, "hash-object", ...options);
    const head = await fixture.git("commit-tree", tree, "-p", change.base, "-m", "change");
    const words = ["--repo", fixture.directory, "--base", change.base, "--head", head];
    expect(await runCli(["check", ...words])).toMatchObject({ status: 3, out: "" });
  },
);
