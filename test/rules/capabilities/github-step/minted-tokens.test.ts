import { expect, test } from "vitest";
import { gainedWay, lineOfGain, reachTexts } from "../../../../rules/capabilities/reach.ts";
import { APP, AWS, doesGain, KEY, mintedIn, reachOf } from "./minted.ts";

function foundIn(step: string): string[] {
  return mintedIn(step).map(({ name, line, certainty }) => `${name} ${line} ${certainty}`);
}

test.each([
  ["octo/token@v1", "private-key"],
  ["octo/token@v1", "app_private_key"],
  ["octo/token@v1", "privateKey"],
])("%s that is not known mints one from a secret as its %s", (uses, input) => {
  expect(foundIn(`uses: ${uses}\nwith: {${input}: "${KEY}"}`)).toEqual(["octo/token 6 heuristic"]);
});

test("a local action is named as written, and a step of no action not at all", () => {
  const inputs = `with: {private-key: "${KEY}"}`;
  expect(foundIn(`uses: ./token\n${inputs}`)).toEqual(["./token 6 heuristic"]);
  expect(foundIn(`run: make\n${inputs}`)).toEqual([" 6 heuristic"]);
});

test("a token is minted at the first input that says whose it is", () => {
  const inputs = 'with:\n  workload_identity_provider: ""\n  service_account: a';
  const step = `uses: google-github-actions/auth@v2\n${inputs}`;
  expect(foundIn(step)).toEqual(["google-github-actions/auth 8 exact"]);
});

test.each([
  [`uses: octo/deploy@v1\nwith: {ssh-private-key: "${KEY}"}`],
  [`uses: octo/sign@v1\nwith: {gpg_private_key: "${KEY}"}`],
  ["uses: octo/token@v1\nwith: {private-key: path/to/key.pem}"],
  [`uses: octo/token@v1\nwith: {private-key-password: "${KEY}"}`],
  ["uses: octo/token@v1\nwith: {private-key: '${{ inputs.key }}'}"],
  [`uses: octo/token@v1\nwith: {key: "${KEY}"}`],
  ["uses: actions/create-github-app-token@v1"],
  ['uses: actions/create-github-app-token@v1\nwith: {private-key: ""}'],
  ["uses: aws-actions/configure-aws-credentials@v4\nwith: {aws-access-key-id: a}"],
  ["run: make"],
])("%s mints none", (step) => {
  expect(foundIn(step)).toEqual([]);
});

test("a literal role is shown, one that a secret holds is not, and an app has none", () => {
  const contextOf = (action: string, input: string): string | undefined =>
    mintedIn(`uses: ${action}@v1\nwith: {${input}}`)[0]?.context;
  const role = "role-to-assume: 'arn:aws:iam::1:role/ci'";
  expect(contextOf(AWS, role)).toBe("on push; as arn:aws:iam::1:role/ci");
  expect(contextOf(AWS, 'role-to-assume: "${{ secrets.ROLE }}"')).toBe("on push");
  expect(contextOf(APP, `private-key: "${KEY}"`)).toBe("on push");
});

const READ = "permission-contents: read";
const WRITE = "permission-contents: write";
const ADMIN = "permission-contents: admin";
const ANY = 'permission-contents: "${{ inputs.level }}"';
const NONE = 'permission-contents: ""';
const ISSUES = "permission-issues: read";

const repositories = (from: number, to: number): string => {
  const names = Array.from({ length: to - from }, (_, at) => `r${from + at}`);
  return `repositories: "${names.join()}"`;
};

test.each([
  { what: "no limit of permissions", base: READ, head: "", gains: true },
  { what: "one permission more", base: READ, head: `${READ}\n${ISSUES}`, gains: true },
  { what: "writing for reading", base: READ, head: WRITE, gains: true },
  { what: "another permission", base: READ, head: ISSUES, gains: true },
  { what: "writing of another kind", base: WRITE, head: "permission-issues: write", gains: true },
  { what: "administering for writing", base: WRITE, head: ADMIN, gains: true },
  { what: "writing for administering", base: ADMIN, head: WRITE, gains: false },
  { what: "a level of the run's own", base: WRITE, head: ANY, gains: true },
  {
    what: "another level of the run's own",
    base: ANY.replace("l }", "m }"),
    head: ANY,
    gains: true,
  },
  { what: "only permissions that are empty", base: `${ISSUES}\n${NONE}`, head: NONE, gains: true },
  { what: "a permission that is empty", base: "", head: NONE, gains: false },
  { what: "a limit of permissions", base: "", head: READ, gains: false },
  { what: "one permission less", base: `${READ}\n${ISSUES}`, head: READ, gains: false },
  { what: "reading for writing", base: WRITE, head: READ, gains: false },
  { what: "an owner without repositories", base: "", head: "owner: octo", gains: true },
  { what: "another owner", base: "owner: octo", head: "owner: cat", gains: true },
  { what: "an owner that was empty", base: 'owner: ""', head: "", gains: false },
  { what: "an empty owner", base: "", head: 'owner: ""', gains: false },
  { what: "no empty list of repositories", base: 'repositories: ""', head: "", gains: false },
  { what: "repositories for one's own", base: "", head: "repositories: a", gains: true },
  { what: "one repository more", base: "repositories: a", head: "repositories: a,b", gains: true },
  { what: "one repository less", base: "repositories: a,b", head: "repositories: b", gains: false },
  {
    what: "repositories for all of an owner's",
    base: "owner: o",
    head: "owner: o\nrepositories: a",
    gains: false,
  },
  {
    what: "all of an owner's for repositories",
    base: "owner: o\nrepositories: a",
    head: "owner: o",
    gains: true,
  },
  {
    what: "no repository in the list",
    base: "owner: o\nrepositories: a",
    head: 'owner: o\nrepositories: ","',
    gains: true,
  },
  {
    what: "no list for one without a repository",
    base: 'owner: o\nrepositories: ","',
    head: "owner: o",
    gains: false,
  },
  {
    what: "a list's last comma",
    base: "repositories: a",
    head: 'repositories: "a,"',
    gains: false,
  },
  { what: "very many others", base: repositories(0, 101), head: repositories(1, 102), gains: true },
  {
    what: "very many in other order",
    base: repositories(0, 101),
    head: `${repositories(1, 101).slice(0, -1)},r0"`,
    gains: false,
  },
  {
    what: "repositories in other order",
    base: "repositories: a, b",
    head: 'repositories: "b\\na"',
    gains: false,
  },
  {
    what: "another way to name one's own",
    base: "repositories: a",
    head: 'owner: "${{ github.repository_owner }}"\nrepositories: a',
    gains: false,
  },
  { what: "the app's id", base: "app-id: 1", head: "app-id: 2", gains: false },
])("$what gains: $gains", ({ gains, ...inputs }) => {
  expect(doesGain(inputs)).toBe(gains);
});

