/** Titles, bodies, labels, logins and branches as attackers write them, through all that is shown. */
import { Ajv } from "ajv";
import fc from "fast-check";
import { expect, test } from "vitest";
import { githubCommands } from "../../report/annotations-github.ts";
import { sarif } from "../../report/sarif.ts";
import { verdictJson } from "../../report/verdict-json.ts";
import { verdictMarkdown } from "../../report/verdict-markdown.ts";
import { verdictText } from "../../report/verdict-text.ts";
import type { Judgement } from "../../rules/evidence.ts";
import type { ActionFacts } from "../../rules/facts/facts.ts";
import { judge } from "../../rules/judge.ts";
import { hostile } from "../report/escape/arbitrary.ts";
import { bo, evidenceOf, policySource, pullRequest, review } from "../rules/sample-evidence.ts";
import { SARIF_SCHEMA } from "./sarif-schema.ts";
import { expectHarmlessMarkdown, expectHarmlessText, readRunnerCommand } from "./shown.ts";

const SHOWN = [
  ...["title", "body", "labels", "author.login", "actor.login", "baseBranch", "headBranch"],
].map((fact) => `{{action.${fact}}}`);

const POLICIES = [
  ...SHOWN.map(
    (fact, n) =>
      `{ id: fact-${n}, decision: DENY, when: true, message: "${fact}", remedy: "a ${fact}" }`,
  ),
  `{ id: all, decision: WARN, each: files, match: { path: "**" }, message: "${SHOWN.join(" ")}" }`,
  '{ id: settled, decision: DENY, when: true, message: "{{action.title}}", unless: { approved_by: { count: 1 } } }',
];

const policy = policySource(
  `version: 1\npolicies:\n${POLICIES.map((one) => `  - ${one}\n`).join("")}`,
);

const action: fc.Arbitrary<ActionFacts> = fc
  .record({ title: hostile, body: hostile, baseBranch: hostile, headBranch: hostile })
  .chain((words) =>
    fc
      .record({ login: hostile, actor: hostile, labels: fc.array(hostile, { maxLength: 3 }) })
      .map(({ login, actor, labels }) => ({
        ...{ ...pullRequest, ...words, labels },
        author: { id: "1", login, bot: false },
        actor: { id: "2", login: actor, bot: false },
      })),
  );

const judgement: fc.Arbitrary<Judgement> = fc
  .record({ action, login: hostile, path: hostile.filter((path) => path !== "") })
  .map(({ action: facts, login, path }) => {
    const approval = { ...review({ ...bo, login }) };
    return judge(
      evidenceOf([{ path, head: "a" }], [policy], {
        action: facts,
        external: { reviews: [approval], contributors: [], statuses: null },
      }),
    );
  });

const validate = new Ajv({ strict: true, strictRequired: false }).compile(SARIF_SCHEMA);

/** Each way to show a verdict, and what must hold of it. */
const formats: Readonly<Record<string, (given: Judgement) => void>> = {
  text: (given) => {
    const text = verdictText({ judgement: given, record: null, colour: false });
    expectHarmlessText(text);
    expect(text.match(/^ {2}(?:DENY|WARN|SETTLED) {2}/gmu)).toHaveLength(
      given.verdict.reasons.length,
    );
  },
  json: (given) => {
    const text = verdictJson(given, null);
    expectHarmlessText(text);
    expect(JSON.parse(text)).toMatchObject({ verdict: given.verdict, checks: given.checks });
  },
  sarif: (given) => {
    const text = sarif(given, "1.2.3");
    expectHarmlessText(text);
    expect(validate(JSON.parse(text)), JSON.stringify(validate.errors)).toBe(true);
  },
  github: (given) => {
    const lines = githubCommands(given).trimEnd().split("\n");
    expect(lines.length).toBeLessThanOrEqual(2);
    for (const line of lines) {
      expect(line).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
      const command = readRunnerCommand(line);
      expect(["error", "warning"]).toContain(command?.name);
      expect(["file,line,endLine,title", "title"]).toContain(
        Object.keys(command?.properties ?? {}).join(),
      );
    }
  },
  markdown: (given) => {
    const { title, summary, text } = verdictMarkdown(given, null);
    expectHarmlessText(title);
    expectHarmlessMarkdown(summary);
    expectHarmlessMarkdown(text);
    expect(text.match(/^- \*\*(?:DENY|WARN|SETTLED)\*\*/gmu)).toHaveLength(
      given.verdict.reasons.length,
    );
  },
};

test.each(Object.keys(formats))(
  "what others wrote changes nothing of a verdict shown as %s",
  (format) => {
    fc.assert(
      fc.property(judgement, (given) => {
        expect(given.verdict.decision).toBe("DENY");
        formats[format]?.(given);
      }),
      { numRuns: 60 },
    );
  },
);
