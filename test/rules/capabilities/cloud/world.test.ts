import { expect, test } from "vitest";
import { isWorld } from "../../../../rules/capabilities/cloud/world.ts";

test.each([
  "0.0.0.0/0",
  " 0.0.0.0/0 ",
  "128.0.0.0/1",
  "::/0",
  "0:0:0:0:0:0:0:0/0",
  "2000::/3",
  "*",
  "Internet",
  "Any",
])("%s is the world", (network) => {
  expect(isWorld(network)).toBe(true);
});

test.each([
  "10.0.0.0/8",
  "192.0.2.1/32",
  "fd00::/8",
  "fc00::/7",
  "2001:db8::/32",
  "VirtualNetwork",
  "",
  "${var.a}",
])("%s is not", (network) => {
  expect(isWorld(network)).toBe(false);
});
