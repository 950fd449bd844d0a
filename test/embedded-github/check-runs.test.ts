import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import {
  installationClient,
  openPull,
  refusal,
  shop,
  startFixture,
  type Fixture,
} from "./fixture.ts";

let fixture: Fixture;
let sha: string;
beforeAll(async () => {
  fixture = await startFixture();
  ({ sha } = await openPull(fixture));
});
afterAll(() => fixture[Symbol.asyncDispose]());

let violationsBefore: number;
beforeEach(() => {
  violationsBefore = fixture.github.violations.length;
});

const annotation = {
  path: "a.yml",
  start_line: 1,
  end_line: 1,
  annotation_level: "failure",
  message: "no",
} as const;

/** Creates a check run named `bailiff`, and answers its id. */
async function create(more: Readonly<Record<string, unknown>> = {}): Promise<number> {
  const route = "POST /repos/{owner}/{repo}/check-runs";
  const body = { ...shop, name: "bailiff", head_sha: sha, ...more };
  return Number((await fixture.asInstallation.request(route, body)).data.id);
}

function withAnnotations(annotations: readonly unknown[]): Readonly<Record<string, unknown>> {
  return { output: { title: "t", summary: "s", annotations } };
}

/** Three bytes, one character. */
const wide = "€";

test("a check run begins, is updated and read back as it was written", async () => {
  const { checks } = fixture.asInstallation.rest;
  const { data } = await checks.create({
    ...shop,
    name: "bailiff",
    head_sha: sha,
    status: "in_progress",
    external_id: "leaf",
  });
  expect(data).toMatchObject({ status: "in_progress", conclusion: null, completed_at: null });
  const output = { title: "Denied", summary: "why", text: "more", annotations: [annotation] };
  const update = { ...shop, check_run_id: data.id };
  await checks.update({ ...update, conclusion: "failure", output });
  expect((await checks.get(update)).data).toMatchObject({
    status: "completed",
    conclusion: "failure",
    external_id: "leaf",
    head_sha: sha,
    output: { title: "Denied", summary: "why", text: "more", annotations_count: 1 },
    app: { id: fixture.app.id },
    pull_requests: [{ number: 1 }],
  });
  const reopened = await checks.update({ ...update, status: "in_progress" });
  expect(reopened.data).toMatchObject({ status: "in_progress", conclusion: null });
});

test("annotations of several requests add up", async () => {
  const { checks } = fixture.asInstallation.rest;
  const fifty = Array.from({ length: 50 }, (_, index) => ({ ...annotation, message: `${index}` }));
  const id = await create(withAnnotations(fifty));
  const more = { title: "t", summary: "s", annotations: [{ ...annotation, message: "last" }] };
  await checks.update({ ...shop, check_run_id: id, output: more });
  const page = await checks.listAnnotations({ ...shop, check_run_id: id, per_page: 50, page: 2 });
  expect(page.data.map(({ message }) => message)).toEqual(["last"]);
});

test.each([
  {
    what: "65,535 bytes of summary",
    body: { output: { title: "t", summary: "x".repeat(65_535) } },
  },
  {
    what: "64 KB of message",
    body: withAnnotations([{ ...annotation, message: "x".repeat(65_536) }]),
  },
  { what: "a title of 255", body: withAnnotations([{ ...annotation, title: "x".repeat(255) }]) },
  {
    what: "columns on one line",
    body: withAnnotations([{ ...annotation, start_column: 1, end_column: 2 }]),
  },
  { what: "a conclusion without a status", body: { conclusion: "success" } },
  {
    what: "three actions",
    body: {
      actions: Array.from({ length: 3 }, () => ({ label: "l", description: "d", identifier: "i" })),
    },
  },
])("$what is accepted", async ({ body }) => {
  await create(body);
  expect(fixture.github.violations).toHaveLength(violationsBefore);
});