test("very many repositories are told apart as a whole", () => {
  const placesOf = (count: number): number =>
    reachOf(repositories(0, count)).filter(({ cause }) => cause === "places").length;
  expect(placesOf(100)).toBe(100);
  expect(placesOf(101)).toBe(1);
});

test.each([
  { what: "another role", base: "role-to-assume: a", head: "role-to-assume: b", gains: true },
  {
    what: "a policy that is gone",
    base: "role-to-assume: a\ninline-session-policy: p",
    head: "role-to-assume: a",
    gains: true,
  },
  {
    what: "an empty policy that is gone",
    base: 'role-to-assume: a\ninline-session-policy: ""',
    head: "role-to-assume: a",
    gains: false,
  },
  {
    what: "a policy that came",
    base: "role-to-assume: a",
    head: "role-to-assume: a\ninline-session-policy: p",
    gains: false,
  },
  {
    what: "another region",
    base: "role-to-assume: a",
    head: "role-to-assume: a\naws-region: x",
    gains: false,
  },
])("$what of a cloud's login gains: $gains", ({ gains, ...inputs }) => {
  expect(doesGain(inputs, AWS)).toBe(gains);
});

const POLICY = "role-to-assume: a\ninline-session-policy: p";

test.each([
  { what: "a permission more", base: READ, head: `${READ}\n${ISSUES}`, line: 9 },
  { what: "an owner", base: "", head: "app-id: 1\nowner: octo", line: 9 },
  { what: "a repository", base: "", head: "app-id: 1\nrepositories: a", line: 9 },
  { what: "this repository", base: "repositories: a", head: "app-id: 1", line: 7 },
  { what: "another policy", action: AWS, base: POLICY, head: `${POLICY}q`, line: 9 },
  { what: "no policy", action: AWS, base: POLICY, head: "a: b\nrole-to-assume: a", line: 9 },
])("$what is shown at its line", ({ base, head, line, action }) => {
  const [before, after] = [reachOf(base, action), reachOf(head, action)];
  const gained = gainedWay(after, before);
  expect(gained && lineOfGain(gained, before)).toBe(line);
});

test("limits in other order are the same reach", () => {
  const limits = ["inline-session-policy: a", "managed-session-policies: b"];
  const textsOf = (lines: readonly string[]): string[] =>
    reachTexts(reachOf(["role-to-assume: c", ...lines].join("\n"), AWS));
  expect(textsOf(limits.toReversed())).toEqual(textsOf(limits));
});

test.each([
  { what: "the same list", base: '"a, b"', head: '"b , a"', gains: false },
  { what: "the same lines", base: '"a \\nb"', head: '"b\\na"', gains: false },
  { what: "the same words", base: '"a  b"', head: '"a b"', gains: false },
  { what: "another name", base: '"a,b"', head: "ab", gains: true },
  { what: "words in other order", base: '"a b"', head: '"b a"', gains: true },
  { what: "words in other order, far apart", base: '"a  b"', head: '"b  a"', gains: true },
  {
    what: "JSON of the same words",
    base: `'[{"a":1,"b":2,"c":3},{"a":4,"b":5,"c":6}]'`,
    head: `'[{"a":1,"b":5,"c":3},{"a":4,"b":2,"c":6}]'`,
    gains: true,
  },
])("$what as a limit gains: $gains", ({ base, head, gains }) => {
  const limits = { base: `permissions: ${base}`, head: `permissions: ${head}` };
  expect(doesGain(limits, "tibdex/github-app-token")).toBe(gains);
});
