import { editorSettings, SETTING_LEVELS } from "./autorun/editor-settings.ts";
import { editorTasks } from "./autorun/editor-tasks.ts";
import { hookFile } from "./autorun/hook-file.ts";
import { lefthookCommands } from "./autorun/lefthook.ts";
import type { Allowance, Capability, CapabilityReader } from "./capability.ts";
import type { DataNode } from "./data/data-node.ts";
import { parseJson } from "./data/json.ts";
import { decodeText } from "./data/text.ts";
import { parseToml } from "./data/toml.ts";
import { valueAt } from "./data/values.ts";
import { parseYamlDocuments } from "./data/yaml.ts";
import { FIXTURES, isInFolder } from "./in-folder.ts";
import { understand } from "./not-understood.ts";

const MAX_BYTES = 256 * 1024;

/** Folders from which git runs hooks by convention, and husky's, whose files call each other. */
const HOOKS = /^(?:.*\/)?(?:\.husky|\.githooks|\.git-hooks)\/(?!_\/)(?:.*\/)?([^/]+)$/;

/** What lies beside hooks and is none. */
const NO_HOOK = /^(?:\.git(?:ignore|keep|attributes)|readme(?:\.\w+)?|.*\.md)$/i;

const DIRENV = /^(?:.*\/)?\.envrc$/;
const LEFTHOOK = /^(?:\.config\/)?\.?lefthook(?:-local)?\.(?:ya?ml|toml|jsonc?)$/;
const TASKS = /^(?:.*\/)?\.vscode\/tasks\.json$/;
const SETTINGS = /^(?:.*\/)?\.vscode\/settings\.json$/;
const WORKSPACE = /\.code-workspace$/;

/** Reads what runs by itself on the machines of those who commit, or open the folder in an editor. */
export const autorun: CapabilityReader = {
  name: "autorun",
  kinds: { "autorun.hook": [], "autorun.task": [], "autorun.setting": SETTING_LEVELS },
  maxBytes: MAX_BYTES,
  claims: (path) => {
    if (isInFolder(path, KEPT)) return null;
    const hook = HOOKS.exec(path)?.[1];
    if (hook !== undefined) return NO_HOOK.test(hook) ? null : "grants";
    return [DIRENV, LEFTHOOK, TASKS, SETTINGS, WORKSPACE].some((known) => known.test(path))
      ? "grants"
      : null;
  },
  read: (path, content, allowance) => understand(() => commandsOf(path, content, allowance)),
};

/** Nobody opens these, or commits below them. */
const KEPT = ["node_modules", ...FIXTURES];

function commandsOf(
  path: string,
  content: Uint8Array,
  allowance?: Allowance,
): readonly Capability[] {
  const hook = HOOKS.exec(path)?.[1];
  if (hook !== undefined) return hookFile(hook, "git", decodeText(content, MAX_BYTES));
  if (DIRENV.test(path)) return hookFile(".envrc", "direnv", decodeText(content, MAX_BYTES));
  if (LEFTHOOK.test(path)) {
    const root = parseLefthook(path, content, allowance);
    return root?.type === "map" ? lefthookCommands(root) : [];
  }
  if (content.length === 0) return [];
  const root = parseJson(content, { maxBytes: MAX_BYTES, comments: "allowed" });
  if (TASKS.test(path)) return editorTasks(root);
  if (SETTINGS.test(path)) return editorSettings(root);
  const [tasks, settings] = [valueAt(root, "tasks"), valueAt(root, "settings")];
  return [...(tasks ? editorTasks(tasks) : []), ...(settings ? editorSettings(settings) : [])];
}

function parseLefthook(
  path: string,
  content: Uint8Array,
  allowance?: Allowance,
): DataNode | undefined {
  if (path.endsWith(".toml")) return parseToml(content, MAX_BYTES);
  if (/\.jsonc?$/.test(path)) {
    return parseJson(content, { maxBytes: MAX_BYTES, comments: "allowed" });
  }
  const dialect = { maxBytes: MAX_BYTES, documents: "one", mergeKeys: "merged" } as const;
  return parseYamlDocuments(content, dialect, allowance)[0];
}
