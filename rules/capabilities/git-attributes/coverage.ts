import { compileOwnersPattern, matchesOwners } from "../owners/pattern.ts";

/** What a pattern is about: what programs write, something by its name, or what people write. */
export const COVERAGES = ["generated", "named", "source"] as const;

export type Coverage = (typeof COVERAGES)[number];

/** Folders of what is generated, taken over, or shown as it is. */
const FOLDERS =
  /(?:^|\/)(?:dist|build|out|gen|generated|_?store|vendor|vendored|third[-_]party|node_modules|coverage|\.yarn|\.licenses|__snapshots__|snapshots|fixtures|testdata|assets|docs|mocks?)\//i;

/** Files that programs write, or that no diff shows anyway. */
const FILES =
  /(?:[.-]lock(?:\.\w+)?|lockfile|-lock\.(?:json|ya?ml)|shrinkwrap\.json|go\.sum|\.(?:snap|min\.\w+|map|pb\.\w+|pb\.gw\.go|g\.dart|designer\.cs|gen\.\w+|generated\.\w+|_pb2\.pyi?|svg|png|jpe?g|gif|ico|webp|avif|bmp|tiff?|pdf|psd|ai|zip|gz|tgz|bz2|xz|7z|rar|jar|war|whl|exe|dll|so|dylib|a|o|bin|dat|class|pyc|woff2?|ttf|otf|eot|mp[34]|mov|avi|wav|ogg|webm|flac|docx?|xlsx?|pptx?|csv|tsv|parquet|sqlite3?|db|onnx|pt|h5|npy|p12|der|crt|pem|key))$/i;

/** Files that a build, a platform or an agent obeys. */
const OBEYED =
  /(?:^|\/)\.(?:github|gitlab|circleci|husky|vscode|claude|cursor|devcontainer)(?:\/|$)/i;

/** What people write programs in. */
const SOURCE =
  /\*\.\{?(?:[cm]?[jt]sx?|vue|svelte|astro|py|rb|go|rs|java|kts?|scala|groovy|c|cc|cpp|cxx|h|hh|hpp|cs|fs|vb|swift|mm?|php|pl|lua|sh|bash|zsh|ps1|bat|cmd|ya?ml|toml|json|tf|hcl|sql|ex|exs|erl|clj|hs|ml|r|jl|dart|zig|nim|sol|gradle|cmake|dockerfile)\b/i;

/**
 * How much a pattern of `.gitattributes` covers of what people write and review. In a folder of
 * what is generated even a pattern of everything is about what is generated.
 */
export function coverageOf(path: string, written: string): Coverage {
  const folder = path.slice(0, path.lastIndexOf("/") + 1);
  // A macro covers what other files say that it does.
  if (written.startsWith("[attr]")) return "named";
  const pattern = written.replace(CLASS, "?");
  const whole = folder + pattern.replace(/^\//, "");
  if (OBEYED.test(whole)) return "source";
  if (FOLDERS.test(whole) || FILES.test(pattern)) return "generated";
  const everything = /^[*/]+(?:\.\*)?$/.test(pattern) && folder === "";
  if (folder === "" && isOfExamples(pattern)) return "source";
  const broad = pattern.replace(/^(?:\*\*\/|\/)+/, "");
  return everything || (SOURCE.test(broad) && isBroad(broad, folder)) ? "source" : "named";
}

/** `[jt]`, `[!x]`, `[]a]`, `[[:alpha:]]`: one character, with or without a slash in it. */
const CLASS = /\[[!^]?\]?(?:\\.|\[:\w*:\]|[^\]\\])*\]/gs;

/** Names of whole kinds of files, and files that are obeyed: what fits one of them covers that kind. */
const EXAMPLES = [
  ...[
    "ts",
    "js",
    "tsx",
    "mjs",
    "py",
    "rb",
    "go",
    "rs",
    "java",
    "kt",
    "c",
    "cc",
    "h",
    "cs",
    "swift",
  ],
  ...["php", "sh", "yml", "yaml", "json", "toml", "tf", "sql"],
]
  .map((ending) => [`~.${ending}`])
  .concat([
    [".github", "workflows", "~.yml"],
    [".github", "actions", "~", "action.yml"],
    ...[".vscode", ".claude", ".cursor", ".devcontainer", ".husky", ".circleci"].map((folder) => {
      return [folder, "~"];
    }),
  ]);

/** How long a pattern may be compared; a longer one is about something by its name. */
const EFFORT = 20_000;

function isOfExamples(pattern: string): boolean {
  const compiled = pattern.length > 200 ? null : compileOwnersPattern(pattern);
  if (!compiled) return false;
  // A pattern of `.gitattributes` says nothing of what lies below a folder.
  const plain = { ...compiled, below: false };
  return EXAMPLES.some((names) => matchesOwners(plain, names, { steps: EFFORT }));
}

/** Whether a pattern covers a whole kind of files, wherever they are or in all of a source folder. */
function isBroad(pattern: string, folder: string): boolean {
  return pattern.startsWith("*") ? folder === "" : /^(?:src|lib|app|packages)\/\*/.test(pattern);
}
