import { expect, test } from "vitest";
import { updateBots } from "../../../rules/capabilities/update-bots.ts";
import { diffOf, shown } from "./changes.ts";

const RENOVATE = "renovate.json";

function gained(base: string, head: string, path = RENOVATE): string[] {
  return diffOf({ [path]: base }, { [path]: head })
    .map(shown)
    .filter((fact) => !/ renovate (?:updates|vulnerability alerts) /.test(fact));
}

test.each([
  "renovate.json5",
  ".github/renovate.json",
  ".renovaterc",
  ".renovaterc.json",
  ".github/dependabot.yaml",
])("%s is claimed, and only warns where it is not understood", (path) => {
  expect(updateBots.claims(path)).toBe("resembles");
  expect(updateBots.claims(`a/${path}`)).toBeNull();
});

test.each([
  {
    when: "everything merges by itself",
    head: "{ automerge: true }",
    seen: "added all updates automerge -→all",
  },
  {
    when: "all but major updates do",
    head: "{ automerge: true, major: { automerge: false } }",
    seen: "added all updates automerge -→minor",
  },
  {
    when: "those of some packages do",
    head: "{ packageRules: [{ matchPackageNames: ['a'], automerge: true }] }",
    seen: "added matchPackageNames a automerge -→major",
  },
  {
    when: "small ones of some packages do",
    head: "{ packageRules: [{ matchDepNames: ['a'], matchUpdateTypes: ['patch', 'pin'], automerge: true }] }",
    seen: "added matchDepNames a automerge -→patch",
  },
  {
    when: "a preset lets them",
    head: "{ extends: [':automergeMinor'] }",
    seen: "added all updates automerge -→minor",
  },
  {
    when: "lock files do",
    head: "{ lockFileMaintenance: { automerge: true } }",
    seen: "added lockFileMaintenance automerge -→patch",
  },
  {
    when: "an own preset does that has an argument",
    head: "{ extends: [':automergeAll(a)'] }",
    seen: "added all updates automerge -→all",
  },
  {
    when: "everything does by an older word",
    head: "{ automerge: 'any' }",
    seen: "added all updates automerge -→all",
  },
  {
    when: "small updates do by an older word",
    head: "{ automerge: 'patch' }",
    seen: "added all updates automerge -→patch",
  },
  {
    when: "large updates do by an older key",
    head: "{ automergeMajor: true }",
    seen: "added all updates automerge -→major",
  },
  {
    when: "those of some packages do by an older key",
    head: "{ packages: [{ packageNames: ['a'], automerge: true }] }",
    seen: "added packageNames a automerge -→major",
  },
  {
    when: "tests are ignored by an older key",
    head: "{ requiredStatusChecks: null }",
    seen: "added all updates ignoreTests -→-",
  },
  {
    when: "tests are ignored by an own preset",
    head: "{ extends: [':skipStatusChecks'] }",
    seen: "added all updates ignoreTests -→-",
  },
  {
    when: "a registry stands for another one",
    head: "{ registryAliases: { stable: 'https://a.example' } }",
    seen: "added all updates https://a.example -→-",
  },
  {
    when: "a package decides",
    head: "{ extends: ['@acme/a:b', 'config:recommended', ':dependencyDashboard'] }",
    seen: "added all updates @acme/a:b -→-",
  },
  {
    when: "a part does that is called like a property of every object",
    head: "{ constructor: { automerge: true } }",
    seen: "added constructor automerge -→major",
  },
  {
    when: "updates of such a type do",
    head: "{ packageRules: [{ matchUpdateTypes: ['constructor'], automerge: true }] }",
    seen: "added all packages automerge -→major",
  },
  {
    when: "major updates do, however often small ones are named",
    head: `{ packageRules: [{ matchUpdateTypes: [${"'patch',".repeat(1_000)} 'major'], automerge: true }] }`,
    seen: "added all packages automerge -→major",
  },
  {
    when: "tests are ignored",
    head: "{ ignoreTests: true }",
    seen: "added all updates ignoreTests -→-",
  },
  {
    when: "packages run scripts",
    head: "{ allowScripts: true }",
    seen: "added all updates allowScripts -→-",
  },
  {
    when: "a registry is named",
    head: "{ registryUrls: ['https://a:b@r.example'] }",
    seen: "added all updates https://…@r.example -→-",
  },
])("Renovate is seen where $when", ({ head, seen }) => {
  expect(gained("{}", head)).toEqual([`${seen} renovate.json:1`]);
});

test("a preset that is called like a property of every object merges nothing", () => {
  expect(gained("{}", "{ extends: [':constructor'] }")).toEqual([]);
});

