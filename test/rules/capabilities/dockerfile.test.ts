import { expect, test } from "vitest";
import { claimsOn } from "../../../rules/capabilities/readers.ts";
import { dockerfile } from "../../../rules/capabilities/dockerfile.ts";
import { diffOf, shown } from "./changes.ts";

function readingOf(text: string, path = "Dockerfile") {
  return dockerfile.read(path, new TextEncoder().encode(text));
}

function grants(text: string, kind: string): string[] {
  const reading = readingOf(text);
  if (!reading.understood) throw new Error(reading.code);
  return reading.capabilities
    .filter((item) => item.kind === kind)
    .map(({ holder, name, level, line }) => `${line} ${holder}: ${name} ${level ?? ""}`.trim());
}

/** The user of the last stage, and the line that says so. */
function user(text: string): string {
  const [found = ""] = grants(text, "docker.user").filter((line) => /final stage: the/.test(line));
  return found.replace("final stage: the image ", "");
}

function images(text: string): string[] {
  const reading = readingOf(text);
  if (!reading.understood) throw new Error(reading.code);
  return (reading.dependencies ?? []).map(
    ({ name, version, range, group, source }) =>
      `${group}: ${name} ${version ?? "-"} ${range ?? "-"} ${source.text}`,
  );
}

test.each([
  ["Dockerfile", "grants"],
  ["a/dockerfile", "grants"],
  ["Containerfile", "grants"],
  ["Dockerfile.alpine", "grants"],
  ["Dockerfile-dev", "grants"],
  ["DOCKERFILE.prod", "grants"],
  ["a/app.Dockerfile", "grants"],
  ["app.containerfile", "grants"],
  ["Dockerfile.go", "resembles"],
  ["DockerfileCross.arm64", "resembles"],
  ["Dockerfile.j2", "resembles"],
  ["app.Dockerfile.tmpl", "resembles"],
  ["testdata/Dockerfile", "resembles"],
  ["Dockerfile.dockerignore", null],
  ["dockerfile.ts", null],
  ["dockerfile.spec.js.snap", null],
  ["dockerfiles", null],
  ["Dockerfile.md", null],
  ["dockerfile/index.ts", null],
])("%s is claimed: %s", (path, claim) => {
  const claimed = claimsOn(path)[0];
  expect(claimed?.reader === dockerfile ? claimed.claim : null).toBe(claim);
});

