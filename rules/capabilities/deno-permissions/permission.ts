/** One permission that is given or denied, in one place or, where `scope` is null, in all. */
export interface Permission {
  readonly name: string;
  readonly scope: string | null;
  /** It is kept back, whatever else gives it. */
  readonly isDenied: boolean;
}

/** What includes every other permission. */
export const EVERYTHING = "everything";

/** All scopes of a list that commas join; none stands for every place. */
export function scoped(name: string, scopes: string | undefined, isDenied = false): Permission[] {
  if (scopes === undefined || scopes === "") return [{ name, scope: null, isDenied }];
  return scopes.split(",").map((scope) => ({ name, scope: scope.trim(), isDenied }));
}
