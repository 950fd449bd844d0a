import { execFile } from "node:child_process";
import { cp, mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);
const root = join(import.meta.dirname, "../../..");

/** What a release ships for the Action; `dist/` is built afresh. */
const SHIPPED = ["action.yml", "package.json", "LICENSE"];

let built: Promise<string> | undefined;

/** A folder with exactly what a release ships, made once a process. */
export function shippedAction(): Promise<string> {
  return (built ??= ship());
}

async function ship(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "bailiff-action-"));
  await run(process.execPath, [join(root, "scripts/build.ts"), join(folder, "dist")], {
    cwd: root,
  });
  for (const name of SHIPPED) await cp(join(root, name), join(folder, name));
  return folder;
}
