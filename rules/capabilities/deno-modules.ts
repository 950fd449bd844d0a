import type { DataMap } from "./data/data-node.ts";
import { parseJson } from "./data/json.ts";
import { readImports, readModules } from "./deno-modules/imports.ts";
import { readDenoLock } from "./deno-modules/lock.ts";
import { type Form, type Given, MAX_BYTES, MAX_LOCK_BYTES, readerOfForms } from "./forms.ts";
import { lockKinds } from "./npm/locked-packages.ts";
import { NotUnderstood } from "./not-understood.ts";

const json =
  (read: (root: DataMap) => Given, maxBytes = MAX_BYTES): Form["read"] =>
  (content) => {
    const root = parseJson(content, { maxBytes, comments: "allowed" });
    if (root.type === "map") return read(root);
    throw new NotUnderstood("no-modules", "no list of modules: no object", root);
  };

/** In any folder. */
const FORMS: readonly Form[] = [
  {
    named: /(?:^|\/)deno\.jsonc?$/,
    claim: "grants",
    read: json((root) => ({ dependencies: readModules(root) })),
  },
  { named: /(?:^|\/)deno\.lock$/, claim: "grants", read: json(readDenoLock, MAX_LOCK_BYTES) },
  {
    named: /(?:^|\/)[^/]*import[-_]?map[^/]*\.jsonc?$/i,
    claim: "resembles",
    read: json((root) => ({ dependencies: readImports(root) })),
  },
];

/** Reads the modules that programs of Deno import by name: import maps, and `deno.lock`. */
export const denoModules = readerOfForms("deno-modules", lockKinds, FORMS);
