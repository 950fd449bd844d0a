import type { Retarget } from "../state/pulls.ts";
import { fullName, type Repository } from "../state/repositories.ts";
import type { World } from "../state/world.ts";
import { payloadOfAccount } from "./accounts.ts";
import { nodeId, timeText } from "./notation.ts";

/** A change of a pull request's base branch, as the events of its issue tell it. */
export function payloadOfRetarget(
  world: World,
  repository: Repository,
  { id, actor, at }: Retarget,
): Record<string, unknown> {
  return {
    id,
    node_id: nodeId("BaseRefChangedEvent", id),
    url: `${world.apiUrl}/repos/${fullName(repository)}/issues/events/${id}`,
    actor: payloadOfAccount(world, actor),
    event: "base_ref_changed",
    commit_id: null,
    commit_url: null,
    created_at: timeText(at),
    performed_via_github_app: null,
  };
}
