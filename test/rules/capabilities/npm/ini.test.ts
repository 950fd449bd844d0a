import { expect, test } from "vitest";
import { readNpmrc } from "../../../../rules/capabilities/npm/ini.ts";

function settings(text: string): string[] {
  return readNpmrc(new TextEncoder().encode(text), 1000).map(
    (setting) => `${setting.line} ${setting.name}=${setting.text}`,
  );
}

test.each([
  ["a = b ", ["1 a=b"]],
  ["a", ["1 a=true"]],
  ["a=b=c", ["1 a=b=c"]],
  ["# a=1\n ; b=2\n\nc=3", ["4 c=3"]],
  ["a=b;c\nd=e\\;f\\\\#g", ["1 a=b", "2 d=e;f\\"]],
  ['"a"="b;c"', ["1 a=b;c"]],
  [`'"a"'='b'`, ["1 a=b"]],
  ["'a\\u0062'=1", ["1 a\\u0062=1"]],
  ['"a\\u0062"=1', ["1 ab=1"]],
  ['"a\\x"=1', ['1 "a\\x"=1']],
  ["a=1\na=2", ["2 a=2"]],
  ["a[]=1\na[]=2", ["1 a=1", "2 a=2"]],
  ["a=1\n[b]\nc=1", ["1 a=1"]],
  ["a=1\n [b]\nc=1", ["1 a=1", "2 [b]=true", "3 c=1"]],
  ["${A?}a=1\n${A:-b}=2\n${A-c}=3", ["1 a=1", "2 b=2", "3 c=3"]],
  ["a=1\n${A?}a=2\na=3", ["2 a=2"]],
  ["//${HOST}/:_authToken=1", ["1 //${HOST}/:_authToken=1"]],
])("%j is read as npm reads it: %j", (text, seen) => {
  expect(settings(text)).toEqual(seen);
});
