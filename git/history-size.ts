import { GitError } from "./errors.ts";
import { git } from "./run-git.ts";
import type { Store } from "./store.ts";

const MAX_BYTES = 256 * 1024 * 1024;

/**
 * Refuses a head whose own commits hold more than any history of people does, with `TOO_LARGE`.
 *
 * git keeps every commit in memory while it seeks a merge base, and a pack of a few megabytes can
 * hold gigabytes of messages. Only sizes are asked for here.
 */
export async function refuseHugeHistory(
  store: Store,
  { base, head }: { readonly base: string; readonly head: string },
  maxBytes = MAX_BYTES,
): Promise<void> {
  const args = ["rev-list", head, `^${base}`];
  const output = (await git({ gitDir: store.gitDir, args })).toString("latin1");
  const infos = await store.objects.info(output.split("\n").filter(Boolean));
  const bytes = infos.reduce((sum, info) => sum + (info?.sizeBytes ?? 0), 0);
  if (bytes <= maxBytes) return;
  const what = `the commits of the change hold more than ${maxBytes} bytes`;
  throw new GitError("TOO_LARGE", `${what}; judge the change in smaller ranges`);
}
