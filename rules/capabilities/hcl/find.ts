import type { HclAttribute, HclBlock, HclBody, HclEntry, HclObject } from "./tree.ts";

/** A body's blocks of a type, in the order of the file; with `label`, those that it comes first on. */
export function blocksOf(body: HclBody, type: string, label?: string): readonly HclBlock[] {
  return body.blocks.filter((block) => {
    return block.type === type && (label === undefined || block.labels[0] === label);
  });
}

/** A body's attribute by its name, or undefined. */
export function attributeOf(body: HclBody, name: string): HclAttribute | undefined {
  return body.attributes.find((attribute) => attribute.name === name);
}

/** An object's entry by its literal key, or undefined. A key that is not literal may still be the same. */
export function entryOf(object: HclObject, key: string): HclEntry | undefined {
  return object.entries.find((entry) => entry.key.type === "string" && entry.key.value === key);
}
