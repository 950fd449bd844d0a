/**
 * Whether a path is a test's by the conventions of the common languages: what their runners find by
 * its name, or below a folder of tests. Data that tests read is none.
 */
export function isTestFile(path: string): boolean {
  return !ASIDE.test(path) && (TEST_NAME.test(path) || BELOW_TESTS.test(path));
}

/** What a test file tests, by its name alone and in small letters: `user` for `user_test.go` and `UserTest.java`. */
export function testedName(path: string): string {
  const name = path.slice(path.lastIndexOf("/") + 1).replace(/\..*$/s, "");
  const bare = name.replace(
    /^test[_-]|[_-](?:test|tests|spec|unittest)$|(?<=[A-Za-z0-9])(?:Tests?|Spec)$|(?<=[a-z0-9])IT$/,
    "",
  );
  return bare.toLowerCase();
}

/** Whether a test file's text holds nothing that could be run: no line, or comments alone. Linear. */
export function isEmptied(text: string): boolean {
  let inBlock = false;
  return text.split("\n").every((line) => {
    const begins = !inBlock && /^\s*\/\*/.test(line);
    inBlock ||= begins;
    if (!inBlock) return COMMENT.test(line);
    const end = line.indexOf("*/", begins ? line.indexOf("/*") + 2 : 0);
    inBlock = end < 0;
    return inBlock || line.slice(end + 2).trim() === "";
  });
}

/** A line that is empty or a comment; `#[test]`, `#include` and `#!` are none. */
const COMMENT = /^\s*(?:$|\/\/|#(?!\[|include|!)|--|;|%)/;

/** Whether a path lies below a folder that holds tests and what they need. */
export function isBelowTests(path: string): boolean {
  return /(?:^|\/)(?:tests?|__tests__|specs?|e2e|t)\//i.test(path);
}

/** Other people's code, and what tests are given. */
const ASIDE =
  /(?:^|\/)(?:node_modules|vendor|third_party|testdata|fixtures?|__fixtures__|__snapshots__)\//i;

const TEST_NAME = new RegExp(
  [
    String.raw`_test\.(?:go|py|rb|dart|exs|cc|cpp|cxx|c|clj|[cm]?[jt]sx?)$`,
    String.raw`_unittest\.(?:cc|cpp|py)$`,
    String.raw`(?:^|\/)test_[^/]*\.(?:py|rb|cc|cpp|c)$`,
    String.raw`[.-](?:test|spec|cy)\.[cm]?[jt]sx?$`,
    String.raw`_spec\.(?:rb|lua)$`,
    String.raw`(?:[A-Za-z0-9]Tests?|[a-z0-9]IT)\.(?:java|kt|scala|groovy|php|cs|fs|vb|swift|m)$`,
    String.raw`[A-Za-z0-9]Spec\.(?:scala|groovy|kt|hs)$`,
    String.raw`\.bats$`,
  ].join("|"),
);

const BELOW_TESTS =
  /(?:^|\/)__tests__\/.*\.[cm]?[jt]sx?$|(?:^|\/)src\/test\/.*\.(?:java|kt|scala|groovy)$|(?:^|\/)tests\/[^/]+\.rs$|(?:^|\/)t\/[^/]+\.t$/;