test.each([
  {
    when: "without a pull request",
    base: "{ automerge: true }",
    head: "{ automerge: true, automergeType: 'branch' }",
  },
  {
    when: "also what a rule took out",
    base: "{ automerge: true, packageRules: [{ matchPackageNames: ['a'], automerge: false }] }",
    head: "{ automerge: true, packageRules: [] }",
  },
])("what merges by itself is raised where it does $when", ({ base, head }) => {
  expect(gained(base, head)).toEqual(["raised all updates automerge all→all renovate.json:1"]);
});

test.each([
  { when: "Renovate is turned off", base: "{}", head: "{ enabled: false }", count: 2 },
  {
    when: "a rule of all packages turns Renovate off",
    base: "{}",
    head: "{ packageRules: [{ matchPackageNames: ['*'], enabled: false }] }",
    count: 2,
  },
  {
    when: "an own preset turns Renovate off",
    base: "{}",
    head: "{ extends: [':disableRenovate'] }",
    count: 2,
  },
  {
    when: "an own preset turns alerts off",
    base: "{}",
    head: "{ extends: [':disableVulnerabilityAlerts'] }",
    count: 1,
  },
  {
    when: "alerts are turned off",
    base: "{}",
    head: "{ vulnerabilityAlerts: { enabled: false } }",
    count: 1,
  },
  {
    when: "releases are taken sooner",
    base: "{ minimumReleaseAge: '2 weeks' }",
    head: "{ minimumReleaseAge: '12 hours' }",
    count: 1,
  },
])("a guard is lost where $when", ({ base, head, count }) => {
  const lost = diffOf({ [RENOVATE]: base }, { [RENOVATE]: head });
  expect(lost.map(({ delta, kind }) => [/removed|lowered/.test(delta), kind])).toEqual(
    Array.from({ length: count }, () => [true, "updates.guard"]),
  );
});

test("Dependabot is seen to lose a folder, and to run packages' code", () => {
  const base = "updates:\n- {package-ecosystem: npm, directories: [/a, /b]}\n";
  const head =
    "updates:\n- {package-ecosystem: npm, directories: [/a], insecure-external-code-execution: allow}\n";
  expect(gained(base, head, ".github/dependabot.yml")).toEqual([
    "added /a code of npm packages -→- dependabot.yml:2",
    "removed /b npm on→- dependabot.yml:2",
  ]);
});

const dependabot = (more: string): string => {
  return `updates:\n- {package-ecosystem: npm, directory: /, ${more}}\n`;
};

test.each([
  {
    when: "everything is ignored",
    head: "cooldown: {default-days: 7}, ignore: [{dependency-name: '*'}]",
    seen: ["removed / npm on→- dependabot.yml:2"],
  },
  {
    when: "large updates alone are ignored",
    head: "cooldown: {default-days: 7}, ignore: [{dependency-name: '*', update-types: [major]}]",
    seen: [],
  },
  {
    when: "one sort of release is taken sooner",
    head: "cooldown: {default-days: 7, semver-major-days: 0}",
    seen: ["lowered / npm cooldown weeks→hours dependabot.yml:2"],
  },
  {
    when: "every sort of release has its own time",
    head: "cooldown: {default-days: 0, semver-major-days: 9, semver-minor-days: 8, semver-patch-days: 7}",
    seen: [],
  },
  {
    when: "one sort of release waits alone",
    head: "cooldown: {semver-major-days: 7}",
    seen: ["lowered / npm cooldown weeks→hours dependabot.yml:2"],
  },
  {
    when: "no package has to wait",
    head: "cooldown: {default-days: 7, exclude: ['*']}",
    seen: ["removed / npm cooldown weeks→- dependabot.yml:2"],
  },
])("of Dependabot's guards is told where $when", ({ head, seen }) => {
  const base = dependabot("cooldown: {default-days: 7}");
  expect(gained(base, dependabot(head), ".github/dependabot.yml")).toEqual(seen);
});

test("Renovate's settings in package.json are read", () => {
  const head = '{"renovate": {"automerge": true}}';
  expect(gained("{}", head, "package.json")).toEqual([
    "added all updates automerge -→all package.json:1",
  ]);
  expect(updateBots.claims("a/package.json")).toBeNull();
  const other = new TextEncoder().encode('{"a": 1, "a": 2}');
  expect(updateBots.read("package.json", other)).toEqual({ understood: true, capabilities: [] });
});

test("a token in .npmrc is not shown, and another one is seen", () => {
  const seen = gained("{ npmrc: 'a=1' }", "{ npmrc: 'a=2' }");
  expect(seen).toEqual(["raised all updates npmrc -→- renovate.json:1"]);
});
