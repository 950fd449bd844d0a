import { openLedgerClone } from "../../../git/ledger-clone.ts";
import { verifyLedger } from "../../../ledger/verify/verify.ts";
import { createFixtureRepository, type FixtureRepository } from "../../git/fixture-repository.ts";
import { sampleLedger } from "../ledger-builder.ts";

/** The sample ledger on its branch of a bare repository. */
export interface PlantedLedger {
  readonly repository: FixtureRepository;
  /** Its commits, oldest first. */
  readonly ids: readonly string[];
  /** What verification tells of a commit (default: the branch), as `CODE place`. */
  told(ref?: string): Promise<readonly string[]>;
}

export async function plantLedger(): Promise<PlantedLedger> {
  const repository = await createFixtureRepository({ bare: true });
  const ids: string[] = [];
  for (const { message, files } of sampleLedger().commits) {
    const commit = { branch: "governance-ledger", message, parents: ids.slice(-1) };
    ids.push(await repository.commit(files, commit));
  }
  const told = async (ref?: string): Promise<readonly string[]> => {
    const { directory } = repository;
    const options = { repository: directory, ...(ref === undefined ? {} : { ref }) };
    await using clone = await openLedgerClone(options);
    const { problems } = await verifyLedger(clone);
    return problems.map(({ code, place }) => `${code} ${place}`);
  };
  return { repository, ids, told };
}
