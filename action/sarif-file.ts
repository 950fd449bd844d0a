import { constants } from "node:fs";
import { lstat, realpath, writeFile } from "node:fs/promises";
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from "node:path";
import * as core from "@actions/core";
import { thisVersion } from "../maestro/evaluator.ts";
import { sarif } from "../report/sarif.ts";
import type { Judgement } from "../rules/evidence.ts";
import { ActionError } from "./errors.ts";
import { shownValue } from "./inputs.ts";
import type { Runner } from "./runner.ts";
import { verdictStands } from "./standing-verdict.ts";
import type { Step } from "./step.ts";

/**
 * Refuses what SARIF cannot be written to: a path that leads out of the workspace or into no folder,
 * and one where something else than a file is. Throws INPUT_INVALID.
 */
export async function checkSarifPath({ runner, inputs }: Step): Promise<void> {
  if (inputs.sarif !== null) await placeOf(inputs.sarif, runner);
}

const { O_WRONLY, O_CREAT, O_TRUNC, O_NOFOLLOW } = constants;

/**
 * Writes a verdict as SARIF where the step is asked for it, last of all: a command starts in the
 * workspace as it was judged.
 *
 * Where it cannot be written the step fails with a line of its own, and the verdict stays as it is told.
 */
export async function writeSarif(judgement: Judgement, { runner, inputs }: Step): Promise<void> {
  if (inputs.sarif === null) return;
  const text = sarif(judgement, thisVersion());
  try {
    const place = await placeOf(inputs.sarif, runner);
    await writeFile(place, text, { flag: O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW });
  } catch (error) {
    core.setFailed(verdictStands("no SARIF tells it", error));
  }
}

/** A change makes of the workspace what it likes, and brings links that lead elsewhere. */
async function placeOf(asked: string, { workspace }: Runner): Promise<string> {
  const path = resolve(workspace, asked);
  const folder = await realpath(`${dirname(path)}${sep}.`).catch((cause: unknown) => {
    const remedy = "Make the folder in a step before this one.";
    throw refused(asked, "in a folder that is not there", remedy, { cause });
  });
  const way = relative(await realpath(workspace), folder);
  if (way.split(sep)[0] === ".." || isAbsolute(way)) {
    throw refused(asked, "which leads out of the workspace", "Give a path in the workspace.");
  }
  const place = join(folder, basename(path));
  const there = await lstat(place).catch(() => null);
  if (there === null || there.isFile()) return place;
  throw refused(asked, "where a link or a folder is", "Give a path where a file or nothing is.");
}

function refused(asked: string, what: string, remedy: string, options?: ErrorOptions): ActionError {
  const message = `The input sarif is ${shownValue(asked)}, ${what}.`;
  return new ActionError("INPUT_INVALID", message, remedy, options);
}
