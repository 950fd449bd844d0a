import { writeFile } from "node:fs/promises";
import { generateSigningKey, type SigningKey } from "../../ledger/format/keys.ts";
import type { Command } from "../command.ts";
import { parseOptions } from "../options.ts";
import { readSigningKey } from "../signing-key.ts";
import { EXIT, UsageError, type Terminal } from "../terminal.ts";

/** `bailiff keys generate [--out FILE]` · `bailiff keys show [--key FILE]` */
export const keysCommand: Command = {
  usage: `
bailiff keys generate [--out FILE]    a new Ed25519 signing key, PKCS#8 PEM: into a new file that you
                                      alone can read, else on stdout
bailiff keys show [--key FILE]        the key's id and public half, JSON`,

  run(args, terminal) {
    const [verb, ...rest] = args;
    if (verb === "generate") return generate(rest, terminal);
    if (verb === "show") return show(rest, terminal);
    throw new UsageError("keys: say generate or show", "see `bailiff keys --help`");
  },
};

async function generate(args: readonly string[], terminal: Terminal): Promise<number> {
  const { values } = parseOptions("keys generate", args, { out: { type: "string" } });
  const { key, pem } = generateSigningKey();
  if (values.out === undefined) {
    terminal.out(pem);
    return EXIT.ok;
  }
  await writeNewFile(values.out, pem);
  terminal.out(`${JSON.stringify({ ...shown(key), file: values.out })}\n`);
  return EXIT.ok;
}

async function writeNewFile(path: string, text: string): Promise<void> {
  try {
    await writeFile(path, text, { flag: "wx", mode: 0o600 });
  } catch (error) {
    throw new UsageError(
      `keys generate: ${path} was not written (${(error as NodeJS.ErrnoException).code ?? ""})`,
      "name a file that does not exist, in a folder that does: no key is ever overwritten",
      { cause: error },
    );
  }
}

async function show(args: readonly string[], terminal: Terminal): Promise<number> {
  const { values } = parseOptions("keys show", args, { key: { type: "string" } });
  const key = await readSigningKey(values.key, terminal.env);
  terminal.out(`${JSON.stringify(shown(key))}\n`);
  return EXIT.ok;
}

function shown({ public: { id, base64 } }: SigningKey) {
  return { id, public: base64 };
}
