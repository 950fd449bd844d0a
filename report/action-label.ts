/** What an action's label needs; null where the record does not say. */
export interface LabelledAction {
  readonly kind: string;
  readonly number: number | null;
  readonly name: string | null;
  readonly repository: string | null;
  readonly author: string | null;
}

/** `pull request 42 of acme/shop by ann`; unescaped. */
export function actionLabel({ kind, number, name, repository, author }: LabelledAction): string {
  const what = [kind.replaceAll("_", " "), number, name].filter((part) => part !== null);
  const where = repository === null ? "" : ` of ${repository}`;
  return `${what.join(" ")}${where}${author === null ? "" : ` by ${author}`}`;
}

/** The first twelve characters of a hex id: enough for people, never for a lookup that decides. */
export function shortId(id: string): string {
  return id.slice(0, 12);
}
