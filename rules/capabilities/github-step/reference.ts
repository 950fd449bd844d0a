/** What `uses` or `image` takes, and how firmly: see `actionReference`. */
export interface Reference {
  /** Without the ref, the tag or the digest. */
  readonly name: string;
  readonly binding: "pinned" | "mutable" | "pretended";
}

/**
 * Reads `uses` of a step or job; null for what lies in the repository itself, or names nothing.
 *
 * `owner/repo/path@ref` is named `owner/repo/path` in lower case, `docker://image:tag` as an image.
 * It is `pinned` by the full SHA of a commit (40 or 64 hex digits) or an image's digest, and else
 * `mutable`; `pretended` where a mutable one is dressed as a pin: its comment holds a SHA, or the
 * ref looks like one and is none. GitHub takes `\`, empty segments, `.` and `..` of a path too.
 *
 * Source: docs.github.com, `jobs.<job_id>.steps[*].uses`; `PipelineTemplateConverter.cs` of
 * github.com/actions/runner.
 */
export function actionReference(uses: string, comment: string): Reference | null {
  const text = uses.trim();
  if (/^\.[\\/]/.test(text)) return null;
  if (text.startsWith(DOCKER)) return imageReference(text, comment);
  const at = text.indexOf("@");
  const path = at < 0 ? text : text.slice(0, at);
  const ref = at < 0 ? "" : text.slice(at + 1);
  const name = inOneSpelling(path);
  if (name === "") return null;
  return { name: name.toLowerCase(), binding: bindingOf(ref, comment) };
}

/** Reads an image with its registry, with or without `docker://`; null where it is empty. */
export function imageReference(image: string, comment: string): Reference | null {
  const text = image.trim();
  if (text.replace(DOCKER, "") === "") return null;
  const [tagged = "", digest = ""] = text.split("@");
  const name = tagged.replace(/:[^/:]*$/, "");
  if (/^sha256:[0-9a-f]{64}$/.test(digest)) return { name, binding: "pinned" };
  return { name, binding: SHA_IN_TEXT.test(comment) ? "pretended" : "mutable" };
}

// `octo//repo/path/../.` is `octo/repo`.
function inOneSpelling(path: string): string {
  const named: string[] = [];
  for (const segment of path.split(/[\\/]/)) {
    if (segment === ".." && named.length > 2) named.pop();
    else if (segment !== "" && segment !== ".") named.push(segment);
  }
  return named.join("/");
}

const DOCKER = "docker://";
const SHA_IN_TEXT = /(?<![0-9a-f])[0-9a-f]{40}(?![0-9a-f])/i;

function bindingOf(ref: string, comment: string): Reference["binding"] {
  if (/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/i.test(ref)) return "pinned";
  return SHA_IN_TEXT.test(comment) || looksLikeSha(ref) ? "pretended" : "mutable";
}

// `@8f4b7f8`, or a SHA with a digit too many: both are names that a branch or tag may have.
function looksLikeSha(ref: string): boolean {
  return /^[0-9a-f]{7,}$/i.test(ref) && /[0-9]/.test(ref) && /[a-f]/i.test(ref);
}
