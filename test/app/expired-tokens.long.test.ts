import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Fault } from "../embedded-github/http/faults.ts";
import type { RepositoryHandle } from "../embedded-github/repository-handle.ts";
import type { TokenForm } from "../embedded-github/state/installation-tokens.ts";
import { appendsOf, withLedger } from "./ledger-scene.ts";
import {
  ENFORCED,
  openPull,
  openScene,
  POLICIES,
  type Scene,
  WORKFLOW,
  workflow,
} from "./scene.ts";

const API = "/repos/{owner}/{repo}";
const PULL = { method: "GET", route: `${API}/pulls/{pull_number}` };
const REVIEWS = { method: "GET", route: `${API}/pulls/{pull_number}/reviews` };
const CONCLUDE = { method: "PATCH", route: `${API}/check-runs/{check_run_id}` };

let scene: Scene;
let repository: RepositoryHandle;
let heads = 0;

beforeAll(async () => {
  scene = await openScene();
  repository = await withLedger(scene, "tokens", { [POLICIES]: ENFORCED });
});

afterAll(() => scene[Symbol.asyncDispose]());

/** All tokens end when a request arrives that they were sent with. */
const expiry: Fault = {
  kind: "meanwhile",
  act: () => {
    scene.github.tokens.revokeAll();
  },
};

/** Opens a pull request, and answers what became of it when all was tried. */
async function judged(files: Readonly<Record<string, string>>) {
  heads += 1;
  const before = appendsOf(repository).length;
  const { head, number } = await openPull(repository, files, { head: `topic-${heads}` });
  await scene.settled();
  const conclusions = repository.checkRuns(head).map(({ conclusion }) => conclusion);
  repository.closePull(number, { by: "ann" });
  await scene.settled();
  return { conclusions, appended: appendsOf(repository).length - before };
}

const harmless = () => ({ "README.md": `${heads}\n` });

const lastPageLeadsOn: Fault = {
  kind: "status",
  status: 200,
  headers: { link: '<https://example.invalid/>; rel="next"' },
  body: [],
};

describe("a token that expires half-way: nothing passes before it is renewed, and the verdict is recorded once", () => {
  test.each([
    { when: "on the first request", form: "classic", faults: [{ ...PULL, fault: expiry }] },
    {
      when: "on a fetch",
      form: "stateless",
      faults: [{ route: "git-upload-pack", after: 1, fault: expiry }],
    },
    {
      when: "between two pages",
      form: "classic",
      faults: [
        { ...REVIEWS, fault: lastPageLeadsOn },
        { ...REVIEWS, fault: expiry },
      ],
    },
    {
      when: "before the ledger's push",
      form: "stateless",
      faults: [{ route: "git-receive-pack", fault: expiry }],
    },
    {
      when: "in the ledger's push",
      form: "classic",
      faults: [{ route: "git-receive-pack", after: 1, fault: expiry }],
    },
  ] as const)("$when ($form)", async ({ form, faults }) => {
    scene.github.tokens.form = form;
    for (const order of faults) scene.github.fail(order);
    const { conclusions, appended } = await judged(harmless());
    expect(conclusions[0]).toBe("success");
    expect(conclusions.slice(1).filter((conclusion) => conclusion !== "failure")).toEqual([]);
    expect(appended).toBe(1);
  });

  test("between record and check, in the same evaluation", async () => {
    scene.github.tokens.form = "stateless";
    scene.github.fail({ ...CONCLUDE, fault: expiry });
    const { conclusions, appended } = await judged(harmless());
    expect({ conclusions, appended }).toEqual({ conclusions: ["success"], appended: 1 });
  });

  test("before a denial is told: it stays one", async () => {
    scene.github.fail({ ...CONCLUDE, fault: expiry });
    const { conclusions, appended } = await judged({ [WORKFLOW]: workflow("write") });
    expect(new Set(conclusions)).toEqual(new Set(["failure"]));
    expect(appended).toBe(1);
  });
});

test.each([
  {
    what: "requests",
    orders: [
      { ...CONCLUDE, times: 50 },
      { ...PULL, times: 50, after: 1 },
    ],
  },
  { what: "git's fetches", orders: [{ route: "git-upload-pack", times: 50 }] },
  { what: "the ledger's pushes", orders: [{ route: "git-receive-pack", times: 50 }] },
])("$what that are refused with every token end in no pass", async ({ orders }) => {
  const fault = { kind: "status", status: 401, body: { message: "Bad credentials" } } as const;
  heads += 1;
  const lax = await withLedger(scene, `refused-${heads}`, { [POLICIES]: ENFORCED });
  for (const order of orders) scene.github.fail({ ...order, fault });
  const { head } = await openPull(lax, harmless());
  await scene.settled();
  scene.github.forgetFaults();
  expect(lax.checkRuns(head).map(({ conclusion }) => conclusion)).not.toContain("success");
  expect(lax.checkRuns(head).length).toBeGreaterThan(0);
});

describe("GitHub's clock and the App's are apart", () => {
  test.each([
    { when: "GitHub's is 20 minutes behind", minutes: -20 },
    { when: "GitHub's is 20 minutes ahead", minutes: 20 },
  ])("$when: tokens are made all the same", async ({ minutes }) => {
    const now = () => new Date(Date.now() + minutes * 60_000);
    await using skewed = await openScene({}, { now });
    const apart = await skewed.repository("apart", { [POLICIES]: ENFORCED });
    const { head } = await openPull(apart, harmless());
    await skewed.settled();
    expect(apart.checkRuns(head)[0]).toMatchObject({ conclusion: "success" });
  });
});

test.each<{ form: TokenForm; look: RegExp }>([
  { form: "classic", look: /^ghs_[0-9a-f]{36}$/ },
  { form: "stateless", look: /^ghs_[0-9]+_[\w-]+\.[\w-]{100,}\.[\w-]+$/ },
])("tokens of the form $form were really used", ({ look }) => {
  const sent = [...scene.github.authorizations].map((header) =>
    header.startsWith("Basic ")
      ? Buffer.from(header.slice(6), "base64")
          .toString("utf8")
          .replace(/^[^:]*:/, "basic ")
      : header,
  );
  expect(sent.some((header) => header.startsWith("token ") && look.test(header.slice(6)))).toBe(
    true,
  );
  expect(sent.some((header) => header.startsWith("basic ") && look.test(header.slice(6)))).toBe(
    true,
  );
});

test("GitHub refused nothing of what was sent while tokens expired", () => {
  expect(scene.github.violations).toEqual([]);
});
