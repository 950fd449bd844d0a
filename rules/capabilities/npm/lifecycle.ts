/**
 * The scripts that package managers run without being asked to by name, and for whom: `release` for
 * whoever packs or publishes, `checkout` for whoever installs inside the repository, `install` for
 * whoever installs the package anywhere.
 *
 * Source: docs.npmjs.com/cli/v11/using-npm/scripts#life-cycle-scripts; pnpm.io/scripts.
 */
const SCRIPTS = {
  install: ["preinstall", "install", "postinstall"],
  checkout: [
    ...["prepublish", "preprepare", "prepare", "postprepare", "dependencies"],
    "pnpm:devPreinstall",
  ],
  release: [
    ...["prepublishOnly", "prepack", "postpack", "publish", "postpublish"],
    ...["preversion", "version", "postversion"],
  ],
} as const;

/** What such a script grants, from weakest to strongest. */
export const lifecycleKinds = { "npm.script": ["release", "checkout", "install"] } as const;

const levels = Object.keys(SCRIPTS) as (keyof typeof SCRIPTS)[];

/** For whom a script of that name runs by itself; undefined for one that is run by name alone. */
export function lifecycleLevel(name: string): keyof typeof SCRIPTS | undefined {
  return levels.find((level) => (SCRIPTS[level] as readonly string[]).includes(name));
}
