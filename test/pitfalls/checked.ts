import type { GovernanceVerdict } from "../../rules/verdict/verdict.ts";
import type { RepositoryHandle } from "../embedded-github/repository-handle.ts";
import type { FixtureRepository } from "../git/fixture-repository.ts";
import type { Scene } from "../app/scene.ts";
import { runCli } from "../cli/run-cli.ts";

export const PACK = "bailiff:recommended";

/** What `bailiff check` came to. */
export interface Checked {
  readonly status: number;
  readonly verdict: GovernanceVerdict;
}

/** Judges `head` against `main` as a user of the CLI does, by the repository's policies unless told. */
export async function check(
  { directory }: FixtureRepository,
  head: string,
  ...options: readonly string[]
): Promise<Checked> {
  const range = ["--repo", directory, "--base", "main", "--head", head];
  const { status, out, said } = await runCli(["check", ...range, "--format", "json", ...options]);
  if (out === "") throw new Error(said);
  return { status, verdict: (JSON.parse(out) as { verdict: GovernanceVerdict }).verdict };
}

/** What our App's newest check run on a commit concluded with; another App's are passed over. */
export function concluded(
  { appId }: Scene,
  repository: RepositoryHandle,
  head: string,
): string | null | undefined {
  return repository.checkRuns(head).find(({ app }) => app.id === appId)?.conclusion;
}
