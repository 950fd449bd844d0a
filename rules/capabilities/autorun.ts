import { editorSettings, SETTING_LEVELS } from "./autorun/editor-settings.ts";
import { editorTasks } from "./autorun/editor-tasks.ts";
import { gitpodTasks } from "./autorun/gitpod.ts";
import { hookFile, wholeFile } from "./autorun/hook-file.ts";
import { HOOK_KEYS, mappedHooks, packageHooks } from "./autorun/hook-maps.ts";
import { ideaTasks } from "./autorun/idea.ts";
import { lefthookCommands } from "./autorun/lefthook.ts";
import { miseCommands } from "./autorun/mise.ts";
import type { Allowance, Capability, CapabilityReader } from "./capability.ts";
import type { DataNode } from "./data/data-node.ts";
import { parseJson } from "./data/json.ts";
import { decodeText } from "./data/text.ts";
import { parseToml } from "./data/toml.ts";
import { valueAt } from "./data/values.ts";
import { parseXml } from "./data/xml.ts";
import { parseYamlDocuments } from "./data/yaml.ts";
import { FIXTURES, isInFolder } from "./in-folder.ts";
import { mentions } from "./mentions.ts";
import { understand } from "./not-understood.ts";

const MAX_BYTES = 256 * 1024;

/** Folders from which git runs hooks by convention, and those whose files a runner of hooks calls. */
const HOOKS =
  /^(?:.*\/)?(?:\.husky|\.githooks|\.git-hooks|\.lefthook(?:-local)?)\/(?:.*\/)?([^/]+)$/i;

/** Folders that `core.hooksPath` may name: in them only what git runs is a hook. */
const NAMED_HOOKS =
  /^(?:.*\/)?(?:\.?hooks|git[-_]?hooks|\.git_hooks)\/((?:pre|post)-(?:applypatch|commit|rebase|merge|push|checkout|rewrite|merge-commit|auto-gc|index-change)|applypatch-msg|prepare-commit-msg|commit-msg|push-to-checkout|fsmonitor-watchman|reference-transaction|sendemail-validate)$/i;

/** What lies beside hooks and is none. */
const NO_HOOK = /^(?:\.git(?:ignore|keep|attributes)|readme(?:\.\w+)?|.*\.md)$/i;

/** Files that a program runs as it starts in their folder; of the first ones `#` begins comments. */
const STARTED = /^(?:.*\/)?(\.envrc|\.Rprofile|\.irbrc|\.pryrc|\.pdbrc|\.gdbinit|\.lldbinit)$/i;
const EDITORS = /^(?:.*\/)?(\.exrc|\.nvimrc|\.nvim\.lua|\.lvimrc|\.vimrc|\.ghci|\.ocamlinit)$/i;
const PLUGINS = /^(?:.*\/)?\.opencode\/(?:plugins?|tools?)\/([^/]+\.[cm]?[jt]s)$/i;
const LEFTHOOK = /^(?:\.config\/)?\.?lefthook(?:-local)?\.(?:ya?ml|toml|jsonc?)$/i;
const MISE =
  /^(?:.*\/)?(?:\.?mise(?:\.[\w-]+)*\.toml|\.?(?:config\/)?mise\/(?:config(?:\.[\w-]+)*|conf\.d\/[^/]+)\.toml|\.config\/mise(?:\.[\w-]+)*\.toml|\.rtx\.toml)$/i;
const GITPOD = /^\.gitpod\.ya?ml$/;
const IDEA = /^(?:.*\/)?\.idea\/(?:startup|watcherTasks|workspace)\.xml$/i;
const TASKS = /^(?:.*\/)?\.(?:vscode|theia)\/tasks\.json$/i;
const SETTINGS = /^(?:.*\/)?\.vscode\/settings\.json$/i;
const WORKSPACE = /\.code-workspace$/i;
/** Other runners of hooks keep a map of git's hooks and commands. */
const HOOK_MAPS = /^(?:\.?simple-git-hooks\.json|\.huskyrc(?:\.json)?|\.?captainhook\.json)$/;
const PACKAGE = "package.json";

