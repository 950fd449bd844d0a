import type { Answer, Call, Pages } from "./routes.ts";

const defaultPerPage = 30;
const maximumPerPage = 100;

/** One page of a list, as `page` and `per_page` ask for it. */
export function pageOf<Item>(
  { query }: Call,
  items: readonly Item[],
): { items: Item[]; pages: Pages } {
  const perPage = Math.min(positive(query.get("per_page"), defaultPerPage), maximumPerPage);
  const page = positive(query.get("page"), 1);
  const last = Math.max(1, Math.ceil(items.length / perPage));
  return { items: items.slice((page - 1) * perPage, page * perPage), pages: { page, last } };
}

/** A page whose body is the list itself. */
export function listAnswer<Item>(
  call: Call,
  items: readonly Item[],
  show: (item: Item) => unknown,
): Answer {
  const { items: shown, pages } = pageOf(call, items);
  return { status: 200, body: shown.map(show), pages };
}

/** The `Link` header that leads from one page to the others; null where there is only one. */
export function linkHeader(address: URL, { page, last }: Pages): string | null {
  const links: [string, number][] = [];
  if (page > 1) links.push(["prev", page - 1]);
  if (page < last) links.push(["next", page + 1], ["last", last]);
  if (page > 1) links.push(["first", 1]);
  const texts = links.map(([name, number]) => {
    const there = new URL(address);
    there.searchParams.set("page", String(number));
    return `<${there.href}>; rel="${name}"`;
  });
  return texts.length === 0 ? null : texts.join(", ");
}

function positive(text: string | null, otherwise: number): number {
  const number = Number(text);
  return Number.isInteger(number) && number > 0 ? number : otherwise;
}
