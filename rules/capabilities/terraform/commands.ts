import type { Capability } from "../capability.ts";
import { canonicalConfig, type ConfigMap, mapsAt, mapsIn, textsAt } from "../cloud/config-value.ts";
import { grantedTo, type Holder } from "../cloud/granted.ts";
import { contentDigest } from "../holder-content.ts";
import { wayTo } from "../reach.ts";

/** Where a command runs: on the machine that is made, or where Terraform does, with its credentials. */
export const COMMAND_LEVELS = ["remote", "local"] as const;

/** The commands that applying a resource runs. */
export function provisioners(holder: Holder, body: ConfigMap): Capability[] {
  return mapsAt(body, "provisioner").flatMap(({ entries }) =>
    entries.flatMap(({ key, value, line }): Capability[] => {
      const level = PROVISIONERS.get(key);
      if (level === undefined || value.type !== "map") return [];
      const [command] = textsAt(value, "command", "inline", "script", "scripts");
      return [
        commandOf(holder, key, level, {
          body: value,
          line: command?.line ?? line,
          shown: command?.text ?? "",
        }),
      ];
    }),
  );
}

const PROVISIONERS: ReadonlyMap<string, (typeof COMMAND_LEVELS)[number]> = new Map([
  ["local-exec", "local"],
  ["remote-exec", "remote"],
]);

/** A program that runs whenever Terraform plans. */
export function externalProgram(holder: Holder, body: ConfigMap): Capability {
  const words = textsAt(body, "program");
  const shown = words.map(({ text }) => text).join(" ");
  return commandOf(holder, "external", "local", { body, line: words[0]?.line ?? body.line, shown });
}

/** Programs that give a provider its credentials, each time it is used. */
export function providerCommands(holder: Holder, body: ConfigMap): Capability[] {
  return body.entries.flatMap(({ key, value }) =>
    mapsIn(value).flatMap((inner) => {
      if (key !== "exec") return providerCommands(holder, inner);
      const words = textsAt(inner, "command", "args");
      const shown = words.map(({ text }) => text).join(" ");
      const line = words[0]?.line ?? inner.line;
      return [commandOf(holder, "exec", "local", { body: inner, line, shown })];
    }),
  );
}

interface Command {
  readonly body: ConfigMap;
  readonly line: number;
  readonly shown: string;
}

function commandOf(holder: Holder, name: string, level: string, command: Command): Capability {
  const { body, line, shown } = command;
  const reach = [wayTo(`command:${contentDigest(canonicalConfig(body))}`, line)];
  return grantedTo(holder, { kind: "terraform.command", name, level, line, context: shown, reach });
}

/** Where the state goes, which holds every secret of what was made: to a backend, or to HCP Terraform. */
export function backends(body: ConfigMap): Capability[] {
  const own = mapsAt(body, "backend").flatMap(({ entries }) => entries);
  const cloud = body.entries.filter(({ key }) => key === "cloud");
  return [...own, ...cloud].map(({ key, value, line }) => {
    const content = contentDigest(key, canonicalConfig(value));
    const holder = { holder: "terraform", holderContent: content, isReferredTo: true } as const;
    const reach = [wayTo(`state:${content}`, line)];
    return grantedTo(holder, { kind: "terraform.backend", name: key, line, reach });
  });
}
