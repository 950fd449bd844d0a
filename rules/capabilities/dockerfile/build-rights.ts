import type { Capability } from "../capability.ts";
import { mountFields } from "../container/mount-fields.ts";
import { POWER_LEVELS, type PowerLevel } from "../container/powers.ts";
import { plainGrant } from "../plain-grant.ts";
import { flagValues } from "./instruction.ts";
import type { Stage, Step } from "./stages.ts";

export const BUILD_RIGHT_KIND = "docker.build-right";

export const BUILD_RIGHT_LEVELS: readonly string[] = POWER_LEVELS;

interface Right {
  readonly name: string;
  readonly level: PowerLevel;
}

/** What `RUN` gives a step of the build beyond its own container. */
export function readBuildRights(stages: readonly Stage[]): Capability[] {
  return stages.flatMap(({ label, steps }) =>
    steps
      .filter(({ instruction }) => instruction.keyword === "RUN")
      .flatMap((step) =>
        rightsOf(step).map((right) => {
          const { text, line } = step.instruction;
          const held = { holder: label, context: `RUN ${text}`, line };
          return plainGrant({ kind: BUILD_RIGHT_KIND, ...right, ...held });
        }),
      ),
  );
}

function rightsOf({ instruction, expand }: Step): Right[] {
  const given = (flag: string): string[] =>
    flagValues(instruction, flag).map((value) => expand(value).text.toLowerCase());
  return [
    ...given("security").flatMap((value) =>
      named(value === "insecure", "security insecure", "host"),
    ),
    ...given("network").flatMap((value) => named(value === "host", "network host", "broad")),
    ...flagValues(instruction, "device").flatMap((value) =>
      named(true, `device ${expand(value).text}`, "limited"),
    ),
    ...flagValues(instruction, "mount").flatMap((mount) => mounted(mount, expand)),
  ];
}

function named(isGiven: boolean, name: string, level: PowerLevel): Right[] {
  return isGiven ? [{ name, level }] : [];
}

// `--mount=type=secret,id=npm`, `--mount=type=ssh`
function mounted(mount: string, expand: Step["expand"]): Right[] {
  const fields = new Map(mountFields(mount).map(([key, value]) => [key, expand(value).text]));
  const type = fields.get("type") ?? "";
  if (type !== "secret" && type !== "ssh") return [];
  const id = fields.get("id") ?? fields.get("target") ?? "";
  return [{ name: `${type} ${id}`.trim(), level: "limited" }];
}
