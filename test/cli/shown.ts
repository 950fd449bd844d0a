/** What may never stand in what is shown, and how those who read it take it. */
import { expect } from "vitest";
import { readCodeSpans } from "../report/escape/code-spans.ts";

/** Nothing in a terminal's or a log's text commands it, hides or is a command to GitHub's runner. */
export function expectHarmlessText(text: string): void {
  expect(text.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
  expect(text).not.toMatch(/^\s*::/mu);
  expect(text).not.toContain("##[");
}

interface RunnerCommand {
  readonly name: string;
  readonly properties: Readonly<Record<string, string>>;
  readonly message: string;
}

/**
 * Reads a line of a log as GitHub's runner does: `::NAME KEY=VALUE,…::MESSAGE`; null where it is no
 * command. Source: `ActionCommand.TryParseV2` of actions/runner.
 */
export function readRunnerCommand(line: string): RunnerCommand | null {
  const parts = /^\s*::([^: ][^:]*?)(?: ([^:]*))?::(.*)$/su.exec(line);
  if (parts === null) return null;
  const [, name = "", written = "", message = ""] = parts;
  const properties = written.split(",").map((pair): [string, string] => {
    const [key = "", ...value] = pair.split("=");
    return [key.trim(), unescaped(value.join("="))];
  });
  return { name, properties: Object.fromEntries(properties), message: unescaped(message) };
}

/** Outside code spans Markdown holds our own words and signs alone: no mention, link, reference or HTML. */
export function expectHarmlessMarkdown(markdown: string): void {
  const { outside } = readCodeSpans(markdown);
  expect(outside).not.toMatch(/[@<>[\]&|$\\~_=`{}]/u);
  expect(outside).not.toMatch(/:\/\/|www\.|#\d|\bGH-\d|:\w+:/iu);
  expect(outside.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
  for (const line of outside.split("\n")) {
    expect(line).toMatch(
      /^(?:|### [A-Z][A-Za-z ]+|(?: {2})?- .*|\*\*[A-Z][a-z ]+\.\*\* .*|[A-Z\d].*)$/u,
    );
  }
}

function unescaped(text: string): string {
  return text
    .replaceAll("%0D", "\r")
    .replaceAll("%0A", "\n")
    .replaceAll("%3A", ":")
    .replaceAll("%2C", ",")
    .replaceAll("%25", "%");
}
