/**
 * `npm run history -- DIR… [--commits N] [--samples N] [--json]`: judges the last commits of real
 * repositories by the recommended pack, each against its first parent, and prints what that gives.
 */
import { parseArgs } from "node:util";
import { isRefusal } from "../maestro/refusal.ts";
import { judgeHistory } from "./history/judge-history.ts";
import { summarize, type Summary } from "./history/summary.ts";
import { summaryText, totalText } from "./history/summary-text.ts";

interface Asked {
  readonly directories: readonly string[];
  readonly commits: number;
  readonly samples: number;
  readonly json: boolean;
}

const asked = askedOf(process.argv.slice(2));
if (asked === null) {
  console.error("usage: npm run history -- DIR… [--commits N] [--samples N] [--json]");
  process.exitCode = 2;
} else {
  process.exitCode = await printHistories(asked).catch(refusedStatus);
}

/** Null where the arguments are no use. */
function askedOf(args: readonly string[]): Asked | null {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        commits: { type: "string", default: "2000" },
        samples: { type: "string", default: "0" },
        json: { type: "boolean", default: false },
      },
    });
    const { commits, samples, json } = values;
    const counted = /^[1-9][0-9]{0,8}$/.test(commits) && /^[0-9]{1,9}$/.test(samples);
    if (positionals.length === 0 || !counted) return null;
    return { directories: positionals, commits: Number(commits), samples: Number(samples), json };
  } catch (error) {
    if (error instanceof TypeError) return null;
    throw error;
  }
}

async function printHistories({ directories, commits, samples, json }: Asked): Promise<number> {
  const summaries: Summary[] = [];
  for (const directory of directories) {
    const outcomes = await judgeHistory(directory, commits, (done, all) => {
      if (done % 100 === 0) console.error(`${directory}: ${done} of ${all}`);
    });
    const summary = summarize(directory, outcomes, samples);
    summaries.push(summary);
    if (!json) console.log(summaryText(summary));
  }
  if (json) console.log(JSON.stringify(summaries, null, 2));
  else if (summaries.length > 1) console.log(totalText(summaries));
  const broke = summaries.some(({ crashed, timedOut }) => crashed.length + timedOut.length > 0);
  return broke ? 1 : 0;
}

/** No such repository, for one: a line, and no stack. */
function refusedStatus(error: unknown): number {
  if (!isRefusal(error)) throw error;
  console.error(error.message);
  return 2;
}
