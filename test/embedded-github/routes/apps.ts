import { covers } from "../http/access.ts";
import { listAnswer, pageOf } from "../http/paging.ts";
import type { Answer, AppRoute, Call, InstallationRoute, Route } from "../http/routes.ts";
import { mintToken, suspended } from "../http/tokens.ts";
import { payloadOfApp, payloadOfInstallation } from "../payloads/apps.ts";
import { timeText } from "../payloads/notation.ts";
import { payloadOfRepository } from "../payloads/repositories.ts";
import { ApiError, notFound } from "../state/api-error.ts";
import { allows, type App, type Installation, type Permissions } from "../state/apps.ts";
import type { Repository } from "../state/repositories.ts";
import { findRepository, repositoriesOf, type World } from "../state/world.ts";

interface TokenRequest {
  readonly repositories?: readonly string[];
  readonly repository_ids?: readonly number[];
  readonly permissions?: Permissions;
}

const getApp: AppRoute = {
  as: "app",
  operation: "apps/get-authenticated",
  answer: ({ world, app }) => ({ status: 200, body: payloadOfApp(world, app) }),
};

const listInstallations: AppRoute = {
  as: "app",
  operation: "apps/list-installations",
  answer: (call) =>
    listAnswer(call, installationsOf(call.world, call.app), (installation) =>
      payloadOfInstallation(call.world, installation),
    ),
};

const getInstallation: AppRoute = {
  as: "app",
  operation: "apps/get-installation",
  answer: (call) => {
    const body = payloadOfInstallation(call.world, installationIn(call, call.app));
    return { status: 200, body };
  },
};

const getRepositoryInstallation: AppRoute = {
  as: "app",
  operation: "apps/get-repo-installation",
  answer: ({ world, app, parameters: { owner = "", repo = "" } }) => {
    const repository = findRepository(world, owner, repo);
    const installation = installationsOf(world, app).find((one) =>
      repositoriesOf(world, one).some((covered) => covered === repository),
    );
    if (installation === undefined) throw notFound();
    return { status: 200, body: payloadOfInstallation(world, installation) };
  },
};

const createToken: AppRoute = {
  as: "app",
  operation: "apps/create-installation-access-token",
  answer: (call) => {
    const { world, app } = call;
    const installation = installationIn(call, app);
    if (installation.suspendedAt !== null) throw suspended();
    const request = call.body as TokenRequest;
    const narrowed = narrowRepositories(world, installation, request);
    const permissions = narrowPermissions(installation, request);
    const repositories = narrowed === null ? "all" : narrowed.map(({ id }) => id);
    const grant = { installation: installation.id, permissions, repositories } as const;
    const { token, expires } = mintToken(world, app, grant);
    return tokenAnswer(world, { token, expires, permissions, narrowed, installation });
  },
};

const listRepositories: InstallationRoute = {
  as: "installation",
  operation: "apps/list-repos-accessible-to-installation",
  answer: (call) => {
    const { world, caller } = call;
    const reached = repositoriesOf(world, caller.installation).filter((repository) =>
      covers(world, caller, repository),
    );
    const { items, pages } = pageOf(call, reached);
    const repositories = items.map((repository) => payloadOfRepository(world, repository));
    return { status: 200, body: { total_count: reached.length, repositories }, pages };
  },
};

export const appRoutes: readonly Route[] = [
  getApp,
  listInstallations,
  getInstallation,
  getRepositoryInstallation,
  createToken,
  listRepositories,
];

function installationsOf(world: World, app: App): Installation[] {
  return [...world.installations.values()].filter((installation) => installation.app === app);
}

function installationIn({ world, parameters }: Call, app: App): Installation {
  const installation = world.installations.get(Number(parameters["installation_id"]));
  if (installation?.app !== app) throw notFound();
  return installation;
}

/** The repositories that a token is narrowed to, null where it is not. */
function narrowRepositories(
  world: World,
  installation: Installation,
  { repositories: names, repository_ids: ids }: TokenRequest,
): Repository[] | null {
  if (names === undefined && ids === undefined) return null;
  const reached = repositoriesOf(world, installation);
  const wanted: readonly (string | number)[] = [...(names ?? []), ...(ids ?? [])];
  return wanted.map((one) => {
    const found = reached.find(({ id, name }) => id === one || name === one);
    if (found === undefined) {
      throw new ApiError(
        422,
        "There is at least one repository that does not exist or is not accessible to the parent installation.",
      );
    }
    return found;
  });
}

function narrowPermissions(
  { permissions: held }: Installation,
  { permissions }: TokenRequest,
): Permissions {
  if (permissions === undefined) return { ...held, metadata: "read" };
  for (const [name, level = "read"] of Object.entries(permissions)) {
    if (!allows(held, name, level)) {
      throw new ApiError(422, "The permissions requested are not granted to this installation.");
    }
  }
  return { ...permissions, metadata: "read" };
}

function tokenAnswer(
  world: World,
  granted: {
    readonly token: string;
    readonly expires: Date;
    readonly permissions: Permissions;
    readonly narrowed: readonly Repository[] | null;
    readonly installation: Installation;
  },
): Answer {
  const { token, expires, permissions, narrowed, installation } = granted;
  const isAll = narrowed === null && installation.repositories === "all";
  const repositories = narrowed?.map((repository) => payloadOfRepository(world, repository));
  return {
    status: 201,
    body: {
      token,
      expires_at: timeText(expires),
      permissions,
      repository_selection: isAll ? "all" : "selected",
      ...(repositories === undefined ? {} : { repositories }),
    },
  };
}
