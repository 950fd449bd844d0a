import type { Capability, Reading } from "./capability.ts";

/** Where something stands; both are 1-based. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/**
 * Why a version of a file was not understood. Match on `code`; the message is a fixed sentence
 * for people that never quotes the file. `place` is null where it concerns the file as a whole.
 *
 * Readers throw it inside and hand it out as a `Reading`: outside of a reader it is data.
 */
export class NotUnderstood extends Error {
  override readonly name = "NotUnderstood";
  readonly code: string;
  readonly place: Place | null;

  constructor(code: string, message: string, place: Place | null = null, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
    this.place = place && { line: place.line, column: place.column };
  }
}

/** Runs a reader's work; what it refuses by throwing `NotUnderstood` becomes a reading that says so. */
export function understand(read: () => readonly Capability[]): Reading {
  return understandAll(() => ({ capabilities: read() }));
}

/** As `understand`, for formats that name dependencies. */
export function understandAll(
  read: () => Omit<Extract<Reading, { understood: true }>, "understood">,
): Reading {
  try {
    return { understood: true, ...read() };
  } catch (error) {
    if (!(error instanceof NotUnderstood)) throw error;
    const { code, message: why, place } = error;
    return { understood: false, code, why, ...(place && { line: place.line }) };
  }
}
