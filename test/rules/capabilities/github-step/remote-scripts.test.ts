import { expect, test } from "vitest";
import {
  readRemoteScripts,
  REMOTE_SCRIPT_LEVELS,
} from "../../../../rules/capabilities/github-step/remote-scripts.ts";
import { causesIn, grantedIn, jobWith, shortly, stepRunning } from "./granted.ts";

const SHA = "0123456789abcdef0123456789abcdef01234567";

function foundIn(script: string, rest = ""): string[] {
  return grantedIn(stepRunning(script, rest), readRemoteScripts).map(shortly);
}

test.each([
  ["curl -sSf https://sh.example.com | sh", "sh.example.com mutable 6"],
  ["curl -fsSL https://get.example.com/i.sh | sudo -E bash -", "get.example.com mutable 6"],
  ["wget -qO- https://get.example.com/i.sh | bash -s -- --yes", "get.example.com mutable 6"],
  ["curl https://User@Get.Example.com:443/x | /bin/bash -ex", "get.example.com mutable 6"],
  ["curl get.example.com/x | zsh", "get.example.com mutable 6"],
  ["curl https://x.example | env A=b python3 -", "x.example mutable 6"],
  ["curl https://x.example | node", "x.example mutable 6"],
  ["curl https://x.example | perl", "x.example mutable 6"],
  ["curl https://x.example | ruby -", "x.example mutable 6"],
  ["curl https://x.example | php", "x.example mutable 6"],
  ["curl https://x.example | deno run -A -", "x.example mutable 6"],
  ["curl https://x.example | tee log | sh", "x.example mutable 6"],
  ["curl https://x.example | gunzip | timeout 5 sh", "x.example mutable 6"],
  ["(curl https://x.example; echo) | sh", "x.example mutable 6"],
  ["{ curl https://x.example; } | sh", "x.example mutable 6"],
  ["for u in a; do curl https://x.example/$u; done | sh", "x.example mutable 6"],
  ["echo a && curl https://x.example |& sh", "x.example mutable 6"],
  ["if ! curl https://x.example | sh; then exit 1; fi", "x.example mutable 6"],
  ["bash <(curl -s https://x.example/a) --flag", "x.example mutable 6"],
  ["source <(curl -s https://x.example)", "x.example mutable 6"],
  [". <(wget -qO- https://x.example)", "x.example mutable 6"],
  ['sh -c "$(curl -fsSL https://x.example)"', "x.example mutable 6"],
  ['bash -c "set -e; $(curl -fsSL https://x.example)"', "x.example mutable 6"],
  ['bash -c "curl https://x.example | sh"', "x.example mutable 6"],
  ['docker run img sh -c "curl https://x.example | sh"', "x.example mutable 6"],
  ['eval "$(curl https://x.example)"', "x.example mutable 6"],
  ["eval curl https://x.example '|' sh", "x.example mutable 6"],
  ["eval `curl https://x.example`", "x.example mutable 6"],
  ['bash <<< "$(curl https://x.example)"', "x.example mutable 6"],
  ["$(curl https://x.example)", "x.example mutable 6"],
  ['node -e "$(curl https://x.example)"', "x.example mutable 6"],
  ['S=$(curl https://x.example)\nbash -c "$S"', "x.example mutable 7"],
  ['S=$(curl https://x.example)\necho "$S" | sh', "x.example mutable 7"],
  ["curl https://x.example \\\n  --silent |\n  bash", "x.example mutable 8"],
  ["curl -o i.sh https://x.example/f\nbash i.sh", "x.example mutable 7"],
  ["F=$(mktemp)\ncurl -o $F https://x.example/f\nsh $F", "x.example mutable 8"],
  [
    "curl -sSLo /tmp/i.sh https://x.example/f\nchmod +x /tmp/i.sh\n/tmp/i.sh",
    "x.example mutable 8",
  ],
  ["wget https://x.example/i.sh && sh ./i.sh", "x.example mutable 6"],
  ["curl -O https://x.example/i.sh; python3 i.sh", "x.example mutable 6"],
  ["curl https://x.example > i.sh\n. ./i.sh", "x.example mutable 7"],
  ["curl https://x.example | tee i.sh\nsh i.sh", "x.example mutable 7"],
  ["wget -O i.part https://x.example; mv i.part i.sh; sh i.sh", "x.example mutable 6"],
  ["echo aGk= | base64 -d | sh", "encoded text mutable 6"],
  ['eval "$(echo aGk= | base64 --decode)"', "encoded text mutable 6"],
  ["base64 -d <<< aGk= | bash", "encoded text mutable 6"],
  ["base64 -di <<EOF | bash\naGk=\nEOF", "encoded text mutable 6"],
  ["xxd -r -p x | sh", "encoded text mutable 6"],
  ["openssl enc -base64 -d -in x | sh", "encoded text mutable 6"],
  ["powershell -enc aGk=", "encoded text mutable 6"],
  ["curl https://x.example | base64 -d | sh", "x.example mutable 6"],
  ['curl "$(cat url)" | sh', "an unknown host mutable 6"],
  ["curl $URL | sh", "an unknown host mutable 6"],
  ["curl ${{ inputs.url }} | sh", "an unknown host mutable 6"],
  ["curl https://$TENANT.example.com/x | sh", "*.example.com mutable 6"],
  ["URL=https://x.example/i\ncurl $URL | sh", "x.example mutable 7"],
  ["curl https://x.example/${{ format('a}}b') }} | sh", "x.example mutable 6"],
  [
    "curl https://raw.githubusercontent.com/octo/install/main/i.sh | sh",
    "raw.githubusercontent.com/octo/install mutable 6",
  ],
  [
    `curl https://raw.githubusercontent.com/octo/install/${SHA}/i.sh | sh`,
    "raw.githubusercontent.com/octo/install pinned 6",
  ],
  [`curl https://x.example/${SHA}/i.sh | sh`, "x.example mutable 6"],
  [`curl https://github.com/o/r/raw/${SHA}a/i.sh | sh`, "github.com/o/r mutable 6"],
  ["curl -O https://x.example/i.sh\necho 'ab  i.sh' | sha256sum -c\nsh i.sh", "x.example pinned 8"],
  ["curl -O https://x.example/i.sh\nsha256sum i.sh\nsh i.sh", "x.example mutable 8"],
  [
    `python -c "from urllib.request import urlopen; exec(urlopen('https://x.example/a').read())"`,
    "x.example mutable 6",
  ],
  ["bash <<'EOF'\ncurl https://x.example | sh\nEOF", "x.example mutable 7"],
  ["cat <<EOF | bash\ncurl https://x.example | sh\nEOF", "x.example mutable 7"],
  ["cat <<EOF > a.txt\n$(curl https://x.example | sh)\nEOF", "x.example mutable 7"],
  ["cat > i.sh <<'EOF'\n#!/bin/sh\ncurl https://x.example | sh\nEOF", "x.example mutable 8"],
  ["cat <<E'OF'\na\nEOF\ncurl https://x.example | sh", "x.example mutable 9"],
  ["cat <<''\n\"\n\ncurl https://x.example | sh", "x.example mutable 9"],
  ["curl https://x.example | bash -eo pipefail", "x.example mutable 6"],
  ['bash -euo pipefail -c "$(curl https://x.example)"', "x.example mutable 6"],
  ["curl -o i.sh https://x.example\nbash -x i.sh", "x.example mutable 7"],
  ["curl -o i.py https://x.example\npython -O i.py", "x.example mutable 7"],
  ["curl https://x.example > 1\nsh 1", "x.example mutable 7"],
  ["echo don't\ncurl https://x.example | sh", "x.example mutable 7"],
])("%s runs what comes from elsewhere", (script, found) => {
  expect(foundIn(script)).toEqual([found]);
});

