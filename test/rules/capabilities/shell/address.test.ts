import { expect, test } from "vitest";
import {
  addressIn,
  addressName,
  isGitHub,
  isLocal,
} from "../../../../rules/capabilities/shell/address.ts";

test.each([
  ["https://Example.com/a/b?c=d", "example.com", "/a/b"],
  ["https://example.com.", "example.com", ""],
  ["say http://example.com:8080/x now", "example.com", "/x"],
  ["https://api.github.com@evil.example/x", "evil.example", "/x"],
  ["https://api.github.com;@evil.example/x", "evil.example", "/x"],
  ["https://api.github.com\\@evil.example/x", "evil.example", "/x"],
  ["https://evil.example?@api.github.com/x", "evil.example", ""],
  ["('https://example.com')", "example.com", ""],
  ["https://[::1]:80/x", "::1", "/x"],
  ["https://${TENANT}.example.com/x", "*.example.com", "/x"],
  ["https://$T.example.com/x", "*.example.com", "/x"],
  ["https://${{inputs.t}}.example.com/x", "*.example.com", "/x"],
  ["https://${{inputs.t}}-example.com/x", null, "/x"],
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
  ["::1", true],
  ["redis", true],
  ["app.localhost", true],
  ["host.docker.internal", true],
  ["127.0.0.1.evil.example", false],
  ["10.0.0.1", false],
  ["2001:db8::1", false],
])("%s is local: %s", (host, expected) => {
  expect(isLocal(host)).toBe(expected);
});
