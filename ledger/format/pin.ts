import { LedgerError } from "../errors.ts";
import { fromBase64 } from "./base64.ts";
import { ORIGIN_PATTERN } from "./origin.ts";
import { DIGEST_BYTES } from "./tree.ts";

/** What an auditor holds a ledger against. `root` is base64, `trustRoot` the sha256 (hex) of `trust/1.root.json`. */
export interface Pin {
  readonly origin: string;
  readonly size: number;
  readonly root: string;
  readonly trustRoot: string;
}

const PIN = /^(\S+) (0|[1-9][0-9]{0,15}) (\S{44}) ([0-9a-f]{64})$/;

/** `<origin> <size> <root, base64> <sha256 of trust/1.root.json>` */
export function formatPin({ origin, size, root, trustRoot }: Pin): string {
  return `${origin} ${size} ${root} ${trustRoot}`;
}

/** Reads a pin as it was published; spaces around the line do not matter. Throws PIN_INVALID. */
export function parsePin(text: string): Pin {
  const [, origin = "", digits, root = "", trustRoot = ""] = PIN.exec(text.trim()) ?? [];
  const size = Number(digits);
  const sound = ORIGIN_PATTERN.test(origin) && Number.isSafeInteger(size);
  if (!sound || fromBase64(root)?.length !== DIGEST_BYTES) {
    throw new LedgerError(
      "PIN_INVALID",
      "not a pin: origin, size, root and the trust root's sha256",
    );
  }
  return { origin, size, root, trustRoot };
}
