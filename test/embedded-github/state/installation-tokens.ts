import { randomBytes } from "node:crypto";
import type { Permissions } from "./apps.ts";

/** What an installation token may do, until when (seconds since 1970). */
export interface Grant {
  readonly installation: number;
  readonly permissions: Permissions;
  readonly repositories: readonly number[] | "all";
  readonly exp: number;
}

/** `stateless`: `ghs_APPID_HEADER.PAYLOAD.SIGNATURE`; `classic`: `ghs_` and 36 letters and digits. */
export type TokenForm = "stateless" | "classic";

/** How installation tokens look from now on, and which ones hold. */
export class InstallationTokens {
  form: TokenForm = "stateless";
  /** Signs stateless tokens. */
  secret: Uint8Array = randomBytes(32);
  /** Every token that was ever handed out. */
  readonly minted: string[] = [];
  readonly #classic = new Map<string, Grant>();

  addClassic(grant: Grant): string {
    const token = `ghs_${randomBytes(18).toString("hex")}`;
    this.#classic.set(token, grant);
    return token;
  }

  classic(token: string): Grant | undefined {
    return this.#classic.get(token);
  }

  /** Every token that was handed out is refused from now on, as if it had expired. */
  revokeAll(): void {
    this.secret = randomBytes(32);
    this.#classic.clear();
  }
}