test.each([
  ["FROM a", "unstated 1"],
  ["FROM a\nUSER app", "user 2"],
  ["FROM a\nUSER root\nUSER app", "user 3"],
  ["FROM a\nUSER app\nuser root", "root 3"],
  ["FROM a\nUSER 0:1000", "root 2"],
  ["FROM a\nUSER +00", "root 2"],
  ["FROM a\nUSER :app", "root 2"],
  ['FROM a\nUSER "root"', "root 2"],
  ["FROM a\nUSER ro\\\not", "root 2"],
  ["FROM a\nUS\\\nER root", "root 2"],
  ["FROM a\nUSER app:root", "user 2"],
  ["FROM a\nUSER ContainerAdministrator", "root 2"],
  ["FROM a\nARG U=root\nUSER $U", "root 3"],
  ["ARG U=root\nFROM a\nARG U\nUSER $U", "root 4"],
  ["ARG U=root\nFROM a\nUSER ${U:-app}", "user 3"],
  ["FROM a\nARG U=app\nENV U=root\nUSER $U", "root 4"],
  ["FROM a\nENV U=root\nARG U=app\nUSER $U", "root 4"],
  ["FROM a\nENV U root\nUSER ${U}", "root 3"],
  ["FROM a\nARG U\nUSER $U", "unstated 3"],
  ["FROM a\nARG X\nARG U=app\nENV U=$X\nUSER $U", "unstated 5"],
  ["FROM a AS b\nUSER app\nFROM b", "user 2"],
  ["FROM a AS B\nENV U=root\nFROM b\nUSER $U", "root 4"],
  ["FROM a AS b\nUSER app\nFROM c", "unstated 3"],
  ["FROM a AS b\nUSER app\nONBUILD USER root\nFROM b", "root 3"],
  ["FROM a\nUSER app\nONBUILD USER root", "user 2"],
  ["FROM gcr.io/distroless/static:nonroot", "user 1"],
  ["FROM a\nUSER app\nRUN echo \\\\\nUSER root", "root 4"],
  ["FROM a\nUSER app\nRUN echo \\  \n# c\n\n  x\nUSER root", "root 7"],
  ["FROM a\nRUN cat <<EOF\nUSER root\nEOF\nUSER app", "user 5"],
  ["FROM a\nUSER root\nRUN cat 3<<EOF\nUSER app\nEOF", "root 2"],
  ["FROM a\nUSER root\nRUN cat <<-'EOF'\nUSER app\n\tEOF", "root 2"],
  ["FROM a\nUSER root\nCOPY <<A <<B /x/\nUSER app\nA\nUSER app\nB", "root 2"],
  ["FROM a\nUSER root\nONBUILD RUN <<EOF\nUSER app\nEOF", "root 2"],
  ["FROM a\nUSER app\nENV A <<EOF\nUSER root", "root 4"],
  ["FROM a\nUSER app\nRUN cat<<EOF\nUSER root", "root 4"],
  ["FROM a\nUSER app\nRUN echo '<<EOF'\nUSER root", "root 4"],
  ['FROM a\nUSER app\nRUN ["cat", "<<EOF"]\nUSER root', "root 4"],
  ["# escape=`\nFROM a\nUSER app\nRUN dir c:\\\nUSER root", "root 5"],
  ["# syntax=docker/dockerfile:1\n# escape=`\nFROM a\nUSER app\nRUN x `\nUSER root", "user 4"],
  ["# a comment\n# escape=`\nFROM a\nUSER app\nRUN x \\\nUSER root", "user 4"],
  ["FROM a\nUSER app\nRUN cat << EOF > /x\nUSER root\nEOF", "user 2"],
  [
    'FROM a\nUSER app\nRUN --mount=type=tmpfs,target=/x\\ y ["x", "<<LABEL"]\nUSER root\nLABEL',
    "root 4",
  ],
  ["FROM a\nUSER app\nONBUILD -- USER root\nFROM b", "unstated 4"],
  ["\uFEFFFROM a\r\nUSER app\r\nRUN x \\\r\nUSER root\r\nUSER 1\r\n", "user 5"],
])("the user of %j is %s", (text, expected) => {
  const [level, line] = expected.split(" ");
  expect(user(text)).toBe(`${line} ${level}`);
});

test("a stage that nothing is copied out of is an image of its own", () => {
  const text = "FROM a AS build\nFROM b AS prod\nUSER app\nFROM prod\nCOPY --from=build /x /x";
  expect(grants(text, "docker.user")).toEqual([
    "3 stage prod: the image user",
    "3 final stage: the image user",
    "1 stage build: the stage unstated",
    "3 stage prod: the stage user",
  ]);
});

test.each([
  ["stands behind it", "FROM scratch\nCOPY --from=prod / /\nUSER app\n"],
  ["begins from it", "FROM prod AS test\nUSER app\nCOPY --from=prod /a /b\n"],
])("a stage that loses its user is seen where another one %s", (_where, rest) => {
  const facts = diffOf(
    { Dockerfile: "FROM a AS prod\nRUN x\nUSER app\n" },
    { Dockerfile: `FROM a AS prod\nRUN x y\n${rest}` },
  );
  expect(facts.map(shown)).toContain("raised stage prod the stage user→unstated Dockerfile:1");
});

test.each([
  ["ONBUILD USER root", "root"],
  ["ONBUILD USER app", "user"],
  ["ARG U\nONBUILD USER $U", "unstated"],
])("%j says who runs what is built from the image: %s", (text, level) => {
  const found = grants(`FROM a\n${text}`, "docker.user").filter((line) => line.includes("built"));
  expect(found).toEqual([expect.stringContaining(`images built from it ${level}`)]);
});

