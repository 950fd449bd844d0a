import { NotUnderstood } from "../../../../rules/capabilities/not-understood.ts";

/** What is refused, as `code:line`; `-` where it concerns the file as a whole. */
export function refusalOf(read: () => unknown): string {
  try {
    read();
  } catch (error) {
    if (error instanceof NotUnderstood) return `${error.code}:${error.place?.line ?? "-"}`;
    throw error;
  }
  return "understood";
}