/** Reads what runs by itself on the machines of those who commit, or open the folder in an editor. */
export const autorun: CapabilityReader = {
  name: "autorun",
  kinds: { "autorun.hook": [], "autorun.task": [], "autorun.setting": SETTING_LEVELS },
  maxBytes: MAX_BYTES,
  claims: (path) => {
    if (isInFolder(path, KEPT)) return null;
    const hook = HOOKS.exec(path)?.[1];
    if (hook !== undefined) return NO_HOOK.test(hook) ? null : "grants";
    if (path === PACKAGE || IDEA.test(path)) return "resembles";
    return OTHERS.some((known) => known.test(path)) ? "grants" : null;
  },
  read: (path, content, allowance) => understand(() => commandsOf(path, content, allowance)),
};

const OTHERS = [
  ...[NAMED_HOOKS, STARTED, EDITORS, PLUGINS, LEFTHOOK, MISE, GITPOD],
  ...[TASKS, SETTINGS, WORKSPACE, HOOK_MAPS],
];

/** Nobody opens these, or commits below them. */
const KEPT = ["node_modules", ...FIXTURES];

function commandsOf(
  path: string,
  content: Uint8Array,
  allowance?: Allowance,
): readonly Capability[] {
  const script = scriptAt(path);
  if (script) {
    const text = decodeText(content, MAX_BYTES);
    return script.isWhole
      ? wholeFile(script.name, script.holder, text)
      : hookFile(script.name, script.holder, text);
  }
  if (content.length === 0) return [];
  if (IDEA.test(path)) return ideaTasks(parseXml(content, MAX_BYTES));
  if (LEFTHOOK.test(path) || GITPOD.test(path) || MISE.test(path)) {
    const root = parseAny(path, content, allowance);
    if (root?.type !== "map") return [];
    if (MISE.test(path)) return miseCommands(root);
    return GITPOD.test(path) ? gitpodTasks(root) : lefthookCommands(root);
  }
  // Most say nothing of hooks.
  if (path === PACKAGE && !mentions(content, HOOK_KEYS)) return [];
  const root = parseJson(content, { maxBytes: MAX_BYTES, comments: "allowed" });
  if (path === PACKAGE) return packageHooks(root);
  if (HOOK_MAPS.test(path)) return mappedHooks(root);
  if (TASKS.test(path)) return editorTasks(root);
  const tasks = valueAt(root, "tasks");
  const settings = SETTINGS.test(path) ? root : valueAt(root, "settings");
  return [...(tasks ? editorTasks(tasks) : []), ...(settings ? editorSettings(settings) : [])];
}

/** A file that is run as a whole, and by whom. */
function scriptAt(path: string) {
  const hook = HOOKS.exec(path)?.[1] ?? NAMED_HOOKS.exec(path)?.[1];
  if (hook !== undefined) return { name: hook, holder: "git", isWhole: false };
  const started = STARTED.exec(path)?.[1];
  if (started !== undefined) {
    const holder = /^\.envrc$/i.test(started) ? "direnv" : "shell";
    return { name: started, holder, isWhole: false };
  }
  const [editor, plugin] = [EDITORS.exec(path)?.[1], PLUGINS.exec(path)?.[1]];
  if (editor !== undefined) return { name: editor, holder: "editor", isWhole: true };
  return plugin === undefined ? null : { name: plugin, holder: "opencode", isWhole: true };
}

function parseAny(path: string, content: Uint8Array, allowance?: Allowance): DataNode | undefined {
  if (/\.toml$/i.test(path)) return parseToml(content, MAX_BYTES);
  if (/\.jsonc?$/i.test(path)) {
    return parseJson(content, { maxBytes: MAX_BYTES, comments: "allowed" });
  }
  const dialect = { maxBytes: MAX_BYTES, documents: "one", mergeKeys: "merged" } as const;
  return parseYamlDocuments(content, dialect, allowance)[0];
}
