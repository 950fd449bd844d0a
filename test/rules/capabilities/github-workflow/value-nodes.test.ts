import { expect, test } from "vitest";
import {
  jsonNode,
  textNode,
  textsOf,
} from "../../../../rules/capabilities/github-workflow/value-nodes.ts";

const AT = { line: 3, column: 5, endLine: 4 };

test("a text is a node as if it stood in the file", () => {
  const written = { style: "flow", comment: "" };
  expect(textNode("a", AT)).toEqual({
    type: "scalar",
    resolved: "string",
    text: "a",
    ...written,
    ...AT,
  });
});

test("every part of JSON stands at the place of the whole", () => {
  expect(jsonNode('{"a": ["b", 1, null]}', AT)).toEqual({
    type: "map",
    entries: [
      {
        key: textNode("a", AT),
        value: {
          type: "list",
          items: [textNode("b", AT), textNode("1", AT), { type: "map", entries: [], ...AT }],
          ...AT,
        },
      },
    ],
    ...AT,
  });
});

test("lists and maps are none of the texts", () => {
  const nodes = ["[1]", '"a"', "{}"].map((json) => jsonNode(json, AT) ?? textNode("no JSON", AT));
  expect(textsOf(nodes)).toEqual(["a"]);
});
