import type { CapabilityReader } from "./capability.ts";
import { lifecycleKinds } from "./npm/lifecycle.ts";
import { claimsNamed } from "./npm/claims.ts";
import { understand } from "./not-understood.ts";
import { plainGrant } from "./plain-grant.ts";

/**
 * A `binding.gyp` beside a `package.json` that names no install script is one: npm then runs
 * `node-gyp rebuild`, which runs the commands in it. What it holds is not read.
 *
 * Source: docs.npmjs.com/cli/v11/using-npm/scripts#npm-install.
 */
export const bindingGyp: CapabilityReader = {
  name: "binding-gyp",
  kinds: lifecycleKinds,
  maxBytes: 1024 * 1024,
  claims: claimsNamed(["binding.gyp"]),
  read: () =>
    understand(() => [
      plainGrant({
        ...{ kind: "npm.script", name: "install", holder: "binding.gyp", level: "install" },
        ...{ context: "node-gyp rebuild", line: 1 },
      }),
    ]),
};
