import { expect, test } from "vitest";
import {
  addressAt,
  addressIn,
  addressName,
  isGitHub,
  isLocal,
  isPinned,
} from "../../../../rules/capabilities/shell/address.ts";

test.each([
  ["https://Example.com/a/b?c=d", "example.com", "/a/b"],
  ["https://example.com.", "example.com", ""],
  ["say http://example.com:8080/x now", "example.com", "/x"],
  ["https://api.github.com@evil.example/x", "evil.example", "/x"],
  ["https://api.github.com;@evil.example/x", "evil.example", "/x"],
  ["https://api.github.com\\@evil.example/x", null, "/x"],
  ["https://evil.example\\@api.github.com/x", null, "/x"],
  ["https://evil.example?@api.github.com/x", "evil.example", ""],
  ["('https://example.com')", "example.com", ""],
  ["print('https://example.com',file=f)", "example.com", ""],
  ["(https://example.com)", null, ""],
  ["https://[::1]:80/x", "::1", "/x"],
  ["https://${T[::1]}.example.com/x", null, "/x"],
  ["://example.com/x", "example.com", "/x"],
  ["https://${TENANT}.example.com/x", "*.example.com", "/x"],
  ["https://$T.example.com/x", "*.example.com", "/x"],
  ["https://${T:-x}.example.com:443/x", "*.example.com", "/x"],
  ["https://$T.example.com%2eevil.example/x", null, "/x"],
  ["https://${{inputs.t}}.example.com/x", "*.example.com", "/x"],
  ["https://${{inputs.t}}-example.com/x", null, "/x"],
  ["https://${{inputs.t}}-example.co.uk/x", null, "/x"],
  ["https://$T.com", null, ""],
  ["https://example.$T", null, ""],
  ["https:///x", null, "/x"],
])("%s leads to %s", (text, host, path) => {
  expect(addressIn(text)).toEqual({ host, path });
});

test("a text without a scheme has no address", () => {
  expect(addressIn("example.com/x")).toBeNull();
});

test.each([
  ["https://raw.githubusercontent.com/o/r/main/x", "raw.githubusercontent.com/o/r"],
  ["https://github.com/o/r/releases/download/v1/x", "github.com/o/r"],
  ["https://api.github.com/repos/o/r/contents/x", "api.github.com/o/r"],
  ["https://raw.githubusercontent.com/$OWNER/r/x", "raw.githubusercontent.com/*/r"],
  ["https://example.com/o/r", "example.com"],
  ["https://$A/x", "an unknown host"],
])("%s is called %s", (text, name) => {
  const address = addressIn(text);
  expect(address && addressName(address)).toBe(name);
});

const SHA = "0123456789abcdef0123456789abcdef01234567";

test.each([
  [`github.com/o/r/raw/${SHA}/x`, true],
  [`raw.githubusercontent.com/o/r/${SHA}/x`, true],
  [`codeload.github.com/o/r/zip/${SHA}`, true],
  [`gitlab.com/o/r/-/raw/${SHA}/x`, true],
  [`bitbucket.org/o/r/raw/${SHA}/x`, true],
  [`codeberg.org/o/r/raw/commit/${SHA}/x`, true],
  [`cdn.jsdelivr.net/gh/o/r@${SHA}/x`, true],
  [`cdn.statically.io/gh/o/r/${SHA}/x`, true],
  ["github.com/o/r/raw/v1/x", false],
  [`github.com/o/r/raw/${SHA}0/x`, false],
  [`github.com/o/r/raw/x?${SHA}`, false],
  [`example.com/o/r/${SHA}/x`, false],
  [`my-github.com/o/r/raw/${SHA}/x`, false],
  [`github.com.evil.example/o/r/raw/${SHA}/x`, false],
  [`.githubusercontent.com/o/r/${SHA}/x`, false],
  [`$HOST/o/r/${SHA}/x`, false],
])("%s names a commit: %s", (url, expected) => {
  expect(isPinned(addressAt(url))).toBe(expected);
});

test.each([
  ["github.com", true],
  ["gist.github.com", true],
  ["objects.githubusercontent.com", true],
  ["github.com.evil.example", false],
  ["mygithub.com", false],
  ["github.io", false],
])("%s is GitHub's: %s", (host, expected) => {
  expect(isGitHub(host)).toBe(expected);
});

test.each([
  ["localhost", true],
  ["127.0.0.1", true],
  ["127.10.20.30", true],
  ["::1", true],
  ["::", true],
  ["redis", true],
  ["app.localhost", true],
  ["host.docker.internal", true],
  ["127.0.0.1.evil.example", false],
  ["10.0.0.1", false],
  ["2001:db8::1", false],
])("%s is local: %s", (host, expected) => {
  expect(isLocal(host)).toBe(expected);
});
