import type { Capability } from "../../../../rules/capabilities/capability.ts";
import { readMintedTokens } from "../../../../rules/capabilities/github-step/minted-tokens.ts";
import { gainedWay, type Way } from "../../../../rules/capabilities/reach.ts";
import { grantedIn, jobWith } from "./granted.ts";

export const KEY = "${{ secrets.APP_KEY }}";
export const APP = "actions/create-github-app-token";
export const AWS = "aws-actions/configure-aws-credentials";

/** The tokens that a step makes whose lines, from 5 on, are these. */
export function mintedIn(step: string): Capability[] {
  const workflow = jobWith(`steps:\n  - ${step.replace(/\n/g, "\n    ")}`);
  return grantedIn(workflow, readMintedTokens);
}

/** How far the token reaches that an action makes from a key, on line 7, with these further inputs. */
export function reachOf(inputs: string, action = APP, key = "private-key"): readonly Way[] {
  const step = `uses: ${action}@v1\nwith:\n  ${key}: "${KEY}"\n${inputs.replace(/^(?=.)/gm, "  ")}`;
  const [found] = mintedIn(step);
  if (!found) throw new Error("no token");
  return found.reach;
}

/** Whether an edit of those inputs is a raise. */
export function doesGain(
  { base, head }: { readonly base: string; readonly head: string },
  action = APP,
  key?: string,
): boolean {
  return gainedWay(reachOf(head, action, key), reachOf(base, action, key)) !== undefined;
}
