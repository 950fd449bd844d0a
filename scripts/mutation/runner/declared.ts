/** What a test or hook does. */
export type Act = (...args: readonly unknown[]) => unknown;

export interface Suite {
  readonly title: string;
  readonly parent: Suite | null;
  readonly isSkipped: boolean;
  readonly beforeAll: Act[];
  readonly afterAll: Act[];
  readonly beforeEach: Act[];
  readonly afterEach: Act[];
}

export interface DeclaredTest {
  /** `test/rules/text.test.ts › suite › title #2`: the same in every run. */
  readonly id: string;
  readonly suite: Suite;
  readonly isSkipped: boolean;
  readonly act: () => unknown;
}

/** What test files declared since the last `takeDeclared`. A file declares while it is imported. */
let tests: DeclaredTest[] = [];
let suite: Suite = suiteOf("", null, false);

/** Begins a test file, a suite of its own at the top. */
export function beginFile(path: string): void {
  suite = suiteOf(path, null, false);
}

export function takeDeclared(): readonly DeclaredTest[] {
  const taken = tests;
  tests = [];
  return taken;
}

export function currentSuite(): Suite {
  return suite;
}

export function declareSuite(title: string, isSkipped: boolean, body: () => void): void {
  const parent = suite;
  suite = suiteOf(title, parent, isSkipped || parent.isSkipped);
  body();
  suite = parent;
}

export function declareTest(title: string, isSkipped: boolean, act: () => unknown): void {
  const name = [...lineage(suite).map((one) => one.title), title].join(" › ");
  const same = tests.filter(({ id }) => id === name || id.startsWith(`${name} #`)).length;
  const id = same === 0 ? name : `${name} #${same}`;
  tests.push({ id, suite, isSkipped: isSkipped || suite.isSkipped, act });
}

/** A suite and all that it stands in, outermost first. */
export function lineage(innermost: Suite): readonly Suite[] {
  const { parent } = innermost;
  return [...(parent === null ? [] : lineage(parent)), innermost];
}

function suiteOf(title: string, parent: Suite | null, isSkipped: boolean): Suite {
  const hooks = { beforeAll: [], afterAll: [], beforeEach: [], afterEach: [] };
  return { title, parent, isSkipped, ...hooks };
}
