import { expect, test } from "vitest";
import { factsOf } from "./tree-change.ts";

test.each([
  ["a.test.ts", "it.skip('a', () => {})", "skipped"],
  ["a.test.ts", "describe.skip.each([1])('a')", "skipped"],
  ["a.test.js", "xit('a')", "skipped"],
  ["a.test.js", "xit ('a')", "skipped"],
  ["a.test.ts", "test . skip('a', () => {})", "skipped"],
  ["a.test.ts", "  .skip('a', () => {})", "skipped"],
  ["a.test.ts", "test['skip']('a', () => {})", "skipped"],
  ["a.test.ts", "test.concurrent.skip('a', () => {})", "skipped"],
  ["a.test.ts", "test.todo('a', () => {})", "skipped"],
  ["a.test.ts", "test.fails('a', () => {})", "skipped"],
  ["a.test.ts", "it.failing('a', () => {})", "skipped"],
  ["a.test.ts", "test.skipIf(true)('a', () => {})", "skipped"],
  ["a.test.ts", "test.runIf(false)('a', () => {})", "skipped"],
  ["a.test.ts", "test('a', { skip: true }, () => {})", "skipped"],
  ["a.test.ts", "test('a', { skip: 'later' }, () => {})", "skipped"],
  ["a.test.ts", "  t.skip()", "skipped"],
  ["a.test.ts", "test('a', { only: true }, () => {})", "focused"],
  ["a.test.ts", "test['only']('a', () => {})", "focused"],
  ["a.test.ts", "  .only('a', () => {})", "focused"],
  ["a.test.ts", "fit ('a', () => {})", "focused"],
  ["a.spec.js", "test.only('a')", "focused"],
  ["a.spec.js", "fdescribe('a')", "focused"],
  ["a_test.go", '\tt.Skip("a")', "skipped"],
  ["a_test.go", "\tt.SkipNow()", "skipped"],
  ["a_test.go", "\ttt.SkipNow()", "skipped"],
  ["a_test.go", "//go:build ignore", "skipped"],
  ["a_test.go", "// +build ignore", "skipped"],
  ["test_a.py", "@mark.skip", "skipped"],
  ["test_a.py", "@pytest.mark.skipif(True, reason='a')", "skipped"],
  ["test_a.py", "@unittest.skip", "skipped"],
  ["test_a.py", "@unittest.expectedFailure", "skipped"],
  ["test_a.py", "    raise unittest.SkipTest", "skipped"],
  ["test_a.py", "__test__ = False", "skipped"],
  ["test_a.py", "@pytest.mark.skip(reason='a')", "skipped"],
  ["test_a.py", "@unittest.skip('a')", "skipped"],
  ["AaTest.java", "  @Disabled", "skipped"],
  ["AaTest.kt", '@Ignore("a")', "skipped"],
  ["AaTest.java", "@org.junit.jupiter.api.Disabled", "skipped"],
  ["AaTest.java", "@Test(enabled = false)", "skipped"],
  ["AaTest.java", "assumeTrue(false);", "skipped"],
  ["tests/a.rs", "#[ignore]", "skipped"],
  ["a_spec.rb", "it 'a', :skip do", "skipped"],
  ["a_spec.rb", "it 'a', skip: true do", "skipped"],
  ["a_spec.rb", "it 'a', :focus do", "focused"],
  ["AaTests.cs", "[Test, Explicit]", "skipped"],
  ["AaTests.swift", '@Test(.disabled("a")) func a()', "skipped"],
  ["a_test.exs", "@tag skip: true", "skipped"],
  ["a_spec.rb", "  xit 'a' do", "skipped"],
  ["a_spec.rb", "fit 'a' do", "focused"],
  ["AaTest.php", "$this->markTestSkipped('a');", "skipped"],
  ["AaTests.cs", '[Fact(Skip = "a")]', "skipped"],
])("in %s, %s leaves a test out: %s", (path, line, level) => {
  const facts = factsOf("test.skip", { [path]: "one\n" }, { [path]: `one\n${line}\n` });
  expect(facts).toEqual([`added ${line.trim()} -→${level}`]);
});

test.each([
  ["a.ts", "it.skip('a')"],
  ["a.test.ts", "// it.skip('a')"],
  ["a.test.ts", "list.only('a')"],
  ["a.test.ts", "test.todo('a')"],
  ["a.test.ts", "test.skipIf(isWindows)('a', () => {})"],
  ["a.test.ts", "  .skip(10)"],
  ["a.test.ts", "const page = { skip: true };"],
  ["a_test.go", "//go:build linux"],
  ["a_test.go", "\tscanner.Skip(1)"],
  ["test_a.py", "@unittest.skipIf(old, 'a')"],
  ["AaTests.cs", "[JsonIgnore]"],
  ["AaTests.swift", "@Test(.disabled(if: old)) func a()"],
  ["a.test.ts", "exit('a')"],
  ["test_a.py", "@pytest.mark.skipif(old, reason='a')"],
  ["a_spec.rb", "# xit 'a'"],
  ["AaTest.java", "@DisabledOnOs(WINDOWS)"],
  ["test/a.bats", "skipped=1"],
])("in %s, %s leaves none out", (path, line) => {
  expect(factsOf("test.skip", { [path]: "one\n" }, { [path]: `one\n${line}\n` })).toEqual([]);
});

const SKIP = "it.skip('a')\n";

test("in a file that is new a test has never run", () => {
  expect(factsOf("test.skip", {}, { "a.test.ts": SKIP })).toEqual(["added it.skip('a') -→first"]);
});

test("in a file that may be an old one under another name it may have run", () => {
  const facts = factsOf("test.skip", { "b.test.ts": "it('a')\n" }, { "a.test.ts": SKIP });
  expect(facts).toEqual(["added it.skip('a') -→skipped"]);
});

test("one that moves within its file is no other one", () => {
  const base = { "a.test.ts": `one\n${SKIP}` };
  expect(factsOf("test.skip", base, { "a.test.ts": `${SKIP}one\n` })).toEqual([]);
});
