import { enableCompileCache } from "node:module";
import { fileURLToPath } from "node:url";

// Compiled code is kept beside the code that it is of, so that whoever could forge the one could
// as well have forged the other. Where that folder cannot be written, nothing is kept.
enableCompileCache(fileURLToPath(new URL(".compiled", import.meta.url)));

const { main } = await import("./main.ts");
const { env, stdout, stderr, argv } = process;

stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error; // `bailiff ledger log | head` is no failure
});

process.exitCode = await main(argv.slice(2), {
  env,
  colour: stdout.isTTY && (env.NO_COLOR ?? "") === "",
  now: () => new Date(),
  out: (text) => void stdout.write(text),
  say: (line) => void stderr.write(`${line}\n`),
});
