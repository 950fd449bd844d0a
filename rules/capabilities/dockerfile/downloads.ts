import { withoutUserAndQuery } from "../../dependencies/source.ts";
import type { Capability } from "../capability.ts";
import { plainGrant } from "../plain-grant.ts";
import { addressIn, addressAt, addressName, isPinned } from "../shell/address.ts";
import { instructionList } from "./heredocs.ts";
import { flagValues } from "./instruction.ts";
import type { Stage, Step } from "./stages.ts";
import { refuseMany, unquoted, wordsOf } from "./words.ts";

export const ADD_URL_KIND = "docker.add-url";

/** Weakest first: `verified` by a digest or a commit's SHA, over `plain` anyone between changes it. */
export const ADD_URL_LEVELS = ["verified", "unverified", "plain"];

/** What `ADD` takes from servers and git repositories into an image. */
export function readDownloads(stages: readonly Stage[]): Capability[] {
  return stages.flatMap((stage) =>
    stage.steps
      .filter(({ instruction }) => instruction.keyword === "ADD")
      .flatMap((step) => sourcesOf(step).map((url) => download(stage, step, url))),
  );
}

function sourcesOf({ instruction: { text, line }, expand }: Step): string[] {
  const words = instructionList(text) ?? wordsOf(text) ?? [];
  if (words.some((word) => REMOTE.test(word))) refuseMany(words, line);
  return words
    .slice(0, -1)
    .map((word) => expand(word).text)
    .filter((source) => REMOTE.test(source));
}

// `https://…`, `git://…`, `git@host:path`, `ssh://…`
const REMOTE = /^(?:https?|git|ssh):\/\/|^[\w.-]+@[\w.-]+:/i;

function download({ label }: Stage, step: Step, url: string): Capability {
  const { line, endLine } = step.instruction;
  const address = addressIn(url) ?? addressAt(url.replace(/^[^@]*@/, "").replace(":", "/"));
  const name = addressName(address);
  const level = isVerified(step, url, isPinned(address)) ? "verified" : levelOf(url);
  const told = { name, holder: label, context: withoutUserAndQuery(url), level };
  return { ...plainGrant({ kind: ADD_URL_KIND, ...told, line }), endLine };
}

function isVerified(step: Step, url: string, isPinnedPath: boolean): boolean {
  const checksums = flagValues(step.instruction, "checksum").map((sum) => step.expand(sum).text);
  const isByCommit = /#[0-9a-f]{40}(?::|$)|[?&](?:checksum|commit)=[0-9a-f]{40}(?=[&#]|$)/i.test(
    url,
  );
  return isByCommit || isPinnedPath || checksums.some((sum) => unquoted(sum).trim() !== "");
}

function levelOf(url: string): string {
  return /^(?:http|git):\/\//i.test(url) ? "plain" : "unverified";
}
