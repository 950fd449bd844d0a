import { fileURLToPath } from "node:url";
import { EXIT, refusalOfNode } from "./terminal.ts";

const { env, stdout, stderr, argv, versions } = process;

// Left to Node a crash exits with 1, which is a DENY.
process.on("uncaughtException", (error) => end(error.stack ?? error.message));
stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") return; // `bailiff ledger log | head` is no failure
  end(`the output was not written: ${error.message}; see that there is room for it`);
});
stderr.on("error", () => undefined); // nobody is left to be told

const refusal = refusalOfNode(versions.node);
if (refusal !== null) end(refusal);

// Compiled code is kept beside the code that it is of, so that whoever could forge the one could
// as well have forged the other. Where that folder cannot be written, nothing is kept.
const { enableCompileCache } = await import("node:module"); // Node 20 has none to import by name
enableCompileCache(fileURLToPath(new URL(".compiled", import.meta.url)));

const { main } = await import("./main.ts");

process.exitCode = await main(argv.slice(2), {
  env,
  colour: stdout.isTTY && (env.NO_COLOR ?? "") === "",
  now: () => new Date(),
  input: () => process.stdin,
  out: (text) => void stdout.write(text),
  say: (line) => void stderr.write(`${line}\n`),
  live:
    stderr.isTTY && env.TERM !== "dumb"
      ? { columns: () => stderr.columns, write: (text) => void stderr.write(text) }
      : null,
});

function end(line: string): never {
  stderr.write(`bailiff: ${line}\n`);
  // What `run` returns is its command's, and 125 is no command's.
  process.exit(argv[2] === "run" ? EXIT.notStarted : EXIT.noVerdict);
}
