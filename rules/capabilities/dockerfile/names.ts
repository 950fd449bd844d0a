import type { Claim } from "../capability.ts";
import { claimByFolder } from "../in-folder.ts";

/** How a path is claimed: names that a template or a program may have as well resemble. */
export function claimDockerfile(path: string): Claim | null {
  const name = path.slice(path.lastIndexOf("/") + 1);
  const named = NAMED.exec(name);
  if (!named) {
    const [, template] = SUFFIXED.exec(name) ?? [];
    if (template === undefined) return null;
    return template === "" ? claimByFolder(path) : "resembles";
  }
  const [, file = "", rest = ""] = named;
  if (NO_DOCKERFILE.test(rest)) return null;
  if (SOURCE.test(rest)) return file.startsWith(file.charAt(0).toLowerCase()) ? null : "resembles";
  return TEMPLATE.test(rest) || /^[A-Za-z0-9]/.test(rest) ? "resembles" : claimByFolder(path);
}

// `Dockerfile`, `Containerfile`, `Dockerfile.alpine`, `Dockerfile-dev`, `DockerfileCross.arm64`
const NAMED = /^(dockerfile|containerfile)(.*)$/is;

// `app.Dockerfile`, `app.containerfile`, `app.Dockerfile.j2`
const SUFFIXED = /\.(?:dockerfile|containerfile)((?:\.(?:erb|in|j2|jinja2?|template|tmpl|tpl))?)$/i;

/** What is about such files, and none. */
const NO_DOCKERFILE =
  /^s|\.(?:dockerignore|containerignore|md|html?|json|ya?ml|svg|png|lock|csv|xml|snap|map)$/i;

/** Endings of programs, after which variants are called too: `Dockerfile.go`. */
const SOURCE =
  /\.(?:c|cpp|cs|go|java|js|jsx|kt|lua|mjs|php|pl|py|rb|rs|rst|scala|sh|sql|swift|ts|tsx|txt|vim)$/i;

const TEMPLATE =
  /\.(?:ejs|erb|gotmpl|hbs|in|j2|jinja2?|m4|mustache|njk|template|tera|tmpl|tpl|orig|bak)$/i;