test.each([
  ["iwr https://x.example/i.ps1 -useb | iex"],
  ["Invoke-WebRequest -Uri https://x.example | Invoke-Expression"],
  ["iex (irm https://x.example)"],
  ["(iwr https://x.example).Content | iex"],
  ['iex "& { $(irm https://x.example) } -Yes"'],
  ["iex ((New-Object System.Net.WebClient).DownloadString('https://x.example/i.ps1'))"],
  ["& ([scriptblock]::Create((irm https://x.example)))"],
  ["$s = irm https://x.example; iex $s"],
  ["try { irm `\n https://x.example | iex } catch { 'it''s' }"],
  ["iwr https://x.example -OutFile i.ps1; .\\i.ps1"],
])("in PowerShell %s runs what comes from elsewhere", (script) => {
  const found = foundIn(script, "        shell: pwsh\n");
  expect(found).toHaveLength(1);
  expect(found[0]).toMatch(/^x\.example mutable/);
});

test.each([
  ["curl -fsSL https://x.example/data.json"],
  ["curl https://x.example | jq -r .name"],
  ["curl https://x.example | python3 -m json.tool"],
  ["curl https://x.example | bash -x own.sh"],
  ["curl https://x.example | (grep a)\nsh"],
  ["curl https://x.example | python3 -c 'import sys; print(sys.stdin.read())'"],
  ["curl https://x.example | node -e 'process.stdin'"],
  ["curl https://x.example | perl -ne 'print'"],
  ["curl https://x.example | bash read-it.sh"],
  ["curl https://x.example | tar xz"],
  ["curl https://x.example | sudo apt-key add -"],
  ["curl https://x.example || sh fallback.sh"],
  ["curl https://x.example; sh own.sh"],
  ["curl https://x.example\nsh"],
  ["# curl https://x.example | sh"],
  ["make # curl https://x.example | sh"],
  ["echo 'curl https://x.example | sh'"],
  ['echo "curl https://x.example | sh" >> README.md'],
  ["cat <<'EOF' > README.md\ncurl https://x.example | sh\ndon't\nEOF"],
  ['bash own.sh --version "$(curl https://x.example)"'],
  ['VERSION=$(curl https://x.example)\necho "$VERSION"'],
  ["curl -o data.json https://x.example\nbash own.sh"],
  ["base64 -d key.b64 > key.pem"],
  ["base64 key | sh"],
  ['eval "$(ssh-agent -s)"'],
  ["cat own.sh | sh"],
  ["python -c 'print(urlopen(x).read())'"],
])("%s runs nothing from elsewhere", (script) => {
  expect(foundIn(script)).toEqual([]);
});

