import type { CommentingClient } from "../github/sticky-comment.ts";
import { ActionError } from "./errors.ts";

/**
 * GitHub's API, loaded where a run comes to need it; `why` says what for. Throws INPUT_INVALID
 * without a token.
 */
export async function connect(token: string | null, why: string): Promise<CommentingClient> {
  if (token === null) {
    throw new ActionError(
      "INPUT_INVALID",
      `The input token is empty, and ${why}.`,
      "Leave the input out: it is the job's token by default.",
    );
  }
  const { openApi } = await import("./api.ts");
  return openApi(token);
}
