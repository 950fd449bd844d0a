import { expect, test } from "vitest";
import { hostedRepository } from "../../../../rules/capabilities/npm/hosted-repository.ts";

test.each([
  ["https://codeload.github.com/acme/a/tar.gz/main", "https://github.com/acme/a"],
  ["https://raw.githubusercontent.com/acme/a/main/a.tgz", "https://github.com/acme/a"],
  ["http://www.github.com/acme/a.git", "http://github.com/acme/a"],
  ["https://GitHub.com/acme/a.b", "https://github.com/acme/a.b"],
  ["https://gitlab.com/acme/a/-/archive/main/a.tar.gz", "https://gitlab.com/acme/a"],
  ["https://bitbucket.org/acme/a/get/main.tar.gz", "https://bitbucket.org/acme/a"],
  ["https://github.com/acme", null],
  ["https://github.com.example.org/acme/a", null],
  ["https://example.org/github.com/acme/a", null],
  ["github.com/acme/a", null],
])("%s is of the repository %s", (url, repository) => {
  expect(hostedRepository(url)).toBe(repository);
});