test.each([
  {
    what: "65,535 characters of summary in more bytes",
    body: { output: { title: "t", summary: "x".repeat(65_533) + wide } },
    says: "summary exceeds a maximum bytesize of 65535",
  },
  {
    what: "65,536 bytes of text",
    body: { output: { title: "t", summary: "s", text: "x".repeat(65_536) } },
    says: "text exceeds a maximum bytesize of 65535",
  },
  {
    what: "51 annotations",
    body: withAnnotations(Array.from({ length: 51 }, () => annotation)),
    says: "No more than 50 items",
  },
  {
    what: "a message over 64 KB",
    body: withAnnotations([{ ...annotation, message: "x".repeat(65_537) }]),
    says: "message exceeds",
  },
  {
    what: "raw details over 64 KB",
    body: withAnnotations([{ ...annotation, raw_details: "x".repeat(65_537) }]),
    says: "raw_details exceeds",
  },
  {
    what: "an annotation's title of 256",
    body: withAnnotations([{ ...annotation, title: "x".repeat(256) }]),
    says: "title is too long",
  },
  {
    what: "columns over two lines",
    body: withAnnotations([{ ...annotation, end_line: 2, start_column: 1 }]),
    says: "columns",
  },
  { what: "line 0", body: withAnnotations([{ ...annotation, start_line: 0 }]), says: "end_line" },
  {
    what: "an end before its start",
    body: withAnnotations([{ ...annotation, start_line: 2 }]),
    says: "end_line",
  },
  { what: "completed without a conclusion", body: { status: "completed" }, says: "conclusion" },
  {
    what: "a conclusion of what is in progress",
    body: { status: "in_progress", conclusion: "success" },
    says: "conclusion",
  },
  { what: "the conclusion stale", body: { conclusion: "stale" }, says: "stale" },
  { what: "an unknown conclusion", body: { conclusion: "green" }, says: "conclusion" },
  { what: "an unknown field", body: { sumary: "s" }, says: "sumary" },
  {
    what: "an unknown field of an annotation",
    body: withAnnotations([{ ...annotation, line: 1 }]),
    says: "/output/annotations/0/line",
  },
  { what: "output without a summary", body: { output: { title: "t" } }, says: "summary" },
  { what: "output that is no object", body: { output: null }, says: "output" },
  { what: "annotations that are none", body: withAnnotations([null, 1]), says: "annotations" },
  {
    what: "an action's label of 21",
    body: { actions: [{ label: "x".repeat(21), description: "d", identifier: "i" }] },
    says: "label",
  },
])("$what is refused, and noted", async ({ body, says }) => {
  expect(await refusal(create(body))).toEqual([422, expect.stringContaining(says)]);
  expect(fixture.github.violations).toHaveLength(violationsBefore + 1);
});

test.each([{ head_sha: "0".repeat(40) }, { head_sha: "main" }])(
  "$head_sha is no commit to check",
  async (body) => {
    expect(await refusal(create(body))).toEqual([422, expect.stringContaining("No commit found")]);
  },
);

test("a body that is not JSON is refused", async () => {
  const { data } = await fixture.asApp.rest.apps.createInstallationAccessToken({
    installation_id: fixture.installation.id,
  });
  const headers = { authorization: `token ${data.token}` };
  const url = `${fixture.github.apiUrl}/repos/acme/shop/check-runs`;
  const post = (body: string): Promise<Response> => fetch(url, { method: "POST", headers, body });
  expect((await post("{")).status).toBe(400);
  expect((await post("null")).status).toBe(422);
  expect((await post("")).status).toBe(422);
});

test("only the App that made a check run may change it, and no person may make one", async () => {
  const other = await otherApp();
  const id = await create();
  const update = { ...shop, check_run_id: id, conclusion: "success" } as const;
  expect((await refusal(other.rest.checks.update(update)))[0]).toBe(403);
  expect((await refusal(other.rest.checks.rerequestRun({ ...shop, check_run_id: id })))[0]).toBe(
    403,
  );
  fixture.repository.grant("root", "admin");
  const byPerson = fixture.as("root").rest.checks.create({ ...shop, name: "b", head_sha: sha });
  expect(await refusal(byPerson)).toEqual([403, expect.stringContaining("GitHub App")]);
});

test("a commit's newest run of each name and App is listed, or all of them", async () => {
  const commit = await fixture.repository.commit({
    branch: "listed",
    files: { listed: "1" },
    by: "ann",
  });
  const other = await otherApp();
  await create({ head_sha: commit });
  const id = await create({ head_sha: commit });
  await create({ head_sha: commit, name: "else" });
  await other.rest.checks.create({ ...shop, name: "bailiff", head_sha: commit });
  const list = fixture.asInstallation.rest.checks.listForRef;
  const latest = (await list({ ...shop, ref: "heads/listed", check_name: "bailiff" })).data;
  expect(latest.total_count).toBe(2);
  expect(latest.check_runs.map((run) => run.id)).toContain(id);
  const { app } = fixture;
  const own = await list({
    ...shop,
    ref: commit,
    check_name: "bailiff",
    app_id: app.id,
    filter: "all",
  });
  expect(own.data.total_count).toBe(2);
  expect((await list({ ...shop, ref: commit, status: "completed" })).data.total_count).toBe(0);
  expect((await refusal(list({ ...shop, ref: "absent" })))[0]).toBe(422);
  expect(fixture.repository.checkRuns(commit)).toHaveLength(4);
});

/** Another App with the same permission, also installed on `acme`. */
function otherApp(): Promise<Fixture["asInstallation"]> {
  const { github } = fixture;
  const manifest = { default_permissions: { checks: "write" }, default_events: [] } as const;
  const app = github.registerApp({ slug: "other", manifest, webhookSecret: "unused here" });
  const { id } = github.install(app, { owner: "acme" });
  return installationClient(github, app, id);
}
