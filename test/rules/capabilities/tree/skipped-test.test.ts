import { expect, test } from "vitest";
import { factsOf } from "./tree-change.ts";

test.each([
  ["a.test.ts", "it.skip('a', () => {})", "skipped"],
  ["a.test.ts", "describe.skip.each([1])('a')", "skipped"],
  ["a.test.js", "xit('a')", "skipped"],
  ["a.spec.js", "test.only('a')", "focused"],
  ["a.spec.js", "fdescribe('a')", "focused"],
  ["a_test.go", '\tt.Skip("a")', "skipped"],
  ["a_test.go", "\tt.SkipNow()", "skipped"],
  ["test_a.py", "@pytest.mark.skip(reason='a')", "skipped"],
  ["test_a.py", "@unittest.skip('a')", "skipped"],
  ["AaTest.java", "  @Disabled", "skipped"],
  ["AaTest.kt", '@Ignore("a")', "skipped"],
  ["tests/a.rs", "#[ignore]", "skipped"],
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
