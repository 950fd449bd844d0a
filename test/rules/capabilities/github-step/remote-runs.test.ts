import { expect, test } from "vitest";
import { runsOf } from "../../../../rules/capabilities/github-step/remote-runs.ts";
import { scriptsIn } from "./granted.ts";

const FETCH = "curl -O https://x.example/i.sh";

function runsIn(script: string): string[] {
  return scriptsIn(script)
    .flatMap(runsOf)
    .map(({ source, row }) => `${source.name} ${source.level} ${row}`);
}

function contentsOf(script: string): string[] {
  return scriptsIn(script)
    .flatMap(runsOf)
    .map(({ content }) => content);
}

test.each([
  ["cosign verify-blob --bundle b i.sh"],
  ["gpgv i.sh.sig i.sh"],
  ["minisign -Vm i.sh"],
  ["signify -V -m i.sh"],
  ["slsa-verifier verify-artifact i.sh"],
  ["Get-FileHash i.sh"],
  ["sha256sum -c sums.txt"],
  ["sha1sum --check sums.txt"],
  ["shasum -a 256 --check sums.txt"],
  ["b2sum --quiet -c sums.txt"],
  ["b3sum --check sums.txt"],
  ["gpg --batch --verify i.sh.asc i.sh"],
  ["gpg2 --verify i.sh.asc"],
  ["gh attestation verify i.sh -o octo"],
])("%s checks what is run behind it", (check) => {
  expect(runsIn(`${FETCH}\n${check}\nsh i.sh`)).toEqual(["x.example pinned 2"]);
});

test.each([
  ["cosign-wrapper i.sh"],
  ["install-cosign i.sh"],
  ["tar -c i.sh"],
  ["sha256sum tool-c"],
  ["sha256sum -code"],
  ["sha256sums -c sums.txt"],
  ["make-sha256sum -c sums.txt"],
  ["gpg --import key"],
  ["gpg --verify-options show-photos --import key"],
  ["gpg --decrypt a--verify"],
  ["tool --verify i.sh"],
  ["tool attestation verify"],
  ["gh"],
  ["gh attestation"],
  ["gh attestation download i.sh"],
  ["gh release verify"],
])("%s checks nothing that is run behind it", (check) => {
  expect(runsIn(`${FETCH}\n${check}\nsh i.sh`)).toEqual(["x.example mutable 2"]);
});

test.each([
  ["mv i.sh j.sh"],
  ["cp i.sh j.sh"],
  ["cp --force i.sh /tmp/j.sh"],
  ["install -m 755 i.sh j.sh"],
])("what was downloaded is so still behind %s", (move) => {
  expect(runsIn(`${FETCH}\n${move}\nsh j.sh`)).toEqual(["x.example mutable 2"]);
});

test.each([["echo 'echo a' >> i.sh"], ["mv i.sh"]])(
  "what was downloaded is run behind %s",
  (line) => {
    expect(runsIn(`${FETCH}\n${line}\nsh i.sh`)).toEqual(["x.example mutable 2"]);
  },
);

test.each([
  ["sh < i.sh"],
  ["python3 - < /tmp/i.sh"],
  ["bash -s -- --yes 3< own.sh < i.sh 4< own.txt"],
])("what was downloaded is run by %s", (script) => {
  expect(runsIn(`${FETCH}\n${script}`)).toEqual(["x.example mutable 1"]);
});

test.each([["sort < i.sh"], ["sh own.sh < i.sh"], ["bash -s i.sh"]])(
  "what was downloaded is only read by %s",
  (script) => {
    expect(runsIn(`${FETCH}\n${script}`)).toEqual([]);
  },
);

test.each([
  ["echo a > own.sh\nsh own.sh"],
  ["mv own.sh.in own.sh\nsh own.sh"],
  ["curl https://x.example > out/\nmake"],
  ["curl -o /dev/null https://x.example\n. /dev/null"],
  ["pwsh own.ps1 pre-enc"],
  ["pwsh own.ps1 -"],
  ["pwsh -Encoding utf8 own.ps1"],
  ["pwsh -ExecutionPolicy Bypass -File own.ps1"],
])("%s runs nothing that was downloaded or decoded", (script) => {
  expect(runsIn(script)).toEqual([]);
});

test.each([["curl https://x.example > null\nsh null"], ["curl https://x.example > -\nsh ./-"]])(
  "a file of any name may have been downloaded: %s",
  (script) => {
    expect(runsIn(script)).toEqual(["x.example mutable 1"]);
  },
);

test.each([
  ["powershell -NoProfile -EncodedCommand aGk="],
  ["pwsh -e aGk="],
  ["pwsh -ec aGk="],
  ["pwsh -encoded aGk="],
  ["PWSH.exe -ENC aGk="],
])("%s runs encoded text", (script) => {
  expect(runsIn(script)).toEqual(["encoded text mutable 0"]);
});

test("of all that eval is given any part may come from elsewhere", () => {
  expect(runsIn('eval "set -e;" "$(curl https://x.example)"')).toEqual(["x.example mutable 0"]);
});

test.each([
  ["true\necho TEXT | base64 -d | sh"],
  ["base64 -d <<EOF | sh\nTEXT\nEOF"],
  ["powershell -enc TEXT"],
  ["true\ncurl $TEXT | sh"],
])("other words that fetch it are another content: %s", (script) => {
  const [first, ...others] = contentsOf(script.replace("TEXT", "aGk"));
  expect(others).toEqual([]);
  expect(contentsOf(script.replace("TEXT", "aGk"))).toEqual([first]);
  expect(contentsOf(script.replace("TEXT", "aGm"))).not.toEqual([first]);
});

test.each([["echo aGk= | base64 -d | sh"], ["powershell -enc aGk="], ["curl $URL | sh"]])(
  "what stands around it is no part of the content: %s",
  (script) => {
    const before = "make\n".repeat(25);
    expect(contentsOf(`${before}${script}\nmake`)).toEqual(contentsOf(script));
  },
);

test("what is run from a host that is known has no content", () => {
  expect(contentsOf("curl https://x.example | sh")).toEqual([""]);
});
