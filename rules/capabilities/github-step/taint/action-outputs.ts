import type { SourceLevel } from "../../github-expression/source-table.ts";
import { actionOf } from "../inputs.ts";
import type { Step } from "../step.ts";
import type { Taint } from "./taint.ts";
import { ANY_NAME } from "./taint-store.ts";

/** The outputs of an action that hold texts of people, by their names in lower case. */
interface TextOutputs {
  readonly names: RegExp;
  readonly level: SourceLevel;
}

/**
 * File names are whoever's who writes the change. `any_changed` and its like answer yes or no, the
 * keys are the workflow's own: of `any_docs` there are `any_docs_any_changed` and
 * `any_docs_all_changed_files`.
 */
const FILE_NAMES: TextOutputs = {
  names:
    /^(?!(?:.*_)?(?:any|only)_(?:changed|modified|deleted)$|(?:changed|modified)_keys$|.*_count$)/,
  level: "outsider",
};

/**
 * Actions that hand on texts which others choose, by name in lower case.
 *
 * Source: each action's own documentation of its outputs.
 */
const TEXT_OUTPUTS: Readonly<Record<string, TextOutputs>> = {
  "ana06/get-changed-files": FILE_NAMES,
  "dorny/paths-filter": { names: /_files$/, level: "outsider" },
  "jitterbit/get-changed-files": FILE_NAMES,
  "lots0logs/gh-action-get-changed-files": FILE_NAMES,
  "tj-actions/changed-files": FILE_NAMES,
  "trilom/file-changes-action": FILE_NAMES,
  "8bitjony/gh-get-current-pr": { names: /^pr(?:_body|_title)?$/, level: "outsider" },
  "actions-ecosystem/action-get-merged-pull-request": {
    names: /^(?:body|title)$/,
    level: "outsider",
  },
  "jwalton/gh-find-current-pr": { names: /^(?:body|title)$/, level: "outsider" },
  "peter-evans/find-comment": { names: /^comment-body$/, level: "outsider" },
  "peter-murray/issue-body-parser-action": { names: /^payload$/, level: "outsider" },
  "potiuk/get-workflow-origin": { names: /^sourceheadbranch$/, level: "outsider" },
  "stefanbuck/github-issue-parser": { names: /^/, level: "outsider" },
  "tj-actions/branch-names": { names: /^(?:current_branch|head_ref_branch)$/, level: "outsider" },
  "xt0rted/pull-request-comment-branch": { names: /^(?:head_)?ref$/, level: "outsider" },
};

/**
 * The texts of others in one output of a step, null for any of its outputs, if its action is known
 * to hand them on. The source is named after the action, `tj-actions/changed-files added_files`.
 */
export function actionOutput(step: Step, output: string | null): readonly Taint[] {
  const action = actionOf(step);
  const outputs = Object.hasOwn(TEXT_OUTPUTS, action) ? TEXT_OUTPUTS[action] : undefined;
  if (!outputs || (output !== null && !outputs.names.test(output))) return [];
  const path = `${action} ${output ?? ANY_NAME}`;
  return [{ path, level: outputs.level, through: "", certainty: "heuristic" }];
}