test("a step that ran as a user and now runs as whoever the image says is a raise", () => {
  const base = "FROM a\nUSER app\nRUN make\nRUN make \\\n  install\nUSER app\n";
  const head = "FROM a\n\nRUN make\nRUN make   install\nUSER app\n";
  expect(diffOf({ Dockerfile: base }, { Dockerfile: head }).map(shown)).toEqual([
    "raised final stage RUN make user→unstated Dockerfile:3",
    "raised final stage RUN make install user→unstated Dockerfile:4",
  ]);
});

test.each([
  ["a step is new", "FROM a\nUSER app\n", "FROM a\nRUN make\nUSER app\n"],
  ["a step is edited", "FROM a\nRUN a\nUSER app\n", "FROM a\nRUN b\nUSER app\n"],
  ["one user becomes another", "FROM a\nUSER 1000\n", "FROM a\nUSER app\n"],
  ["the last stage is renamed", "FROM a AS b\nUSER app\n", "FROM a AS c\nUSER app\n"],
  [
    "the image is built in two stages",
    "FROM a\nUSER app\n",
    "FROM b AS x\nFROM a\nCOPY --from=x / /\nUSER app\n",
  ],
])("nobody's user is raised where %s", (_when, base, head) => {
  const facts = diffOf({ Dockerfile: base }, { Dockerfile: head });
  expect(facts.filter(({ kind, delta }) => kind === "docker.user" && delta === "raised")).toEqual(
    [],
  );
});

test.each([
  ["USER that goes", "FROM a\nUSER app\n", "FROM a\n", "user→unstated"],
  [
    "a stage behind the last",
    "FROM a AS b\nUSER app\n",
    "FROM a AS b\nUSER app\nFROM c\n",
    "user→unstated",
  ],
  [
    "another name and another content",
    "FROM a AS b\nUSER app\n",
    "FROM z AS c\nRUN x\n",
    "user→unstated",
  ],
  ["root behind it", "FROM a\n", "FROM a\nUSER root\n", "unstated→root"],
])("%s raises the image's user", (_what, base, head, levels) => {
  const facts = diffOf({ Dockerfile: base }, { Dockerfile: head }).map(shown);
  expect(facts.filter((fact) => fact.includes("final stage the image"))).toEqual([
    expect.stringContaining(`raised final stage the image ${levels}`),
  ]);
});

test.each([
  ["RUN make\nmake install", "instruction", 3],
  ["RUN <<EOF\nUSER app", "heredoc-end", 2],
  ['RUN <<"USER root"\nx\nUSER root', "heredoc-delimiter", 2],
  ["RUN cat << LABEL\nUSER app\nLABEL", "heredoc-space", 2],
  ["RUN cat << EOF\nUSER app\nRUN \\\nEOF", "heredoc-space", 2],
  ["RUN a<< 3<<LABEL\nUSER app\nLABEL", "heredoc-space", 2],
  ["RUN --mount=type=cache,target=/à--security=insecure x", "flag", 2],
  ["RUN --mount=type=cache,target=/x\u00A0--security=insecure x", "flag", 2],
  ["FROM b\n".repeat(200), "too-many-stages", 201],
  ["RUN x\n".repeat(4_000), "too-many-instructions", 4_001],
  [`ENV ${"a=b ".repeat(1_001)}`, "too-many-parts", 2],
  [`RUN ${"--mount=type=ssh ".repeat(1_001)}x`, "too-many-parts", 2],
  [`ADD ${"https://a.example/x ".repeat(1_001)} /x`, "too-many-parts", 2],
])("refused: %j", (text, code, line) => {
  expect(readingOf(`FROM a\n${text}`)).toMatchObject({ understood: false, code, line });
});

test.each([
  ["# unknown=x\n# escape=`\nFROM a", "escape", 2],
  ["# escape=`\n# escape=`\nFROM a", "escape", 2],
  ["# escape=x\nFROM a", "escape", 1],
  ["#!/bin/sh\n# escape=`\nFROM a", "escape", 2],
  ["# escape\u00A0=`\nFROM a", "escape", 1],
  ["#\u00A0escape=`\nFROM a", "escape", 1],
  ["# syntax=a\n# syntax=b\nFROM a", "syntax", 2],
  ["#\u00A0syntax=b\nFROM a", "syntax", 1],
])("a directive that builders read differently is refused: %j", (text, name, line) => {
  expect(readingOf(text)).toMatchObject({ understood: false, code: `${name}-directive`, line });
});

