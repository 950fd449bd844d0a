import type { Dependency } from "../dependencies/dependency.ts";
import { distinctDependencies } from "../dependencies/distinct.ts";
import type { Allowance, Capability, CapabilityReader, Claim } from "./capability.ts";
import { inFixtures } from "./in-folder.ts";
import { understandAll } from "./not-understood.ts";

/** What one file of a form gives. */
export interface Given {
  readonly capabilities?: readonly Capability[];
  readonly dependencies?: readonly Dependency[];
}

/** One of the files that an ecosystem knows. */
export interface Form {
  /** Of the whole path. */
  readonly named: RegExp;
  /** `resembles`: code that is read as far as it looks familiar, or a name that others use too. */
  readonly claim: Claim;
  /** `allowance` is for formats in which a small file can stand for a large one. */
  read(content: Uint8Array, allowance?: Allowance): Given;
}

/** The largest manifest that is read. */
export const MAX_BYTES = 1024 * 1024;

/** The largest lock file that is read: one of ten thousand packages has a third. */
export const MAX_LOCK_BYTES = 16 * 1024 * 1024;

/** What an ecosystem may say of its files besides. */
interface FormOptions {
  /** The largest of its files, in bytes. */
  readonly maxBytes?: number;
  /** Whether a path lies where files are kept that are broken on purpose, or yet to be filled in. */
  readonly isKept?: (path: string) => boolean;
}

/** A reader of several forms of files; a path is of the first form that its name fits. */
export function readerOfForms(
  name: string,
  kinds: CapabilityReader["kinds"],
  forms: readonly Form[],
  { maxBytes = MAX_LOCK_BYTES, isKept = () => false }: FormOptions = {},
): CapabilityReader {
  const formOf = (path: string): Form | undefined => forms.find(({ named }) => named.test(path));
  return {
    ...{ name, kinds, maxBytes },
    claims: (path) => {
      const claim = formOf(path)?.claim ?? null;
      // A folder that a template of projects has yet to name.
      const isLoose = inFixtures(path) || path.includes("{{") || isKept(path);
      return claim && isLoose ? "resembles" : claim;
    },
    read: (path, content, allowance) =>
      understandAll(() => {
        const { capabilities = [], dependencies = [] } =
          formOf(path)?.read(content, allowance) ?? {};
        return { capabilities, dependencies: distinctDependencies(dependencies) };
      }),
  };
}
