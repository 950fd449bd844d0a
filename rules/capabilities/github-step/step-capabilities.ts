import type { Capability } from "../capability.ts";
import { ACTION_KIND, readActions } from "./actions.ts";
import { CHECKOUT_KIND, readCheckouts } from "./checkouts.ts";
import { ENTRANCES } from "./heads/events-let-in.ts";
import { INJECTION_KIND, readInjections } from "./injections.ts";
import { MINTED_TOKEN_KIND, readMintedTokens } from "./minted-tokens.ts";
import { PERSISTED_CREDENTIALS_KIND, readPersistedCredentials } from "./persisted-credentials.ts";
import { REMOTE_SCRIPT_KIND, REMOTE_SCRIPT_LEVELS, readRemoteScripts } from "./remote-scripts.ts";
import { SENT_DATA_KIND, SENT_DATA_LEVELS, readSentData } from "./sent-data.ts";
import {
  UNSECURE_COMMANDS_KIND,
  UNSECURE_COMMANDS_LEVELS,
  readUnsecureCommands,
} from "./unsecure-commands.ts";
import type { StepScope } from "./scope.ts";

/** Each kind that steps grant, with its levels from weakest to strongest. */
export const STEP_KINDS = {
  [ACTION_KIND]: ["pinned", "mutable", "pretended"],
  [CHECKOUT_KIND]: ENTRANCES,
  [INJECTION_KIND]: ["insider", "outsider"],
  [MINTED_TOKEN_KIND]: [],
  [PERSISTED_CREDENTIALS_KIND]: ["cleared", "persisted"],
  [REMOTE_SCRIPT_KIND]: REMOTE_SCRIPT_LEVELS,
  [SENT_DATA_KIND]: SENT_DATA_LEVELS,
  [UNSECURE_COMMANDS_KIND]: UNSECURE_COMMANDS_LEVELS,
};

const READERS: readonly ((scope: StepScope) => Capability[])[] = [
  readActions,
  readCheckouts,
  readMintedTokens,
  readPersistedCredentials,
  readRemoteScripts,
  readSentData,
  readUnsecureCommands,
];

/** All that the steps of these scopes grant. Outputs are followed from job to job. */
export function readSteps(scopes: readonly StepScope[]): Capability[] {
  return [...readInjections(scopes), ...READERS.flatMap((read) => scopes.flatMap(read))];
}