test("what another syntax, or a template, knows besides is passed over", () => {
  expect(readingOf("# syntax=acme/dockerfile-x\nINCLUDE x\nFROM a").understood).toBe(true);
  expect(readingOf("# syntax=docker/dockerfile:1\nINCLUDE x\nFROM a").understood).toBe(false);
  expect(readingOf("{% if x %}\nFROM a", "Dockerfile.j2").understood).toBe(true);
  expect(readingOf("{% if x %}\nFROM a").understood).toBe(false);
});

test.each([
  ["FROM alpine:3.21", "final stage: alpine 3.21 bounded registry:docker"],
  ["FROM docker.io/library/alpine", "final stage: alpine - open registry:docker"],
  ["FROM --platform=x a/b:latest AS c", "final stage: a/b latest open registry:docker"],
  [
    `FROM "alpine@sha256:${"0".repeat(64)}"`,
    `final stage: alpine sha256:${"0".repeat(64)} exact registry:docker`,
  ],
  ["ARG V=1\nFROM node:${V}-slim", "final stage: node 1-slim bounded registry:docker"],
  ["ARG V\nFROM node:${V}", "final stage: node ${V} open registry:docker"],
  ["ARG I\nFROM ${I:-quay.io/a/b:1}", "final stage: quay.io/a/b 1 bounded registry:quay.io"],
  ["FROM localhost:5000/a:1", "final stage: localhost:5000/a 1 bounded registry:localhost:5000"],
  ["FROM scratch\nCOPY --from=busybox:1 /x /x", "final stage: busybox 1 bounded registry:docker"],
  [
    "FROM scratch\nRUN --mount=type=bind,from=busybox:1 x",
    "final stage: busybox 1 bounded registry:docker",
  ],
  ["# syntax=acme/x:1\nFROM scratch", "syntax: acme/x 1 bounded registry:docker"],
  ["# syntax=acme/x:1 y\nFROM scratch", "syntax: acme/x 1 bounded registry:docker"],
  ["#!/bin/sh\n# syntax=acme/x:1\nFROM scratch", "syntax: acme/x 1 bounded registry:docker"],
])("%j takes in %s", (text, expected) => {
  expect(images(text)).toEqual([expected]);
});

test.each([
  "FROM scratch",
  "ARG I\nFROM $I",
  "FROM scratch AS b\nFROM B\nCOPY --from=0 /x /x\nCOPY --from=B /y /y",
])("%j takes no image in", (text) => {
  expect(images(text)).toEqual([]);
});

test("an image of a later stage's name is an image", () => {
  expect(images("FROM alpine\nFROM scratch AS alpine")).toHaveLength(1);
});

test.each([
  ["ADD https://a.example/x /x", "a.example unverified"],
  ["ADD http://a.example/x /x", "a.example plain"],
  ["ADD --checksum=sha256:00 http://a.example/x /x", "a.example verified"],
  ['ADD ["https://a.example/x", "/x"]', "a.example unverified"],
  ["ONBUILD ADD https://a.example/x /x", "a.example unverified"],
  ["ARG H=a.example\nADD https://$H/x /x", "a.example unverified"],
  ["ADD git@github.com:acme/x.git#v1 /x", "github.com/acme/x.git unverified"],
  [
    `ADD https://github.com/acme/x.git?tag=v1&commit=${"a".repeat(40)} /x`,
    "github.com/acme/x.git verified",
  ],
  [`ADD https://github.com/acme/x.git#${"a".repeat(40)} /x`, "github.com/acme/x.git verified"],
])("%j downloads from %s", (text, expected) => {
  expect(grants(`FROM a\n${text}`, "docker.add-url")[0]).toContain(expected);
});

