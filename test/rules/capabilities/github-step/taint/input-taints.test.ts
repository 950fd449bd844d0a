import { expect, test } from "vitest";
import { inputTaints } from "../../../../../rules/capabilities/github-step/taint/input-taints.ts";
import { mapOf } from "../../github-workflow/read-workflow.ts";
import { TITLE } from "../injected.ts";

test.each([
  ["null", []],
  ["{type: string}", []],
  ["{default: a}", []],
  [`{default: "${TITLE}"}`, ["github.event.issue.title"]],
])("an input that is %s holds %j", (declared, paths) => {
  const store = inputTaints(mapOf(`Title: ${declared}`).entries);
  expect(store.at(["title"]).map(({ path }) => path)).toEqual(paths);
});
