import type { Command } from "./command.ts";
import { UsageError } from "./terminal.ts";

/** A command that is several: `bailiff NAME VERB …`. */
export function commandFamily(
  name: string,
  members: readonly (readonly [verb: string, command: Command])[],
): Command {
  const verbs = new Map(members);
  return {
    verbs,
    usage: [...verbs.values()].map(({ usage }) => usage.trim()).join("\n"),
    run([verb = "", ...rest], terminal) {
      const found = verbs.get(verb);
      if (found !== undefined) return found.run(rest, terminal);
      const known = [...verbs.keys()].join(", ");
      throw new UsageError(`${name}: say one of ${known}`, `see \`bailiff ${name} --help\``);
    },
  };
}