test("what may be a password is not told with a download's address", () => {
  const reading = readingOf("FROM a\nADD https://bo:s3/cr3t@a.example/x?key=s3cr3t /x");
  expect(reading).toMatchObject({ capabilities: [{}, { context: "https://a.example/x" }] });
});

test("what ADD takes from the repository is no download", () => {
  expect(grants("FROM a\nARG JAR\nADD ${JAR} a.jar /x/", "docker.add-url")).toEqual([]);
});

test.each([
  ["ENV NPM_TOKEN=abc", "NPM_TOKEN image"],
  ["ENV A=b db_password c", null],
  ["ENV DB_PASSWORD some words", "DB_PASSWORD image"],
  ["ARG API_KEY=abc", "API_KEY build"],
  ["ARG API_KEY", null],
  ["ARG T\nENV API_KEY=$T", "API_KEY image"],
  ["ENV API_KEY=$T", null],
  ["ENV TOKEN_FILE=/run/x", null],
  ["ENV TOKEN=/run/x", null],
])("%j holds %s", (text, expected) => {
  const found = grants(`FROM a\n${text}`, "docker.secret");
  expect(found.map((line) => line.replace(/.*final stage: /, ""))).toEqual(
    expected ? [expected] : [],
  );
});

test.each([
  ["RUN --security=insecure x", "security insecure host"],
  ["RUN --network=host x", "network host broad"],
  ["RUN --device=nvidia.com/gpu=all x", "device nvidia.com/gpu=all limited"],
  ["RUN --mount=type=secret,id=npm x", "secret npm limited"],
  ["RUN --mount=type=ssh \\\n  x", "ssh limited"],
  ["RUN --mount=type=tmpfs,target='/x y' --security=insecure x", "security insecure host"],
  ['RUN --mount=type=tmpfs,target="\\" y" --security=insecure x', "security insecure host"],
  ["ONBUILD -- RUN --security=insecure x", "security insecure host"],
])("%j grants a step %s", (text, expected) => {
  expect(grants(`FROM a\n${text}`, "docker.build-right")).toEqual([`2 final stage: ${expected}`]);
});

test("an escape of its own ends a flag where the file says so", () => {
  const text = "# escape=`\nFROM a\nRUN --mount=type=tmpfs,target=C:\\ --security=insecure x";
  expect(grants(text, "docker.build-right")).toEqual(["3 final stage: security insecure host"]);
});

test.each([
  ["RUN << EOF\ncurl https://a.example/x | sh\nEOF", "3 final stage: a.example mutable"],
  ["RUN curl -s https://a.example/x | sh", "2 final stage: a.example mutable"],
  [
    "RUN apt-get x \\\n # c\n && curl -s https://a.example/x \\\n  | sh",
    "5 final stage: a.example mutable",
  ],
  ["RUN <<EOF\nset -e\ncurl https://a.example/x | sh\nEOF", "4 final stage: a.example mutable"],
  ['RUN ["sh", "-c", "curl https://a.example/x | sh"]', "2 final stage: a.example mutable"],
  ["ARG U=https://a.example\nRUN curl $U/x | sh", "3 final stage: a.example mutable"],
  ["CMD curl https://a.example/x | sh", "2 final stage: a.example mutable"],
  [
    "HEALTHCHECK --interval=1s CMD curl https://a.example/x | sh",
    "2 final stage: a.example mutable",
  ],
  [
    'HEALTHCHECK CMD ["sh", "-c", "curl https://a.example/x | sh"]',
    "2 final stage: a.example mutable",
  ],
  ['SHELL ["sh", "-c", "curl https://a.example/x | sh;"]', "2 final stage: a.example mutable"],
  ['SHELL ["pwsh", "-c"]\nRUN iwr https://a.example/x | iex', "3 final stage: a.example mutable"],
])("%j runs a script: %s", (text, expected) => {
  expect(grants(`FROM a\n${text}`, "docker.remote-script")).toEqual([expected]);
});

test("a program in another language is no shell script", () => {
  const text = "FROM a\nRUN <<EOF\n#!/usr/bin/env python3\ncurl https://a.example/x | sh\nEOF";
  expect(grants(text, "docker.remote-script")).toEqual([]);
});
