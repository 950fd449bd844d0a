/** `bailiff.dev/ledger/<random id>`: a ledger's name for life, and the name of its checkpoint key. */
export const ORIGIN_PATTERN = /^bailiff\.dev\/ledger\/[a-z0-9]{16,64}$/;

/** The origin of the ledger with this random id (lower-case letters and digits, 16 to 64). */
export function originOf(randomId: string): string {
  return `bailiff.dev/ledger/${randomId}`;
}