test.each(["python", "python3.12 -u {0}", "/usr/bin/env perl {0}", "sudo -E node {0}"])(
  "text in another language than a shell's is not read as a shell's: %s",
  (shell) => {
    expect(foundIn("curl https://x.example | sh", `        shell: ${shell}\n`)).toEqual([]);
  },
);

test.each([
  ["bash -e {0} python"],
  ["bash -e {0} # perl"],
  ["/opt/node/bin/bash {0}"],
  ["LANGUAGE=ruby bash {0}"],
  ["env PYTHON=python sh {0}"],
  ["nix develop --command python {0}"],
  ["python -c exec(open('node').read()) {0}"],
  ["python launch.py {0}"],
  ["true; deno {0}"],
])("a shell that only mentions another language is still read: %s", (shell) => {
  const [curl, found] = ["curl https://x.example | sh", ["x.example mutable 6"]];
  expect(foundIn(curl, `        shell: ${JSON.stringify(shell)}\n`)).toEqual(found);
  const job = jobWith(
    `defaults: {run: {shell: ${JSON.stringify(shell)}}}\nsteps:\n  - run: ${curl}`,
  );
  expect(grantedIn(job, readRemoteScripts).map(shortly)).toEqual(found);
});

test("perl makes way for the shell that the text names", () => {
  const found = foundIn("#!/bin/bash\ncurl https://x.example | sh", "        shell: perl {0}\n");
  expect(found).toEqual(["x.example mutable 7"]);
});

test("the job's own default and a Windows runner decide how text is read", () => {
  const run = 'steps:\n  - run: Write-Host "C:\\"; irm https://x.example | iex';
  const read = (head: string): string[] =>
    grantedIn(jobWith(`${head}\n${run}`), readRemoteScripts).map(({ name }) => name);
  expect(read("runs-on: [self-hosted, Windows]")).toEqual(["x.example"]);
  expect(read("defaults: {run: {shell: powershell}}")).toEqual(["x.example"]);
  expect(read("runs-on: windows-latest\ndefaults: {run: {shell: bash}}")).toEqual([]);
});

test("a URL in env is known, the step's before the job's", () => {
  const env = "env: {URL: https://job.example}\n";
  const step = "steps:\n  - run: curl $URL | sh\n    env: {URL: https://step.example}";
  expect(grantedIn(jobWith(env + step), readRemoteScripts).map(shortly)).toEqual([
    "step.example mutable 6",
  ]);
});

