import { fill, numbered } from "../adversaries.ts";
import type { FormatSamples } from "./format-samples.ts";

const PATH = "Dockerfile";

const FILE = `# syntax=docker/dockerfile:1
ARG VERSION=3.21
FROM alpine:\${VERSION} AS build
ADD --checksum=sha256:00 https://a.example/x /x
ENV API_KEY=abc
RUN --mount=type=secret,id=npm make && \\
  # a comment
  make install
FROM scratch
COPY --from=build /x /x
COPY <<EOF /etc/x
USER root
EOF
USER app
CMD ["/x"]
`;

function pair(base: string, head: string) {
  return { base: { [PATH]: base }, head: { [PATH]: head } };
}

export const dockerfileSamples: FormatSamples = {
  reader: "dockerfile",
  files: [{ path: PATH, text: FILE, movedTo: "images/a/Dockerfile.alpine" }],
  gains: [
    {
      what: "the last stage's user goes",
      kind: "docker.user",
      ...pair(FILE, FILE.replace("USER app\n", "")),
    },
    {
      what: "an image comes to run as root",
      kind: "docker.user",
      ...pair(FILE, FILE.replace("USER app", "USER 0")),
    },
    {
      what: "a download loses its digest",
      kind: "docker.add-url",
      ...pair(FILE, FILE.replace("--checksum=sha256:00 ", "")),
    },
    {
      what: "a step runs what it downloads",
      kind: "docker.remote-script",
      ...pair(FILE, FILE.replace("make install", "curl https://a.example/y | sh")),
    },
    {
      what: "a secret comes to stand in the image",
      kind: "docker.secret",
      ...pair(FILE, FILE.replace("ENV API_KEY=abc", "ENV API_KEY=abc DB_PASSWORD=x")),
    },
    {
      what: "a step leaves its container",
      kind: "docker.build-right",
      ...pair(FILE, FILE.replace("RUN --mount", "RUN --security=insecure --mount")),
    },
    {
      what: "an image is no longer pinned to a tag",
      kind: "dependency.range",
      ...pair(FILE, FILE.replace("alpine:${VERSION}", "alpine")),
    },
    {
      what: "an image comes from another registry",
      kind: "dependency.source",
      ...pair(FILE, FILE.replace("FROM alpine", "FROM a.example/alpine")),
    },
  ],
  nothing: [
    {
      what: "keywords, comments and continued lines are written in another way",
      ...pair(
        FILE,
        FILE.replace("USER app", "# who\nuser app").replace("&& \\\n  # a comment\n", "&& \\\n\n"),
      ),
    },
    {
      what: "one user becomes another",
      ...pair(
        FILE.replace("USER app", "USER 1000:1000"),
        FILE.replace("USER app", "USER 1000:1000 "),
      ),
    },
  ],
  adversaries: [
    adversary("stages", (bytes) => numbered(bytes, (n) => `FROM s${n - 1} AS s${n}\n`)),
    adversary("steps", (bytes) => `FROM a\n${numbered(bytes, (n) => `RUN make ${n}\n`)}`),
    adversary("lines that go on", (bytes) => `FROM a\nRUN ${fill("a \\\n", bytes)}`),
    adversary("comments in a step", (bytes) => `FROM a\nRUN a \\\n${fill("# x\n", bytes)}`),
    adversary("here documents", (bytes) => `FROM a\n${fill("RUN <<E\nE\n", bytes)}`),
    adversary("here documents of one step", (bytes) => {
      return `FROM a\nRUN ${fill("<<E ", bytes / 2)}\n${fill("E\n", bytes / 2)}`;
    }),
    adversary("here documents without an end", (bytes) => `FROM a\n${fill("RUN <<E\n", bytes)}`),
    adversary("flags", (bytes) => `FROM a\nRUN ${fill("--mount=type=ssh ", bytes)}x`),
    adversary("one flag", (bytes) => `FROM a\nRUN --mount=${fill("a", bytes)}" x`),
    adversary("variables", (bytes) => {
      return `FROM a\n${numbered(bytes, (n) => `ENV A${n}=$A${n - 1}$A${n - 1}b\n`)}`;
    }),
    adversary("one variable set again", (bytes) => {
      return `FROM a\n${numbered(bytes, (n) => `ENV A=h${n}.example\nADD https://$A/x /\n`)}`;
    }),
    adversary("braces", (bytes) => `FROM a\nUSER ${fill("${a:-", bytes)}`),
    adversary("quotes", (bytes) => `FROM a\nENV ${fill("'\"", bytes)}`),
    adversary("copies between stages", (bytes) => {
      const stages = numbered(2_000, (n) => `FROM a AS s${n}\n`);
      return `${stages}${numbered(bytes, (n) => `COPY --from=s${n % 150} /a /b\n`)}`;
    }),
    adversary("white space", (bytes) => `FROM a\nUSER${fill(" ", bytes)}x`),
    adversary("an image's name", (bytes) => `FROM ${fill("a:1/", bytes)}`),
    adversary("directives", (bytes) => fill("# a=b\n", bytes)),
    adversary("lists", (bytes) => `FROM a\nADD [${fill('"https://a/",', bytes)}"/x"]`),
  ],
};

function adversary(what: string, write: (bytes: number) => string) {
  return { what: `a Dockerfile with ${what}`, path: PATH, write };
}
