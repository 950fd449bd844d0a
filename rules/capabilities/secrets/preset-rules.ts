import { rules } from "@secretlint/secretlint-rule-preset-recommend";
import { type FoundSecret, positionedAt } from "./found-secret.ts";
import { crowdedRuns, withoutRuns } from "./crowded-runs.ts";
import { PRESET_SORTS, type PresetSort } from "./sorts.ts";

/** What is used of secretlint's interface for rules; its types stand in a package of its own. */
interface PresetRule {
  readonly meta: { readonly id: string };
  create(context: RuleContext, options: object): { file(source: RuleSource): unknown };
}

interface RuleContext {
  createTranslator(): (messageId: string, values: Readonly<Record<string, string>>) => Message;
  report(finding: { readonly message: Message; readonly range: readonly [number, number] }): void;
}

interface RuleSource {
  readonly content: string;
  readonly filePath: string;
  readonly ext: string;
  readonly contentType: "text";
}

/** What our translator hands through a rule's report: no sentence, which would quote the secret. */
interface Message {
  readonly id: string;
  readonly value: string;
}

interface RunnableSort extends PresetSort {
  readonly preset: PresetRule;
}

const runnable: readonly RunnableSort[] = PRESET_SORTS.flatMap((sort) => {
  const id = `@secretlint/secretlint-rule-${sort.rule}`;
  const preset = (rules as unknown as readonly PresetRule[]).find(({ meta }) => meta.id === id);
  return preset ? [{ ...sort, preset }] : [];
});

const ANY_CUE = new RegExp(runnable.map(({ cue }) => cue.source).join("|"));

/**
 * What the preset's rules find in a text; `path` decides which of npm's are run. They may find one
 * stretch of text under several names.
 */
export function presetSecrets(text: string, path: string): FoundSecret[] {
  if (!ANY_CUE.test(text)) return [];
  return runnable
    .filter(({ cue }) => cue.test(text))
    .flatMap((sort) => (sort.rule === "github" ? githubTokens(sort, text) : run(sort, text, path)));
}

/** The rule's pattern takes 1.5 s for a megabyte of `ghs_1_ghs_1_…`, so it is not shown such a run. */
function githubTokens(sort: RunnableSort, text: string): FoundSecret[] {
  const crowded = crowdedRuns(text);
  const told = crowded.map((run) => ({ ...run, name: "github token" }));
  return [...told, ...run(sort, withoutRuns(text, crowded), "")];
}

function run({ preset, names, harmless }: RunnableSort, text: string, path: string): FoundSecret[] {
  const found: FoundSecret[] = [];
  const context: RuleContext = {
    createTranslator: () => (id, values) => ({ id, value: secretOf(values) }),
    report({ message: { id, value }, range: [from] }) {
      const name = names[id];
      if (name === undefined || harmless?.test(value)) return;
      // Some rules report where the assignment begins, with the secret's length.
      found.push(positionedAt({ name, value }, text.indexOf(value, from)));
    },
  };
  const source = { content: text, filePath: path, ext: "", contentType: "text" } as const;
  preset.create(context, { enableIDScanRule: true }).file(source);
  return found.filter(({ start }) => start >= 0);
}

/** The one value besides what a token's type is called. */
function secretOf(values: Readonly<Record<string, string>>): string {
  const [value = ""] = Object.entries(values).flatMap(([key, each]) =>
    key === "typeName" ? [] : [each.trim()],
  );
  return value;
}
