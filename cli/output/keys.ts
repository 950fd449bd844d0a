import * as z from "zod";

/** `keys show`, and `keys generate --out FILE`. */
export const keysOutput = z.strictObject({
  id: z.string(),
  public: z.string(),
  file: z.string().optional(),
});
