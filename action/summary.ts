import * as core from "@actions/core";

/** Adds to the job's summary. Where the runner has none, the log and the outputs have to do. */
export async function writeSummary(markdown: string): Promise<void> {
  try {
    await core.summary.addRaw(`${markdown}\n`).write();
  } catch {
    core.info("No summary is written: the runner gives no file for it that can be written to.");
  }
}
