import { expect, test } from "vitest";
import { allPages } from "../../github/pages.ts";

const full = Array.from({ length: 100 }, (_, index) => index);
const next = {
  link: '<https://api.github.com/x?page=2>; rel="next", <https://api.github.com/x>; rel="last"',
};
const back = { link: '<https://api.github.com/x?page=1>; rel="prev"' };

test.each([
  { when: "there is nothing", pages: [{ data: [], headers: {} }], read: 1 },
  { when: "a page is short", pages: [{ data: [1], headers: {} }], read: 1 },
  {
    when: "a page is full",
    pages: [
      { data: full, headers: {} },
      { data: [], headers: {} },
    ],
    read: 2,
  },
  {
    when: "a short page leads on",
    pages: [
      { data: [1], headers: next },
      { data: [2], headers: back },
    ],
    read: 2,
  },
  {
    when: "an empty page leads on",
    pages: [
      { data: [], headers: next },
      { data: [2], headers: back },
    ],
    read: 2,
  },
])("every item is read where $when", async ({ pages, read }) => {
  const asked: number[] = [];
  const items = await allPages((page) => {
    asked.push(page);
    return Promise.resolve(pages[page - 1] ?? { data: [], headers: {} });
  });
  expect(items).toEqual(pages.flatMap(({ data }) => data));
  expect(asked).toHaveLength(read);
});

test("what is no list is refused, not taken for an empty one", async () => {
  const page = { data: "busy" as unknown as readonly number[], headers: {} };
  await expect(allPages(() => Promise.resolve(page))).rejects.toMatchObject({
    code: "ANSWER_STRANGE",
  });
});

test("a list that never ends is refused", async () => {
  let read = 0;
  const endless = allPages(() => {
    read += 1;
    return Promise.resolve({ data: [], headers: next });
  });
  await expect(endless).rejects.toMatchObject({ code: "ANSWER_STRANGE" });
  expect(read).toBe(200);
});
