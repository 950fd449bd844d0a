import { randomBytes } from "node:crypto";

/** A person, an organization, or an App's bot. */
export interface Account {
  readonly id: number;
  readonly login: string;
  readonly type: "User" | "Organization" | "Bot";
  /** A classic token (`ghp_…`); an organization's and a bot's are never accepted. */
  readonly token: string;
}

/** Everyone that GitHub knows, found by login without regard to case. */
export class Accounts {
  readonly #byLogin = new Map<string, Account>();
  readonly #byToken = new Map<string, Account>();
  #nextId = 100;

  /** The account of a login; made as `type` where nobody has it yet. */
  of(login: string, type: Account["type"] = "User"): Account {
    return this.find(login) ?? this.#add(login, type);
  }

  find(login: string): Account | undefined {
    return this.#byLogin.get(login.toLowerCase());
  }

  /** The person whose token this is. */
  byToken(token: string): Account | undefined {
    const account = this.#byToken.get(token);
    return account?.type === "User" ? account : undefined;
  }

  #add(login: string, type: Account["type"]): Account {
    const token = `ghp_${randomBytes(18).toString("hex")}`;
    const account: Account = { id: this.#nextId, login, type, token };
    this.#nextId += 1;
    this.#byLogin.set(login.toLowerCase(), account);
    this.#byToken.set(token, account);
    return account;
  }
}
