import { expect, test } from "vitest";
import { scriptsOf } from "../../../../rules/capabilities/github-step/step-script.ts";
import { scopeAndStep, scriptsIn } from "./granted.ts";

/** Each command of a step by its words and its row. */
function commandsIn(script: string): string[] {
  return scriptsIn(script).flatMap((commands) =>
    commands.map(({ written, row }) => `${row} ${written.join(" ")}`),
  );
}

/** A script in as many shells, each begun by a line of the one around it. */
function withinShells(count: number, script: string): string {
  if (count === 0) return script;
  return `bash <<'END${count}'\n${withinShells(count - 1, script)}\nEND${count}`;
}

test("rows count in the step's text, however deep a command stands", () => {
  expect(commandsIn("true\nbash <<'A'\ntrue\nbash <<'B'\nmake\nB\nA").at(-1)).toBe("4 make");
});

test("a text is read three deep", () => {
  expect(commandsIn(withinShells(3, "make")).at(-1)).toBe("3 make");
  expect(commandsIn(withinShells(4, "make"))).toHaveLength(4);
});

test("a here document that nobody expands or runs is no script", () => {
  expect(scriptsIn("cat <<'EOF'\n$(make)\nEOF")).toHaveLength(1);
  expect(commandsIn("cat <<EOF\n$(make)\nEOF")).toContain("1 make");
});

test("what is added to a variable stands in its place", () => {
  const [commands = []] = scriptsIn("URL+=https://x.example\ncurl $URL");
  expect(commands[1]?.args.map(({ text }) => text)).toEqual(["https://x.example"]);
});

test("a variable of PowerShell that is assigned again stands for its new value", () => {
  const script = "$u = 'https://x.example'; $u = 'https://y.example'; irm $u";
  const [commands = []] = scriptsIn(script, "        shell: pwsh\n");
  expect(commands.at(-1)?.args.map(({ text }) => text)).toEqual(["https://y.example"]);
});

test("a variable of the environment that PowerShell assigns stands for its new value", () => {
  const script = "$env:U = 'https://y.example'; irm $env:U";
  const [commands = []] = scriptsIn(
    script,
    "        shell: pwsh\n        env: {U: https://x.example}\n",
  );
  expect(commands.at(-1)?.args.map(({ text }) => text)).toEqual(["https://y.example"]);
});

test("elsewhere what looks like it is a program with arguments", () => {
  const [commands = []] = scriptsIn("CALL=curl\n$CALL = https://x.example");
  expect(commands[1]).toMatchObject({ name: "curl" });
});

test("a step's scripts are read once for all that ask for them", () => {
  const { scope, step } = scopeAndStep("{run: make}");
  expect(scriptsOf(scope, step)).toBe(scriptsOf(scope, step));
});
