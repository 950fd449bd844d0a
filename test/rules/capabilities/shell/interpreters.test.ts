import { expect, test } from "vitest";
import { codeOf, fileRunBy, runsInput } from "../../../../rules/capabilities/shell/interpreters.ts";
import { programOf, type ShellProgram } from "../../../../rules/capabilities/shell/program.ts";
import { readShell } from "../../../../rules/capabilities/shell/read-shell.ts";

function programIn(script: string): ShellProgram {
  return programOf(readShell(script, "posix")[0] ?? { words: [] });
}

function codeIn(script: string): string[] {
  return codeOf(programIn(script)).map(({ text }) => text);
}

test.each([
  "sh",
  "sh -",
  "sh /dev/stdin",
  "sh /dev/fd/0",
  "bash -x",
  "bash -s -- a",
  "bash -es a",
  "bash -sx a",
  "bash -o pipefail",
  "bash -O extglob",
  "bash -eo pipefail",
  "bash --rcfile a",
  "bash --init-file a",
  "pwsh -ExecutionPolicy Bypass",
  "pwsh -ep bypass",
  "python -W ignore",
  "python -OuX dev",
  "python - a",
  "bun run -",
  "deno run -",
  "iex",
  "invoke-expression",
  ". /dev/stdin",
  "source -",
])("%s runs what it reads", (script) => {
  expect(runsInput(programIn(script))).toBe(true);
});

test.each([
  "cat",
  "sh a",
  "sh a-s",
  "sh -c a",
  "bash -c a -s",
  "bash --posix a",
  "bash --no-o a",
  "python -s a",
  "python -Wignore a",
  "python -O a",
  "python -x a",
  "python --no-X a",
  "pwsh -no-ep a",
  "pwsh -epx a",
  "bun",
  "deno run a",
  "iex a",
  "invoke-expression a",
  ". a",
  "source",
])("%s runs nothing that it reads", (script) => {
  expect(runsInput(programIn(script))).toBe(false);
});

test.each([
  "ash -c CODE a",
  "bash -e -c CODE a",
  "bash -xc CODE",
  "bash -ce CODE",
  "bash -c -e CODE",
  "bash -c -o pipefail CODE",
  "sh -c -- CODE",
  "bash -euo pipefail -c CODE",
  "fish -c CODE",
  "powershell -Command CODE",
  "pwsh -c CODE",
  "bun -e CODE",
  "bun --eval CODE",
  "deno eval CODE",
  "deno -L debug eval CODE",
  "node -e CODE",
  "node -pe CODE",
  "node --eval CODE",
  "node --print CODE",
  "perl -e CODE",
  "perl -nE CODE",
  "php -r CODE",
  "python -c CODE",
  "python -Ic CODE",
  "ruby -e CODE",
  "ruby -ne CODE",
  "eval CODE",
  "ssh host bash -c CODE",
  "docker run image deno eval CODE",
  "bash <<< CODE",
])("%s runs a text that it is given", (script) => {
  expect(codeIn(script)).toEqual(["CODE"]);
});

test.each([
  "sh a -c b",
  "sh -c",
  "node -e",
  "cat <<< a",
  "bash a <<< b",
  "bun re-e a",
  "bun --evaluate a",
  "deno evaluate a",
  "deno medieval a",
  "node --print-bytecode a",
  "node --inspect-brk-node a",
  "perl make-file a",
  "perl -Mexperimental a",
  "php for-r a",
  "php -recho a",
  "python sync-src a",
  "python -mcompileall a",
  "ruby make-file a",
  "ruby -rset a",
  "ssh host -c a",
])("%s is given no code", (script) => {
  expect(codeIn(script)).toEqual([]);
});

test.each([
  "sh FILE a",
  "bash -x FILE",
  "bash -euo pipefail FILE",
  "perl -w FILE",
  "python -O FILE",
  "deno run -A FILE",
  "deno FILE",
  "bun run FILE",
  "bun --hot run FILE",
  "bun FILE",
  "node FILE a",
  "node -r a FILE",
  "node -C a FILE",
  "node --require a FILE",
  "node --import a FILE",
  "node --loader a FILE",
  "node --experimental-loader a FILE",
  "node --env-file a FILE",
  "node --conditions a FILE",
  "perl -I a FILE",
  "php -c a FILE",
  "php -d a=b FILE",
  "ruby -I a FILE",
  "ruby -r a FILE",
  "ruby -C a FILE",
  "node -r./a FILE",
  "node --require-x FILE",
  "node --no-r FILE",
  "perl -Ia FILE",
  "perl --no-I FILE",
  "php -da=b FILE",
  "php --no-c FILE",
  "ruby -rset FILE",
  "ruby --no-I FILE",
  ". FILE",
  "source FILE a",
])("%s runs a file", (script) => {
  expect(fileRunBy(programIn(script))?.text).toBe("FILE");
});

test.each(["run.ts", "./run", "a/run"])(
  "bun and deno run the file %s, which is no subcommand",
  (file) => {
    expect(fileRunBy(programIn(`bun ${file} x`))?.text).toBe(file);
    expect(fileRunBy(programIn(`deno ${file} x`))?.text).toBe(file);
  },
);

test.each(["./a b", "bin\\a", "$A"])("%s is a file that is run", (script) => {
  expect(fileRunBy(programIn(script.replace("\\", "\\\\")))?.text).toBe(script.split(" ")[0]);
});

test.each([
  "A=b",
  "cat a",
  "a$B",
  "sh",
  "sh -",
  "sh -c a",
  "source",
  "eval a",
  "bun",
  "bun install",
  "deno run",
])("%s runs no file", (script) => {
  expect(fileRunBy(programIn(script))).toBeUndefined();
});
