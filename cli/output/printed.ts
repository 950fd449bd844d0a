import type * as z from "zod";

/**
 * Takes a shape of what is printed. Compiles only where every `Printed` has it; that nothing else is
 * printed besides a test finds out, which runs the command.
 */
export function printed<Printed>() {
  return <Shape extends z.ZodType>(shape: Shape & Describes<Shape, Printed>): Shape => shape;
}

type Describes<Shape extends z.ZodType, Printed> =
  Printed extends Read<z.output<Shape>> ? unknown : "what is printed has another shape";

type Read<Value> = Value extends readonly (infer Item)[]
  ? readonly Read<Item>[]
  : Value extends object
    ? { readonly [Key in keyof Value]: Read<Value[Key]> }
    : Value;
