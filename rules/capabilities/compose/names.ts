import type { Claim } from "../capability.ts";
import { claimByFolder } from "../in-folder.ts";

/** Whether Compose looks for a file by this name, or people give it to files for it. */
export function isComposeName(path: string): boolean {
  return NAMED.test(fileName(path));
}

/** How a path is claimed: templates resemble, and so do files that are broken on purpose. */
export function claimCompose(path: string): Claim | null {
  if (TEMPLATE.test(fileName(path))) return "resembles";
  if (!isComposeName(path)) return null;
  return claimByFolder(path);
}

// `compose.yaml`, `docker-compose.override.yml`, `compose-dev.yml`, `dev.docker-compose.yml`,
// `docker-stack.yml`
const NAMED =
  /^(?:(?:docker|podman|container)[-_.]?)?compose(?:[._-].*)?\.ya?ml$|[._-](?:docker[-_.]?)?compose\.ya?ml$|^docker-stack(?:[._-].*)?\.ya?ml$/i;

const TEMPLATE =
  /compose.*\.ya?ml\.(?:dist|erb|example|gotmpl|in|j2|jinja2?|mustache|sample|template|tmpl|tpl)$/i;

function fileName(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}
