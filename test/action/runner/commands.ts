/** A command to the runner, as it stood on a line of the step's output. */
export interface RunnerCommand {
  readonly name: string;
  readonly properties: Readonly<Record<string, string>>;
  readonly message: string;
}

/**
 * The commands in a step's output, in order.
 *
 * Source: actions/runner `src/Runner.Common/ActionCommand.cs`, which takes a command only from the
 * beginning of a line, white space aside.
 */
export function commandsIn(output: string): readonly RunnerCommand[] {
  return output.split(/\r\n|[\r\n]/).flatMap((line) => {
    const [, name, properties = "", message = ""] =
      /^\s*::([^\s:]+)(?: ([^:]*))?::(.*)$/s.exec(line) ?? [];
    if (name === undefined) return [];
    return [{ name, properties: propertiesIn(properties), message: unescaped(message) }];
  });
}

function propertiesIn(text: string): Record<string, string> {
  const pairs = text.split(",").filter((pair) => pair.includes("="));
  return Object.fromEntries(
    pairs.map((pair) => {
      const equals = pair.indexOf("=");
      const value = pair
        .slice(equals + 1)
        .replaceAll("%3A", ":")
        .replaceAll("%2C", ",");
      return [pair.slice(0, equals).trim(), unescaped(value)];
    }),
  );
}

function unescaped(text: string): string {
  return text.replaceAll("%0D", "\r").replaceAll("%0A", "\n").replaceAll("%25", "%");
}
