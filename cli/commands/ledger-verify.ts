import { ledgerHeads, openLedgerClone, type LedgerHead } from "../../git/ledger-clone.ts";
import { openRepository } from "../../git/repository.ts";
import { LedgerError } from "../../ledger/errors.ts";
import { parsePin, type Pin } from "../../ledger/format/pin.ts";
import type { Verification } from "../../ledger/verify/verification.ts";
import { verifyLedger, type VerifyOptions } from "../../ledger/verify/verify.ts";
import { verificationJson, verificationText, type ReadAt } from "../../report/verification-text.ts";
import type { Command } from "../command.ts";
import { choice, parseOptions } from "../options.ts";
import { EXIT, UsageError, type Terminal } from "../terminal.ts";

/** `bailiff ledger verify`: proves a clone of a ledger, offline, and says what it could not prove. */
export const ledgerVerify: Command = {
  usage: `
bailiff ledger verify [--repo DIR] [--ref REV] [--pin PIN] [--repository-id ID] [--format text|json]
  Verifies a clone of the ledger, offline. PIN is what its administrator published; ID is the
  repository's on its host, and tells a ledger that was copied into a fork.
  Exit: 0 it holds, 1 it does not.`,

  async run(args, { out, say, colour }) {
    const { values } = parseOptions("ledger verify", args, {
      repo: { type: "string" },
      ref: { type: "string" },
      pin: { type: "string" },
      "repository-id": { type: "string" },
      format: { type: "string" },
    });
    const format = choice("format", values.format ?? "text", ["text", "json"]);
    const pin = values.pin === undefined ? undefined : readPin(values.pin);
    const options = { pin, repositoryId: values["repository-id"] };
    const { verification, readAt } = await verified(values, options, say);
    out(
      format === "json"
        ? verificationJson(verification)
        : verificationText(verification, { colour, readAt }),
    );
    return verification.ok ? EXIT.ok : EXIT.denied;
  },
};

/** `bailiff ledger pin`: the line to publish, of a ledger that holds. */
export const ledgerPin: Command = {
  usage: `
bailiff ledger pin    [--repo DIR] [--ref REV]
  The pin of the ledger as it is now, once it verified.`,

  async run(args, { out, say, colour }) {
    const { values } = parseOptions("ledger pin", args, {
      repo: { type: "string" },
      ref: { type: "string" },
    });
    const { verification, readAt } = await verified(values, {}, say);
    if (!verification.ok) {
      say(verificationText(verification, { colour, readAt }).trimEnd());
      return EXIT.denied;
    }
    out(`${verification.pin}\n`);
    return EXIT.ok;
  },
};

interface Verified {
  readonly verification: Verification;
  readonly readAt: ReadAt;
}

async function verified(
  { repo = ".", ref }: { readonly repo?: string; readonly ref?: string },
  options: VerifyOptions,
  say: Terminal["say"],
): Promise<Verified> {
  await using repository = await openRepository(repo);
  const heads = ref === undefined ? await ledgerHeads(repository) : [];
  await using clone = await openLedgerClone(
    ref === undefined ? { repository } : { repository, ref },
  );
  const readAt = { ref: ref ?? heads[0]?.ref ?? "", commit: clone.commit };
  tellOther(readAt, heads, say);
  return { verification: await verifyLedger(clone, options), readAt };
}

/** A branch of this machine may be older than what was fetched, and then holds as well. */
function tellOther(readAt: ReadAt, heads: readonly LedgerHead[], say: Terminal["say"]): void {
  for (const { ref, commit } of heads) {
    if (commit === readAt.commit) continue;
    const other = ref.replace(/^refs\/(?:heads|remotes)\//, "");
    say(
      `bailiff: ${readAt.ref} is at ${readAt.commit.slice(0, 12)}, and is what was read; ${ref} is at ${commit.slice(0, 12)}: read it with --ref ${other}`,
    );
  }
}

/** A pin as the user gave it. Throws a `UsageError`. */
export function readPin(text: string): Pin {
  try {
    return parsePin(text);
  } catch (error) {
    if (!(error instanceof LedgerError)) throw error;
    throw new UsageError(`--pin: ${error.message}`, "quote the whole line that was published", {
      cause: error,
    });
  }
}