test.each([
  ["curl https://x.example https://y.example | sh", ["x.example mutable 6", "y.example mutable 6"]],
  [
    "wget -O f https://x.example https://y.example; sh f",
    ["x.example mutable 6", "y.example mutable 6"],
  ],
  ["curl -o f https://x.example -o g https://y.example; sh g", ["y.example mutable 6"]],
  ["curl -O https://x.example/f -O https://y.example/g; sh f", ["x.example mutable 6"]],
  ["curl --remote-name-all https://x.example/f https://y.example/g; sh g", ["y.example mutable 6"]],
  ["wget https://x.example/f https://y.example/g; sh g", ["y.example mutable 6"]],
  ["curl -x y.example http://x.example | sh", ["x.example mutable 6", "y.example mutable 6"]],
])("%s runs what it has from every place", (script, found) => {
  expect(foundIn(script)).toEqual(found);
});

test.each(["cat $[1 <<E]\n'\nE]", "a[1<<E]=3", "((x = 1 << E))\n", "a[1 <<E]=\n'\nE]="])(
  "`%s` hides nothing behind it, whichever shell runs it",
  (line) => {
    expect(foundIn(`${line}\ncurl https://x.example | sh\necho "'"`)).toHaveLength(1);
  },
);

test("of the places of one command twenty are told apart", () => {
  const places = Array.from({ length: 22 }, (_, index) => `https://${index}.example`);
  const found = foundIn(`curl ${places.join(" ")} | sh`);
  expect(found).toHaveLength(21);
  expect(found.slice(-2)).toEqual(["19.example mutable 6", "an unknown host mutable 6"]);
});

test("a source is one capability of a step, where it is run first", () => {
  expect(foundIn("curl https://x.example/a | sh\ncurl https://x.example/b | sh")).toEqual([
    "x.example mutable 6",
  ]);
});

test("a folded script has all its lines", () => {
  const text = jobWith("steps:\n  - run: >\n      curl https://x.example\n      | sh");
  expect(grantedIn(text, readRemoteScripts).map(shortly)).toEqual(["x.example mutable 5-7"]);
});

test("other encoded text of one name is another cause, another layout is not", () => {
  const causes = (script: string): string[] => causesIn(script, readRemoteScripts, "script:");
  const [first] = causes("echo aGk= | base64 -d | sh");
  expect(causes("echo  'aGk=' |\n base64 -d | sh")).toEqual([first]);
  expect(causes("echo aGm= | base64 -d | sh")).not.toEqual([first]);
  expect(causes("curl https://x.example | sh")).toEqual([]);
});

test.each([
  ["exec(urlopen('https://x.example/a').read())", "x.example mutable 6"],
  ["code = urlopen (\n  'https://x.example/a')\neval (code)", "x.example mutable 6"],
  ["import os\n\nos.system(requests.get('https://x.example').text)", "x.example mutable 8"],
  ["# https://y.example\nurlretrieve('https://x.example', f)\nexec(f)", "x.example mutable 7"],
  ["url = 'https://x.example'\nsubprocess.run(urlopen(url).read())", "x.example mutable 7"],
  ["subprocess.check_call (requests.get (url).text)", "an unknown host mutable 6"],
])("%s runs in Python what comes from elsewhere", (script, found) => {
  expect(foundIn(script, "        shell: python\n")).toEqual([found]);
});

test("what runs in Python from a host that is not known is told by all of the text", () => {
  const causes = (script: string): string[] => causesIn(script, readRemoteScripts, "script:");
  const first = causes("exec(urlopen(a))");
  expect(first).toHaveLength(1);
  expect(causes("exec(urlopen(b))")).not.toEqual(first);
  expect(causes("exec(urlopen('https://x.example'))")).toEqual([]);
});

test("a remote script is a guess, and a pinned one the weaker", () => {
  const [found] = grantedIn(stepRunning("curl https://x.example | sh"), readRemoteScripts);
  expect(found).toMatchObject({ certainty: "heuristic" });
  expect(REMOTE_SCRIPT_LEVELS).toEqual(["pinned", "mutable"]);
});

test("a step that runs scripts of more than a hundred sources is not understood", () => {
  const lines = Array.from({ length: 101 }, (_, n) => `curl https://x${n}.example | sh`);
  expect(foundIn(lines.slice(1).join("\n"))).toHaveLength(100);
  expect(() => foundIn(lines.join("\n"))).toThrow(
    expect.objectContaining({ code: "too-many-sources" }),
  );
});
