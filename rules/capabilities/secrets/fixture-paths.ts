/** Folders of tests, of what they work on, of examples and of documents. */
const FOLDER =
  /^(?:.*[-_.])?(?:tests?|specs?|testing|testdata|testsuite|e2e|fixtures?|mocks?|__tests__|__mocks__|__fixtures__|__snapshots__|examples?|samples?|demos?|docs?|documentation|corpus|cassettes?|integration)$/;

/** `a.test.js`, `a_test.go`, `test_a.py`, `ATest.java`, `conftest.py`. */
const NAME =
  /(?:^|[._-])(?:tests?|specs?|mocks?|fixtures?|examples?|samples?|snap|e2e)(?=[._-]|$)|^conftest\.py$|(?:Test|Tests|Spec|IT)\.[a-z]{1,6}$/;

/** Whether a path is one where tests and documents keep credentials that open nothing. */
export function isFixturePath(path: string): boolean {
  const folders = path.toLowerCase().split("/").slice(0, -1);
  const name = path.slice(path.lastIndexOf("/") + 1);
  return folders.some((folder) => FOLDER.test(folder)) || NAME.test(name);
}
