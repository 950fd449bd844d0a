/** A place in the facts document, as policies name it: `action.title`, `reviews`, `item.delta`. */
export type FactPath = string;
