import {
  recordedItems,
  type RecordedCapability,
  type RecordedCheck,
  type RecordedReason,
} from "../predicates.ts";
import { capabilityNode } from "./nodes.ts";

/**
 * Above what judging writes: a line holds some hundred reasons and deltas, hardly any two of them at
 * one place. A record that was made to have all at one place would fill the memory with pairs.
 */
const MOST_TRIGGERS = 2_000;

/** Which of one record's deltas made which of its checks fire. */
export class Triggers {
  /** The capability nodes' ids, each once, by the place where their deltas stand. */
  readonly #byPlace: ReadonlyMap<string, ReadonlySet<string>>;
  #left = MOST_TRIGGERS;

  /** `change` is the node id of the change that the deltas are of. */
  constructor(change: string, deltas: readonly RecordedCapability[]) {
    const byPlace = Map.groupBy(deltas, placeOf);
    this.#byPlace = new Map(
      [...byPlace].map(([place, there]) => [
        place,
        new Set(there.map((delta) => capabilityNode(change, delta).id)),
      ]),
    );
  }

  /**
   * The ids of the deltas that made a check fire, at most 2,000 of all checks together, and how many
   * there were besides. A reason names the place that it is about: what stands there fired it.
   */
  of(check: RecordedCheck): { readonly deltas: readonly string[]; readonly omitted: number } {
    const places = new Set(recordedItems<RecordedReason>(check.reasons).map(placeOf));
    const found = [...places].map((place) => this.#byPlace.get(place) ?? new Set<string>());
    const count = found.reduce((sum, { size }) => sum + size, 0);
    const deltas = found.flatMap((ids) => this.#take(ids));
    return { deltas, omitted: count - deltas.length };
  }

  #take(ids: ReadonlySet<string>): readonly string[] {
    const taken = [...ids].slice(0, this.#left);
    this.#left -= taken.length;
    return taken;
  }
}

function placeOf({
  path,
  side,
  line,
}: Pick<RecordedReason, "path" | "side" | "line"> | RecordedCapability): string {
  return JSON.stringify([path, side, line]);
}
