import type { Capability } from "../capability.ts";
import { type DataEntry, type DataNode } from "../data/data-node.ts";
import { entriesAt, isFalse, isTrue } from "../data/values.ts";
import { canonicalText } from "../holder-content.ts";
import { ownCommand } from "./own-command.ts";

/** `program`: says which program is started. `automatic`: something runs, or is let run, unasked. */
export const SETTING_LEVELS = ["program", "automatic"];

/** Settings by which something runs, or an agent is let do something, without a question. */
const AUTOMATIC: readonly { readonly key: RegExp; readonly isOn: (value: DataNode) => boolean }[] =
  [
    { key: /^task\.allowAutomaticTasks$/, isOn: (value) => isTrue(value) || isText(value, "on") },
    { key: /^security\.workspace\.trust\.enabled$/, isOn: isFalse },
    { key: /^chat\.tools\.(?:global\.)?autoApprove$/, isOn: isTrue },
    {
      key: /^chat\.tools\.(?:terminal|edits)\.(?:autoApprove|enableAutoApprove)$/,
      isOn: isSomething,
    },
    { key: /^chat\.(?:tools\.urls\.autoApprove|mcp\.autostart)$/, isOn: isSomething },
    {
      key: /^(?:amp\.dangerouslyAllowAll|geminicodeassist\.agentYoloMode|claudeCode\.allowDangerouslySkipPermissions)$/,
      isOn: isTrue,
    },
    {
      key: /^(?:claudeCode\.initialPermissionMode|kiroAgent\.trustedCommands|(?:roo-cline|kilo-code)\.allowedCommands|amp\.commands\.allowlist)$/,
      isOn: isSomething,
    },
    {
      key: /^(?:emeraldwalk\.runonsave|runOnSave\.commands|filewatcher\.commands|triggerTaskOnSave\.tasks|cmake\.configureOnOpen)$/,
      isOn: isSomething,
    },
  ];

/** Settings that name a program, or the environment in which all of them are started. */
const PROGRAM =
  /^(?:terminal\.(?:integrated|external)\.(?:env|shell|shellArgs|profiles|automationProfile|automationShell|linuxExec|osxExec|windowsExec)(?:\.|$)|python\.(?:defaultInterpreterPath|pythonPath|envFile)$|(?:.*\.)?(?:path|executable|executablePath|nodePath|node|interpreter|interpreterPath|binPath|binaryPath|serverPath|server\.path|command|commandPath|commandLine|runtime|runtimeExecutable)$)/i;

/** As above, at the end of a longer word: `rust-analyzer.check.overrideCommand`. */
const PROGRAM_WORD =
  /(?:^mcp(?:\.servers)?|\.mcpServers|[a-z](?:Command|CommandPath|Executable|ExecutablePath|Interpreter|BinaryPath|ServerPath|CompilerPath|SdkPath|sdkPath|ProcessWrapper|Runtime)|\.(?:compilerPath|alternateTools|executorMap|toolsEnvVars|environmentVariables|goroot|java\.home|javaHome|server\.extraEnv|procMacro\.server))$/;

/** Paths that only say where to look for files, or which editors ask about before they use them. */
const HARMLESS =
  /tsdk|config|schema|ignore|include|exclude|\.node$|^files\.|^search\.|^explorer\./i;

/**
 * What an editor's settings start, or say which program is started.
 *
 * Source: code.visualstudio.com/docs/editor/workspace-trust and /docs/reference/default-settings.
 */
export function editorSettings(root: DataNode): Capability[] {
  return entriesAt(root).flatMap(({ key, value }: DataEntry): Capability[] => {
    const automatic = AUTOMATIC.some((one) => one.key.test(key.text) && one.isOn(value));
    if (!automatic && !namesProgram(key.text, value)) return [];
    return [
      ownCommand({
        ...{ kind: "autorun.setting", name: key.text, holder: "editor", at: key },
        level: automatic ? "automatic" : "program",
        context: value.type === "scalar" ? value.text : "",
        content: [key.text, canonicalText(value)],
      }),
    ];
  });
}

function namesProgram(key: string, value: DataNode): boolean {
  const isProgram = PROGRAM.test(key) || PROGRAM_WORD.test(key) || isOfItself(key);
  return isSomething(value) && isProgram && !HARMLESS.test(key);
}

/** `prettier.prettierPath`, `python.linting.pylintPath`: the program that an extension is about. */
function isOfItself(key: string): boolean {
  const names = key.toLowerCase().split(".");
  const last = names.pop() ?? "";
  if (!last.endsWith("path")) return false;
  return names.some((name) => PYTHON.includes(name) || `${name}path` === last);
}

const PYTHON = ["linting", "formatting", "testing", "sortimports"];

function isText(value: DataNode, text: string): boolean {
  return value.type === "scalar" && value.text === text;
}

function isSomething(value: DataNode): boolean {
  if (value.type === "list") return value.items.length > 0;
  if (value.type === "map") return value.entries.length > 0;
  return value.resolved === "string" ? value.text !== "" : isTrue(value);
}
