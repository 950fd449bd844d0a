import type { Description, Operation } from "../openapi-description.ts";
import { appRoutes } from "../routes/apps.ts";
import { checkRunRoutes } from "../routes/check-runs.ts";
import { commentRoutes } from "../routes/comments.ts";
import { commitRoutes } from "../routes/commits.ts";
import { issueEventRoutes } from "../routes/issue-events.ts";
import { organisationRoutes } from "../routes/organisations.ts";
import { pullRoutes } from "../routes/pulls.ts";
import { repositoryRoutes } from "../routes/repositories.ts";
import { reviewRoutes } from "../routes/reviews.ts";
import type { Route } from "./routes.ts";

/** A route that a request's method and path lead to. */
export interface Match {
  readonly route: Route;
  readonly operation: Operation;
  readonly parameters: Readonly<Record<string, string>>;
  readonly path: string;
}

interface Entry {
  readonly route: Route;
  readonly operation: Operation;
  readonly expression: RegExp;
}

const routes: readonly Route[] = [
  ...appRoutes,
  ...repositoryRoutes,
  ...pullRoutes,
  ...reviewRoutes,
  ...issueEventRoutes,
  ...commentRoutes,
  ...checkRunRoutes,
  ...commitRoutes,
  ...organisationRoutes,
];

/** Finds routes by method and path, as the description writes them. */
export class Router {
  readonly #entries: readonly Entry[];

  constructor(description: Description) {
    this.#entries = routes.map((route) => {
      const operation = description.operation(route.operation);
      return { route, operation, expression: expressionOf(operation.template) };
    });
  }

  /** Null where nothing is at that path; a path that is not well encoded leads nowhere. */
  find(method: string, path: string): Match | null {
    for (const { route, operation, expression } of this.#entries) {
      const found = operation.method === method ? expression.exec(path) : null;
      if (found === null) continue;
      const parameters = decodeAll(found.groups ?? {});
      return parameters === null ? null : { route, operation, parameters, path };
    }
    return null;
  }
}

/** A ref holds slashes; every other parameter is one part of the path. */
function expressionOf(template: string): RegExp {
  const source = template.replace(/\{(\w+)\}/g, (_, name: string) =>
    name === "ref" ? "(?<ref>.+)" : `(?<${name}>[^/]+)`,
  );
  return new RegExp(`^${source}$`);
}

function decodeAll(groups: Readonly<Record<string, string>>): Record<string, string> | null {
  try {
    const entries = Object.entries(groups);
    return Object.fromEntries(entries.map(([name, text]) => [name, decodeURIComponent(text)]));
  } catch {
    return null;
  }
}
