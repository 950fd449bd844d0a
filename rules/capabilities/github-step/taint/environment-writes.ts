import { canHaveLines } from "../../github-expression/source-table.ts";
import type { Script, ScriptCommand } from "../step-script.ts";
import type { EvaluatedText } from "./evaluated-texts.ts";
import type { ScriptSources } from "./script-text.ts";
import type { Taint } from "./taint.ts";
import { TaintedVariables, TaintFlow } from "./taint-flow.ts";

/**
 * The texts of outsiders that the commands of a step write to the runner's files so that later
 * steps run what they say: with a line break in `$GITHUB_ENV` a text sets any variable
 * (`BASH_ENV`), and in `$GITHUB_PATH` it says where programs are. A guess: what leaves one line,
 * and what stands between delimiters (`NAME<<END`), sets only what it should.
 */
export function setByShell(scripts: readonly Script[], sources: ScriptSources): EvaluatedText[] {
  return scripts.flatMap((script) => [
    ...writtenTo(script, ENVIRONMENT, () => {
      const given = variablesWith(sources, ({ path }) => canHaveLines(path));
      const isDelimited = delimitedIn(script);
      return new TaintFlow(script, given, (command, at) => !isDelimited[at] && keepsLines(command));
    }),
    ...writtenTo(
      script,
      PATH,
      () =>
        new TaintFlow(
          script,
          variablesWith(sources, () => true),
        ),
    ),
  ]);
}

const ENVIRONMENT = /\bGITHUB_ENV\b|\bgithub\.env\b/i;
const PATH = /\bGITHUB_PATH\b|\bgithub\.path\b/i;

function variablesWith(
  { variable }: ScriptSources,
  counts: (taint: Taint) => boolean,
): TaintedVariables {
  return new TaintedVariables(
    (name) => variable(name).filter((taint) => taint.level === "outsider" && counts(taint)),
    LINES_CUT,
  );
}

// `${T//$'\n'/ }`, `${T%%$'\n'*}`; a quoted part stands as `'`.
const LINES_CUT = /\$\{\w+(?:\/\/|%%)[^}']*'[^}]*\}/g;

function writtenTo(script: Script, file: RegExp, follow: () => TaintFlow): EvaluatedText[] {
  const writing = script.flatMap((command, at) =>
    writes(command, file) ? [{ at, row: command.row }] : [],
  );
  if (writing.length === 0) return [];
  const flow = follow();
  return writing.flatMap(({ at, row }) => flow.printedBy(at).map((taint) => ({ taint, row })));
}

// `>> "$GITHUB_ENV"`, `tee -a $GITHUB_ENV`, `Out-File -FilePath $env:GITHUB_ENV`
function writes({ name, args, targets }: ScriptCommand, file: RegExp): boolean {
  const isNamed = WRITING.test(name) && args.some(({ text }) => file.test(text));
  return isNamed || targets.some((target) => file.test(target));
}

const WRITING = /^(?:tee|out-file|add-content|set-content|tee-object)$/;

/** Whether a command can print several lines of what it reads. */
function keepsLines({ name, args }: ScriptCommand): boolean {
  if (ONE_LINE.test(name)) return false;
  const has = (option: RegExp): boolean => args.some(({ text }) => option.test(text));
  if (name === "grep") return !has(/^-[a-zA-Z]*[ocq]|^--(?:only-matching|count|quiet)$/);
  if (name === "jq") return has(/^-[a-zA-Z]*[rj]|^--(?:raw|join)-output/);
  // `tr '\n' ' '`, `sed ':a;N;s/\n/ /'`, `awk 'NR==1'`, `sed -n 1p`
  return !EDITING.test(name) || !has(/\\[nr]|\bNR\b|^1[pq]$|\[:space:\]|\[:cntrl:\]/);
}

const ONE_LINE = /^(?:head|wc|xargs|paste|cksum|[a-z0-9]+sum|base64|select-object)$/;
const EDITING = /^(?:tr|g?sed|[gm]?awk|perl)$/;

/** For each command whether what it prints stands between delimiters, or holds one. */
function delimitedIn(script: Script): readonly boolean[] {
  let open: string | null = null;
  return script.map(({ args, heredocs }) => {
    let isDelimited = open !== null;
    for (const line of [...args, ...heredocs].flatMap(({ text }) => text.split(/\n|\\n/))) {
      if (open === null) open = OPENING.exec(line)?.[1] ?? null;
      else if (line.trim() === open) open = null;
      isDelimited ||= open !== null;
    }
    return isDelimited;
  });
}

// `BODY<<EOF`, `body<<${delimiter}`; not `A=1<<2`, which sets A
const OPENING = /^\s*[^\s<=]+<<(\S+)\s*$/;
