import { expect, test } from "vitest";
import type { Dialect } from "../../../../rules/capabilities/shell/command.ts";
import {
  type Argument,
  programName,
  programOf,
  type ShellProgram,
} from "../../../../rules/capabilities/shell/program.ts";
import { readShell } from "../../../../rules/capabilities/shell/read-shell.ts";

function programIn(script: string, dialect: Dialect = "posix"): ShellProgram {
  return programOf(readShell(script, dialect)[0] ?? { words: [] });
}

function textsOf(args: readonly Argument[]): string[] {
  return args.map(({ text }) => text);
}

test.each([
  ["curl", "curl"],
  ["/usr/bin/python3.12", "python"],
  ["python3-config", "python3-config"],
  ["ipython3", "ipython3"],
  ["node22", "node"],
  ["C:\\Windows\\PowerShell.EXE", "powershell"],
  ["a.exec", "a.exec"],
  ["CURL", "curl"],
  ["/usr/bin/", "/usr/bin/"],
  ["$SHELL", "sh"],
  ["${BASH}", "sh"],
  ["a$SHELL", "a$shell"],
  ["$SHELLS", "$shells"],
])("%s is called %s", (called, name) => {
  expect(programName(called)).toBe(name);
});

test("a command that only assigns calls nothing", () => {
  expect(programIn("A=b C+=d")).toEqual({
    name: "",
    called: null,
    args: [],
    assigned: [
      { text: "A=b", word: 0 },
      { text: "C+=d", word: 1 },
    ],
    targets: [],
    input: [],
    inputFiles: [],
  });
});

test.each(["busybox", "builtin", "command", "coproc", "doas", "env", "exec", "nice", "nohup"])(
  "%s only starts another program",
  (prefix) => {
    expect(programIn(`${prefix} -x curl a`)).toMatchObject({ name: "curl", called: { word: 2 } });
  },
);

test.each(["setsid", "stdbuf", "sudo", "time", "timeout -x 5", "xargs"])(
  "%s starts another program",
  (prefix) => {
    expect(programIn(`A=b ${prefix} C=d curl a`).name).toBe("curl");
  },
);

test.each([
  ["doas", ["-u"]],
  ["env", ["-u", "-C"]],
  ["exec", ["-a"]],
  ["nice", ["-n"]],
  ["stdbuf", ["-i", "-o", "-e"]],
  ["sudo", ["-u", "-g", "-p", "-C", "-h", "-D", "-R", "-T", "-U", "-r", "-t"]],
  ["time", ["-f", "-o"]],
  ["xargs", ["-a", "-d", "-E", "-I", "-L", "-n", "-P", "-s"]],
])("what %s starts stands behind the values of its options", (prefix, options) => {
  const names = options.map((option) => programIn(`${prefix} ${option} value curl a`).name);
  expect(names).toEqual(options.map(() => "curl"));
});

test.each(["-k", "-s"])(
  "what timeout starts stands behind the value of %s and the time",
  (option) => {
    expect(programIn(`timeout ${option} value 5 curl a`).name).toBe("curl");
  },
);

test.each(["sudo", "sudo -E"])("%s alone starts nothing", (script) => {
  expect(programIn(script)).toMatchObject({ name: "", called: null });
});

test.each(["export", "local", "readonly", "declare", "typeset"])("%s declares", (declaring) => {
  const { called, assigned } = programIn(`${declaring} -x A=b C=d`);
  expect(called).toBeNull();
  expect(textsOf(assigned)).toEqual(["A=b", "C=d"]);
});

test.each([
  { script: "./a=b c", name: "a=b", args: ["c"] },
  { script: "a = b", name: "a", args: ["=", "b"] },
])("$script assigns nothing", ({ script, name, args }) => {
  const program = programIn(script);
  expect(program).toMatchObject({ name, assigned: [] });
  expect(textsOf(program.args)).toEqual(args);
});

test.each([
  { script: "$text = irm a b", assigned: "text=irm", name: "irm", args: ["a", "b"] },
  { script: "$env:TEXT = irm a", assigned: "TEXT=irm", name: "irm", args: ["a"] },
  { script: "$text =", assigned: "text=", name: "", args: [] },
])("in PowerShell $script assigns what is called", ({ script, assigned, name, args }) => {
  const program = programIn(script, "powershell");
  expect(textsOf(program.assigned)).toEqual([assigned]);
  expect(program.name).toBe(name);
  expect(textsOf(program.args)).toEqual(args);
});

test.each([
  { script: "a > b 2>&1 >> c", targets: ["b", "c"] },
  { script: "a 10> b 11>&10 {fd}> c 3>&- 4>&3-", targets: ["b", "c"] },
  { script: "a >& b", targets: ["b"] },
  { script: "a > 1", targets: ["1"] },
  { script: "a >| b", targets: ["b"] },
  { script: 'a > "&1"', targets: ["&1"] },
  { script: "a >& 1.log >& x1", targets: ["1.log", "x1"] },
  { script: "a < b", targets: [] },
  { script: "a <> b", targets: [] },
  { script: "a <& b", targets: [] },
  { script: "a <<b\nb", targets: [] },
])("$script writes to files", ({ script, targets }) => {
  expect(programIn(script)).toMatchObject({ args: [], targets });
});

test("a file that is read is no argument", () => {
  expect(programIn("a < b 3< c >> d")).toMatchObject({ args: [], inputFiles: ["b", "c"] });
});

test("a here string is no argument", () => {
  expect(programIn("a b <<< c")).toMatchObject({
    args: [{ text: "b", word: 1 }],
    input: [{ text: "c", word: 3 }],
  });
});
