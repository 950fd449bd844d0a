import type { CapabilityReader } from "./capability.ts";
import { claimByFolder } from "./in-folder.ts";
import { bytesDigest } from "./holder-content.ts";
import { understand } from "./not-understood.ts";
import { printable } from "./printable.ts";
import { wayTo } from "./reach.ts";

/** What package managers load by where it lies, whatever their file system makes of its case. */
const CODE: readonly (readonly [RegExp, string])[] = [
  [/(?:^|\/)\.?pnpmfile\.[cm]?js$/i, "pnpmfile"],
  [/(?:^|\/)\.yarn\/releases\/[^/]+\.[cm]?js$/i, "yarn"],
  [/(?:^|\/)\.pnp(?:\.loader)?\.[cm]?js$/i, "yarn's loader"],
  [/(?:^|\/)\.env\.yarn$/i, "yarn's environment"],
  [/(?:^|\/)\.yarn\/plugins\/.+\.[cm]?js$/i, "yarn plugin"],
];

/**
 * Code that a package manager runs whenever it is started: pnpm's hooks, the yarn that a repository
 * brings along, its plugins, what it loads packages by and the environment that it gives to scripts.
 * What it does is not read: other bytes are other code.
 *
 * Source: pnpm.io/pnpmfile; yarnpkg.com/features/pnp; yarnpkg.com/configuration/yarnrc#yarnPath,
 * #plugins and #injectEnvironmentFiles.
 */
export const npmCode: CapabilityReader = {
  name: "npm-code",
  kinds: { "npm.program": [] },
  maxBytes: 8 * 1024 * 1024,
  claims: (path) => {
    if (roleOf(path) === undefined) return null;
    return claimByFolder(path);
  },
  read: (path, content) =>
    understand(() => {
      const digest = bytesDigest(content);
      return [
        {
          ...{ kind: "npm.program", name: roleOf(path) ?? "code", context: "" },
          holder: printable(path.split("/").at(-1) ?? path),
          ...{ line: 1, certainty: "exact" },
          reach: [wayTo(`content:${digest}`, 1)],
          holderContent: digest,
        },
      ];
    }),
};

function roleOf(path: string): string | undefined {
  return CODE.find(([pattern]) => pattern.test(path))?.[1];
}
