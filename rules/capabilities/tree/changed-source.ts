import type { TreeChange } from "./tree-reader.ts";
import { onceForEach } from "../once-for-each.ts";
import { contentOf, SIDES } from "../../change/listing.ts";
import { fileKind } from "../../change/renames.ts";
import { extensionOf, isCode } from "./extensions.ts";
import { isBelowGenerated, isGenerated } from "./generated-file.ts";

/**
 * Whether a change touches anything that generated files can follow from: source, a schema or a
 * template, data that code is made from, or what names the dependencies. Tests, documents and the
 * settings of tools (`.github/…`) are none of it, and a file that is itself generated is neither.
 */
export const changesSource = onceForEach(({ listing, contents }: TreeChange) =>
  listing.files.some((file) =>
    SIDES.some((side) => {
      const version = file[side];
      if (!version || fileKind(version.mode) !== "file" || !mayBeSource(file.path)) return false;
      const content = contentOf(contents, side, file.path);
      return !(content instanceof Uint8Array && isGenerated(file.path, content));
    }),
  ),
);

function mayBeSource(path: string): boolean {
  if (isBelowGenerated(path)) return false;
  const name = path.slice(path.lastIndexOf("/") + 1);
  if (MANIFEST.test(name)) return true;
  if (ASIDE.test(path)) return false;
  const extension = extensionOf(path);
  return isCode(extension) || (DATA.has(extension) && !SETTINGS.test(path));
}

/** Manifests and lockfiles: another version of a dependency changes what is bundled. */
const MANIFEST =
  /^(?:package(?:-lock)?\.json|npm-shrinkwrap\.json|yarn\.lock|pnpm-lock\.yaml|pnpm-workspace\.yaml|bun\.lockb?|deno\.lock|go\.(?:mod|sum|work)|Cargo\.(?:toml|lock)|pyproject\.toml|requirements[^/]{0,40}\.txt|(?:poetry|uv|pdm|Pipfile|Gemfile|composer|mix|pubspec|Podfile|gradle|flake)\.lock(?:file)?|Pipfile|Gemfile|Podfile|composer\.json|pom\.xml|[^/]{1,80}\.(?:cs|fs|vb)proj|packages\.lock\.json|pubspec\.yaml|Package\.resolved|\.gitmodules)$/;

/** Below folders of tests, documents and examples, or named as a test. */
const ASIDE =
  /(?:^|\/)(?:tests?|__tests__|specs?|e2e|fixtures?|__fixtures__|docs?|documentation|examples?|samples?)\/|[._-](?:test|spec)\.[^./]+$|(?:^|\/)test_[^/]*\.py$/i;

const DATA = new Set(["json", "yaml", "yml", "toml", "xml", "csv", "svg"]);

/** Dot files, anything below a dot folder, and what describes an action without being compiled into it. */
const SETTINGS = /(?:^|\/)(?:\.|action\.ya?ml$)/;
