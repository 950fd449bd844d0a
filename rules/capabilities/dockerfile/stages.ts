import { isRootless } from "../container/image.ts";
import { mountFields } from "../container/mount-fields.ts";
import { type UserLevel, userLevel } from "../container/user.ts";
import { NotUnderstood } from "../not-understood.ts";
import { expand, type Expanded } from "./expand.ts";
import { flagValues, type Instruction } from "./instruction.ts";
import { type Variable, Variables } from "./variables.ts";
import { refuseMany, unquoted, wordsOf } from "./words.ts";

/** An instruction, and what is known where it stands. */
export interface Step {
  readonly instruction: Instruction;
  /** Who it runs as. */
  readonly user: StatedUser;
  /** A text of it with the variables in place that are known there. */
  readonly expand: (text: string) => Expanded;
  /** The variables as they stand before it. */
  readonly variables: Variables;
}

/** A user, and where the file says so: at `USER`, or where the stage begins. */
export interface StatedUser {
  readonly level: UserLevel;
  readonly line: number;
  /** As written, for people. */
  readonly text: string;
}

/** One stage: what stands from a `FROM` up to the next. */
export interface Stage {
  /** For people and for pairing: `final stage`, `stage build`, `stage 0`. */
  readonly label: string;
  readonly name: string;
  /** The earlier stage that it begins from, else null. */
  readonly parent: Stage | null;
  /** The image that it begins from; null for a stage, and for one that only a build knows. */
  readonly image: string | null;
  readonly line: number;
  readonly steps: readonly Step[];
  /** Who the image runs as that it makes. */
  readonly user: StatedUser;
  readonly variables: Variables;
}

/** More than honest files have; each variable is looked for in all stages that one begins from. */
const MAX_STAGES = 200;

/**
 * Builds the stages of a Dockerfile. What stands before the first `FROM` and is no `ARG` makes a
 * stage of its own, as in files that are put together before they are built.
 */
export function stagesOf(instructions: readonly Instruction[], escape: string): Stage[] {
  const builder = new StageBuilder(escape);
  for (const instruction of instructions) builder.add(instruction);
  return builder.stages();
}

interface OpenStage extends Omit<Stage, "label" | "parent" | "steps" | "user"> {
  label: string;
  readonly parent: OpenStage | null;
  readonly steps: Step[];
  user: StatedUser;
}

class StageBuilder {
  readonly #escape: string;
  readonly #globals: Variables;
  readonly #open: OpenStage[] = [];
  readonly #byName = new Map<string, OpenStage>();

  constructor(escape: string) {
    this.#escape = escape;
    this.#globals = new Variables(null, null);
  }

  add(instruction: Instruction): void {
    const stage = this.#open.at(-1);
    if (instruction.keyword === "FROM") this.#begin(instruction);
    else if (stage) this.#step(stage, instruction);
    else if (instruction.keyword === "ARG")
      this.#globals.declare(this.#pairs(instruction, this.#globals));
    else {
      this.#push({ name: "", parent: null, image: null, line: instruction.line });
      this.add(instruction);
    }
  }

  stages(): Stage[] {
    for (const [index, stage] of this.#open.entries()) {
      stage.label = labelOf(stage, index, index === this.#open.length - 1);
    }
    return this.#open;
  }

  // `FROM [--platform=…] image [AS name]`
  #begin({ text, line }: Instruction): void {
    const [base = "", as = "", written = ""] = wordsOf(text, this.#escape) ?? [];
    const name = as.toLowerCase() === "as" ? unquoted(written).toLowerCase() : "";
    const { text: image } = expand(base, this.#globals.lookup, this.#escape);
    const parent = this.#byName.get(image.toLowerCase()) ?? null;
    this.#push({ name, parent, image: parent ? null : image, line });
  }

  #push({ name, parent, image, line }: Pick<OpenStage, "name" | "parent" | "image" | "line">) {
    if (this.#open.length >= MAX_STAGES) {
      const why = `more than ${MAX_STAGES} stages`;
      throw new NotUnderstood("too-many-stages", why, { line, column: 1 });
    }
    const level = image !== null && isRootless(image) ? "user" : "unstated";
    const own: StatedUser = { level, line, text: "" };
    const user = parent ? this.#inherited(parent) : own;
    const variables = new Variables(parent?.variables ?? null, this.#globals);
    const stage: OpenStage = { name, label: "", parent, image, line, steps: [], user, variables };
    this.#open.push(stage);
    if (name !== "") this.#byName.set(name, stage);
  }

  /** What `ONBUILD` of a stage sets happens first in the one that begins from it. */
  #inherited(parent: OpenStage): StatedUser {
    const last = parent.steps.findLast(
      ({ instruction }) => instruction.isOnBuild && instruction.keyword === "USER",
    );
    return last ? userIn(last) : parent.user;
  }

  #step(stage: OpenStage, instruction: Instruction): void {
    const variables = stage.variables.snapshot();
    const step: Step = {
      instruction,
      user: stage.user,
      expand: (text) => expand(text, variables.lookup, this.#escape),
      variables,
    };
    stage.steps.push(step);
    if (instruction.isOnBuild) return;
    if (instruction.keyword === "USER") stage.user = userIn(step);
    if (instruction.keyword === "ARG") stage.variables.declare(this.#pairs(instruction, variables));
    if (instruction.keyword === "ENV") stage.variables.set(this.#pairs(instruction, variables));
  }

  #pairs(instruction: Instruction, { lookup }: Variables): Variable[] {
    return pairsOf(instruction, this.#escape).map(({ name, value }) => {
      if (value === null) return { name, value };
      const { text, isKnown } = expand(value, lookup, this.#escape);
      return { name, value: isKnown ? text : undefined };
    });
  }
}

/** `NAME=value`, or a name alone. */
export interface WrittenPair {
  readonly name: string;
  readonly value: string | null;
}

/** What `ARG a=b c` and `ENV a=b c=d` (or `ENV a b`) name, with values as written. */
export function pairsOf({ keyword, text, line }: Instruction, escape: string): WrittenPair[] {
  const words = wordsOf(text, escape) ?? [];
  const [first = ""] = words;
  if (keyword === "ENV" && !first.includes("=")) {
    return [{ name: first, value: text.slice(first.length).trim() }];
  }
  refuseMany(words, line);
  return words.map((word) => {
    const equals = word.indexOf("=");
    if (equals < 0) return { name: unquoted(word), value: null };
    return { name: unquoted(word.slice(0, equals)), value: word.slice(equals + 1) };
  });
}

/** Who a `USER` makes what comes then run as; whoever the image says, where a variable is unknown. */
export function userIn({ instruction, expand: expanded }: Step): StatedUser {
  const { text, isKnown } = expanded(instruction.text);
  const level = isKnown ? userLevel(text) : "unstated";
  return { level, line: instruction.line, text };
}

function labelOf({ name }: OpenStage, index: number, isLast: boolean): string {
  if (isLast) return "final stage";
  return name === "" ? `stage ${index}` : `stage ${name}`;
}

/** What instructions of a stage take from elsewhere in the file, `COPY --from=build`. */
export function takenFrom({ instruction, expand: expanded }: Step): readonly string[] {
  const { keyword } = instruction;
  if (keyword === "COPY" || keyword === "ADD") {
    return flagValues(instruction, "from").map((value) => expanded(value).text);
  }
  if (keyword !== "RUN") return [];
  return flagValues(instruction, "mount").flatMap((mount) =>
    mountFields(mount).flatMap(([key, value]) => (key === "from" ? [expanded(value).text] : [])),
  );
}
