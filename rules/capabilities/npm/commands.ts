import type { Capability } from "../capability.ts";
import type { DataMap } from "../data/data-node.ts";
import { entriesAt, scalarAt, valueAt } from "../data/values.ts";
import { plainGrant } from "../plain-grant.ts";

/** What installing a package puts before other programs of that name, in scripts and shells. */
export const commandKinds = { "npm.command": ["own", "shadowing"] } as const;

/**
 * The commands that a package brings. One that is called as a program that scripts rely on is run in
 * that one's place wherever the package is installed.
 *
 * Source: docs.npmjs.com/cli/v11/configuring-npm/package-json, "bin" and "directories.bin".
 */
export function commands(root: DataMap): Capability[] {
  const bin = scalarAt(root, "bin");
  const own = scalarAt(root, "name")?.text.replace(/^@[^/]*\//, "") ?? "";
  const folder = scalarAt(valueAt(root, "directories"), "bin");
  return [
    ...(bin && own !== "" ? [command(own, bin.line)] : []),
    ...entriesAt(root, "bin").map(({ key }) => command(key.text, key.line)),
    ...(folder ? [command(`all of ${folder.text}`, folder.line)] : []),
  ];
}

function command(name: string, line: number): Capability {
  const level = RELIED_ON.has(name.toLowerCase()) ? "shadowing" : "own";
  return plainGrant({ kind: "npm.command", name, holder: "bin", level, line });
}

/** Package managers, shells and what nearly every script calls. */
const RELIED_ON = new Set([
  ...["node", "npm", "npx", "corepack", "yarn", "yarnpkg", "pnpm", "pnpx", "bun", "bunx", "deno"],
  ...["sh", "bash", "zsh", "dash", "cmd", "powershell", "pwsh", "env", "sudo", "ssh", "scp"],
  ...["git", "gh", "curl", "wget", "tar", "unzip", "gpg", "openssl", "docker", "kubectl", "aws"],
  ...["cat", "cp", "cd", "echo", "find", "grep", "ls", "mkdir", "mv", "rm", "sed", "test", "xargs"],
  ...["make", "cmake", "gcc", "g++", "cc", "python", "python3", "pip", "ruby", "go", "cargo"],
]);
