import { listOf } from "./client.ts";
import { GitHubError } from "./errors.ts";

/** The most that GitHub puts on one page. */
export const PAGE_SIZE = 100;
/** Twenty thousand items: a list that is longer leads in circles. */
const MAX_PAGES = 200;

interface Page<Item> {
  readonly data: readonly Item[];
  readonly headers: { readonly link?: string | undefined };
}

/**
 * Every item of a list: whoever may add to one could push what matters off its first page.
 *
 * `read` asks for `PAGE_SIZE` items of a page, counted from 1. GitHub may leave out of a page what
 * the App may not see: a short one is the last only where its `Link` header leads no further.
 * Throws ANSWER_STRANGE for what is no list, and for one that does not end.
 */
export async function allPages<Item>(
  read: (page: number) => Promise<Page<Item>>,
): Promise<readonly Item[]> {
  const items: Item[] = [];
  for (let page = 1; page <= MAX_PAGES; page += 1) {
    const { data, headers } = await read(page);
    items.push(...listOf(data));
    if (data.length < PAGE_SIZE && !leadsOn(headers)) return items;
  }
  throw new GitHubError(
    "ANSWER_STRANGE",
    `GitHub answered with a list of more than ${MAX_PAGES} pages.`,
    "Run this check again; if it fails again, look at what stands between this App and GitHub.",
  );
}

function leadsOn({ link = "" }: Page<unknown>["headers"]): boolean {
  return link.includes('rel="next"');
}
