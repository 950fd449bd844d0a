/**
 * Who a container runs as, from weakest to strongest. `unstated`: whoever the image says, which the
 * file does not show, and root where it says nothing.
 */
export const USER_LEVELS = ["user", "unstated", "root"] as const;

export type UserLevel = (typeof USER_LEVELS)[number];

/**
 * The level of a user as `USER` takes it: `app`, `1000:1000`, `root`, `0:0`.
 *
 * Numbers are read as Go's `strconv.Atoi` reads them: `+0` and `00` are root. Windows' containers
 * call it `ContainerAdministrator`.
 */
export function userLevel(written: string): UserLevel {
  const [name = ""] = written.trim().split(":", 1);
  if (written.trim() === "") return "unstated";
  return name === "" || ROOT.test(name) ? "root" : "user";
}

const ROOT = /^(?:root|[+-]?0+|(?:.*\\)?(?:ContainerAdministrator|Administrator))$/i;
