import { describe, expect, test } from "vitest";
import { leaksOf } from "./canary-search.ts";

const token = `ghs_1003_${"aB3-".repeat(20)}.${"Zz9_".repeat(30)}`;
const secret = 'a "quoted" \\ secret + / = % with & all';
const key =
  "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIHx0dSample0Sample1Sample2\n-----END PRIVATE KEY-----\n";
const canaries = [
  { name: "token", value: token },
  { name: "secret", value: secret },
  { name: "key", value: key },
];

const base64 = (text: string) => Buffer.from(text).toString("base64");

describe("a planted leak is found", () => {
  test.each([
    { when: "plain", text: `sent ${token} away`, found: "token" },
    { when: "cut short", text: token.slice(0, 80), found: "token" },
    { when: "without its beginning", text: token.slice(48), found: "token" },
    { when: "as git sends it", text: `Basic ${base64(`x-access-token:${token}`)}`, found: "token" },
    { when: "in base64 a byte further", text: base64(`xx-access-token:${token}`), found: "token" },
    {
      when: "in base64 two bytes further",
      text: base64(`xxx-access-token:${token}`),
      found: "token",
    },
    {
      when: "in base64url",
      text: Buffer.from(`"${secret}"`).toString("base64url"),
      found: "secret",
    },
    { when: "in hex", text: Buffer.from(secret).toString("hex"), found: "secret" },
    { when: "escaped as JSON", text: JSON.stringify({ secret }), found: "secret" },
    {
      when: "escaped as JSON twice",
      text: JSON.stringify({ a: JSON.stringify({ secret }) }),
      found: "secret",
    },
    { when: "URL-encoded", text: `?a=${encodeURIComponent(secret)}`, found: "secret" },
    { when: "as a form", text: new URLSearchParams({ a: secret }).toString(), found: "secret" },
    { when: "one line of a key", text: (key.split("\n")[1] ?? "").slice(0, 30), found: "key" },
    { when: "a key on one line", text: JSON.stringify(key), found: "key" },
  ])("$when", ({ text, found }) => {
    const leaks = leaksOf(canaries, [{ name: "the log", bytes: Buffer.from(text) }]);
    expect(leaks.length).toBeGreaterThan(0);
    expect(
      leaks.every((leak) => leak.startsWith(`${found} (`) && leak.endsWith(" in the log")),
    ).toBe(true);
  });
});

test("what holds no secret is not reported", () => {
  const bytes = "ghs_ token secret -----BEGIN PRIVATE KEY----- a quoted secret with all";
  expect(leaksOf(canaries, [{ name: "the log", bytes }])).toEqual([]);
});
