interface Schema {
  readonly $ref?: string;
  readonly properties?: Readonly<Record<string, unknown>>;
  readonly additionalProperties?: unknown;
  readonly items?: unknown;
  readonly anyOf?: readonly unknown[];
  readonly oneOf?: readonly unknown[];
  readonly allOf?: readonly unknown[];
}

/**
 * The first field (`/output/titel`) that no branch of the schema knows, null where all are known.
 *
 * GitHub ignores what it does not know, so that a misspelt field is lost in silence; here it is refused.
 */
export function unknownField(
  schema: unknown,
  value: unknown,
  lookUp: (reference: string) => unknown,
): string | null {
  return search([schema], value, "");

  function search(schemas: readonly unknown[], part: unknown, place: string): string | null {
    const branches = schemas.flatMap(unfold);
    if (Array.isArray(part)) {
      const items = branches.flatMap((branch) => branch.items ?? []);
      return first(part.map((item, index) => () => search(items, item, `${place}/${index}`)));
    }
    if (typeof part !== "object" || part === null || branches.every(isOpen)) return null;
    const fields = Object.entries(part as Record<string, unknown>);
    return first(
      fields.map(
        ([name, field]) =>
          () =>
            searchField(branches, name, field, place),
      ),
    );
  }

  function searchField(
    branches: readonly Schema[],
    name: string,
    field: unknown,
    place: string,
  ): string | null {
    const known = branches.flatMap(({ properties }) =>
      properties !== undefined && Object.hasOwn(properties, name) ? [properties[name]] : [],
    );
    if (known.length > 0) return search(known, field, `${place}/${name}`);
    const isMap = branches.some(
      ({ additionalProperties }) => typeof additionalProperties === "object",
    );
    return isMap ? null : `${place}/${name}`;
  }

  function unfold(described: unknown): Schema[] {
    const one = described as Schema;
    if (one.$ref !== undefined) return unfold(lookUp(one.$ref));
    const nested = [...(one.anyOf ?? []), ...(one.oneOf ?? []), ...(one.allOf ?? [])];
    return [one, ...nested.flatMap(unfold)];
  }
}

/** No field has a name here. */
function isOpen({ properties }: Schema): boolean {
  return properties === undefined;
}

function first(searches: readonly (() => string | null)[]): string | null {
  for (const search of searches) {
    const found = search();
    if (found !== null) return found;
  }
  return null;
}
