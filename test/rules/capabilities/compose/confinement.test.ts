import { expect, test } from "vitest";
import { diffOf } from "../changes.ts";

const PATH = "compose.yml";
const KIND = "compose.confinement";

function changed(base: string, head: string): string[] {
  const file = (keys: string): string => `services:\n  a:\n    image: b\n${keys}`;
  return diffOf({ [PATH]: file(base) }, { [PATH]: file(head) })
    .filter(({ kind }) => kind === KIND)
    .map(({ delta, context }) => `${delta}: ${context}`);
}

test.each([
  { base: "    cap_drop: [ALL]\n", head: "", seen: ["raised: no capabilities → "] },
  {
    base: "    cap_drop: [ALL]\n",
    head: "    cap_drop: [cap_net_raw]\n",
    seen: ["raised: no capabilities → without NET_RAW"],
  },
  {
    base: "    read_only: true\n",
    head: "    read_only: false\n",
    seen: ["raised: read-only root → "],
  },
  {
    base: "    security_opt: ['no-new-privileges:true']\n",
    head: "    security_opt: ['no-new-privileges:false']\n",
    seen: ["raised: no-new-privileges → "],
  },
  {
    base: "    cap_drop: [NET_RAW]\n",
    head: "    cap_drop: [all]\n",
    seen: ["lowered: without NET_RAW → no capabilities"],
  },
  // No container has this one.
  { base: "    cap_drop: [SYS_ADMIN]\n", head: "", seen: [] },
  {
    base: "    security_opt: [no-new-privileges]\n",
    head: "    security_opt: ['no-new-privileges=true']\n",
    seen: [],
  },
])("$base → $head: $seen", ({ base, head, seen }) => {
  expect(changed(base, head)).toEqual(seen);
});

test("a service that goes, with all that it gave up, is no loss", () => {
  const one = "services:\n  a: { image: b }\n";
  const both = `${one}  c: { image: d, cap_drop: [ALL] }\n`;
  const facts = diffOf({ [PATH]: both }, { [PATH]: one }).filter(({ kind }) => kind === KIND);
  expect(facts.map(({ holder, delta }) => `${holder} ${delta}`)).toEqual(["services.c removed"]);
});
