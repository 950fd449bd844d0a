import type { SeededRandom } from "../../seeded-random.ts";
import type { ModelBranch, ModelCommit } from "./branch-model.ts";
import { byteEdits, lineEdits } from "./edits.ts";
import { commitAt, type Mutated } from "./mutation.ts";

export function editMessage(branch: ModelBranch, random: SeededRandom): Mutated {
  const at = random.below(branch.commits.length);
  const edit = random.pick([...byteEdits, ...lineEdits, ...MESSAGE_EDITS]);
  const { message } = commitAt(branch, at);
  if (random.chance(0.1)) return changed(branch, at, { encoding: "UTF-16" }, "encoding");
  return changed(branch, at, { message: edit(message, random) }, "message");
}

const MESSAGE_EDITS: readonly ((message: Buffer) => Buffer)[] = [
  (message) => Buffer.concat([message, Buffer.from("\n")]),
  (message) => Buffer.concat([message, Buffer.from("\u202e")]),
  (message) => Buffer.concat([message, Buffer.from("\0hidden")]),
  (message) => Buffer.concat([Buffer.from("\ufeff"), message]),
  (message) => Buffer.from(message.toString("latin1").replace("DENY", "ALLOW")),
];

export function swapMessages(branch: ModelBranch, random: SeededRandom): Mutated {
  const [at, other] = [random.below(branch.commits.length), random.below(branch.commits.length)];
  const [{ message }, second] = [commitAt(branch, at), commitAt(branch, other)];
  const { branch: half } = changed(branch, at, { message: second.message }, "");
  return changed(half, other, { message }, `message swapped with commit ${at}'s`);
}

export function editAuthor(branch: ModelBranch, random: SeededRandom): Mutated {
  const at = random.below(branch.commits.length);
  return changed(
    branch,
    at,
    { author: `Mallory <m${random.below(99)}@example.invalid>` },
    "author",
  );
}

export function editDate(branch: ModelBranch, random: SeededRandom): Mutated {
  const at = random.below(branch.commits.length);
  return changed(branch, at, { date: random.below(2_000_000_000) }, "date");
}

function changed(
  branch: ModelBranch,
  at: number,
  change: Partial<ModelCommit>,
  what = "",
): Mutated {
  const commits = branch.commits.map((commit, place) =>
    place === at ? { ...commit, ...change } : commit,
  );
  return { branch: { ...branch, commits }, told: `${what} of commit ${at}` };
}
