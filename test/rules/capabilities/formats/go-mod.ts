import { fill, numbered } from "../adversaries.ts";
import type { FormatSamples } from "./format-samples.ts";

const MODULE = "go.mod";
const SUMS = "go.sum";

const GO_MOD = `module example.org/a // a note

go 1.24

toolchain go1.24.1

require (
	example.org/b v1.2.3
	"example.org/c" v0.0.0-20250101000000-0a1b2c3d4e5f // indirect
)

replace example.org/c => ../c

exclude example.org/b v1.2.2

retract [v1.0.0, v1.0.1]
`;

const GO_SUM = `example.org/b v1.2.3 h1:0a=
example.org/b v1.2.3/go.mod h1:0b=
`;

export const goModSamples: FormatSamples = {
  reader: "go-mod",
  files: [
    { path: MODULE, text: GO_MOD, movedTo: "tools/go.mod" },
    { path: SUMS, text: GO_SUM, movedTo: "tools/go.sum" },
    { path: "go.work", text: "go 1.24\n\nuse ./a\n", movedTo: "b/go.work" },
  ],
  gains: [
    {
      what: "another module stands in the place of one",
      kind: "dependency.source",
      base: { [MODULE]: GO_MOD },
      head: { [MODULE]: GO_MOD.replace("=> ../c", "=> example.net/fork v1.0.0") },
    },
    {
      what: "a module is asked for",
      kind: "dependency.range",
      base: { [MODULE]: GO_MOD },
      head: { [MODULE]: `${GO_MOD}require example.org/d v1.0.0\n` },
    },
  ],
  nothing: [
    {
      what: "requirements are written in another way",
      base: { [MODULE]: GO_MOD },
      head: {
        [MODULE]: GO_MOD.replace(
          "require (\n\texample.org/b v1.2.3\n",
          "require `example.org/b` v1.2.3\n\nrequire(\n// more\n",
        ),
      },
    },
    {
      what: "a module is found to be used directly",
      base: { [MODULE]: GO_MOD },
      head: { [MODULE]: GO_MOD.replace(" // indirect", "") },
    },
  ],
  adversaries: [
    {
      what: "very many requirements",
      path: MODULE,
      write: (bytes) => `require (\n${numbered(bytes, (n) => `e.org/p${n} v1.0.${n}\n`)})\n`,
    },
    {
      what: "one line of brackets",
      path: MODULE,
      write: (bytes) => `retract ${fill("[,]", bytes)}\n`,
    },
    {
      what: "strings that are not closed",
      path: MODULE,
      write: (bytes) => `require ${fill('"\\', bytes)}\n`,
    },
    {
      what: "one word without an end",
      path: MODULE,
      write: (bytes) => `replace a${fill("/v1", bytes)}=> b${fill("/v2", bytes)} v1\n`,
    },
    {
      what: "very many digests",
      path: SUMS,
      write: (bytes) => numbered(bytes, (n) => `e.org/p${n} v1.0.0/go.mod h1:${n}=\n`),
    },
  ],
};
